#include "converter/io/xml_events.h"

#include <expat.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

class Parser {
 public:
  explicit Parser(XmlVisitor& visitor)
      : visitor_(visitor), parser_(XML_ParserCreate("UTF-8"), XML_ParserFree) {
    if (parser_ == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), OnBegin, OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), OnDoctype);
  }

  void Parse(std::string_view text) {
    constexpr size_t kMostAtOnce = size_t{1} << 20;
    bool is_last = false;
    while (!is_last) {
      const std::string_view part = text.substr(0, kMostAtOnce);
      text.remove_prefix(part.size());
      is_last = text.empty();
      const auto status = XML_Parse(parser_.get(), part.data(),
                                    static_cast<int>(part.size()), is_last);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status == XML_STATUS_ERROR) Fail(ErrorText());
    }
  }

 private:
  // Expat is C: nothing may be thrown through it.
  template <class Visit>
  static void Try(void* data, Visit visit) {
    auto& parser = *static_cast<Parser*>(data);
    if (parser.thrown_) return;
    try {
      parser.Run(visit);
    } catch (...) {
      parser.thrown_ = std::current_exception();
      XML_StopParser(parser.parser_.get(), XML_FALSE);
    }
  }
  template <class Visit>
  void Run(Visit visit) {
    try {
      visit(visitor_);
    } catch (const Error& error) {
      Fail(error.what());
    }
  }

  static void OnBegin(void* data, const char* name, const char** attributes) {
    Try(data, [&](XmlVisitor& v) { v.Begin(name, attributes); });
  }
  static void OnEnd(void* data, const char* name) {
    Try(data, [&](XmlVisitor& v) { v.End(name); });
  }
  static void OnText(void* data, const char* text, int size) {
    Try(data, [&](XmlVisitor& v) {
      v.Text({text, static_cast<size_t>(size)});
    });
  }
  static void OnDoctype(void* data, const char*, const char*, const char*,
                        int) {
    Try(data, [](XmlVisitor&) { throw Error("a document type: refused"); });
  }

  const char* ErrorText() const {
    return XML_ErrorString(XML_GetErrorCode(parser_.get()));
  }
  [[noreturn]] void Fail(const std::string& what) const {
    const auto byte = XML_GetCurrentByteIndex(parser_.get());
    throw Error("line " +
                    std::to_string(XML_GetCurrentLineNumber(parser_.get())) +
                    ": " + what,
                static_cast<uint64_t>(std::max<XML_Index>(byte, 0)));
  }

  XmlVisitor& visitor_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::exception_ptr thrown_;
};

}  // namespace

void VisitXml(std::string_view text, XmlVisitor& visitor) {
  Parser(visitor).Parse(text);
}

}  // namespace prof2cg
