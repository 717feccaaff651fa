#include "converter/io/parts.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/text_sink.h"

namespace prof2cg {
namespace {

// Text in memory, in chunks of 100 bytes.
class Sink final : public TextSink {
 public:
  std::string Text() {
    MakeRoom(1);
    return text_;
  }

 private:
  void MakeRoom(size_t size) override {
    if (position_ != nullptr) text_.append(buffer_.data(), position_);
    buffer_.assign(std::max<size_t>(size, 100), '?');
    position_ = buffer_.data();
    end_ = position_ + buffer_.size();
  }

  std::string text_;
  std::vector<char> buffer_;
};

// A part's text: of any length, and its own.
std::string TextOf(size_t part) {
  std::mt19937 random(static_cast<uint32_t>(part));
  return std::string(random() % (part % 7 == 0 ? 100'000 : 300),
                     static_cast<char>('a' + part % 26)) +
         std::to_string(part);
}

BOOST_AUTO_TEST_CASE(PartsStandInTheirOrder) {
  for (const size_t parts : {0, 1, 2, 3, 4, 5, 8, 9, 200}) {
    std::string expected = "head ";
    for (size_t part = 0; part < parts; ++part) expected += TextOf(part);
    Sink sink;
    sink.Write("head ");
    std::vector<std::atomic<int>> made(parts);
    WriteParts(parts, sink, [&](size_t part, TextSink& out) {
      ++made[part];
      const std::string text = TextOf(part);
      out.Write(text[0]);
      const std::string_view rest = std::string_view(text).substr(1);
      out.EndAt(std::ranges::copy(rest, out.Reserve(rest.size())).out);
    });
    sink.Write(" end");
    BOOST_TEST((sink.Text() == expected + " end"), parts);
    for (const auto& times : made) BOOST_TEST(times == 1);
  }
}

BOOST_AUTO_TEST_CASE(WhatAnyPartThrowsIsThrown) {
  for (size_t bad = 0; bad < 9; ++bad) {
    Sink sink;
    BOOST_CHECK_THROW(WriteParts(9, sink,
                                 [&](size_t part, TextSink& out) {
                                   out.Write("x");
                                   if (part == bad) throw std::length_error("");
                                 }),
                      std::length_error);
  }
}

// A full disk: whoever puts a part out meets it.
BOOST_AUTO_TEST_CASE(WhatTheSinkThrowsIsThrown) {
  class FullSink final : public TextSink {
    void MakeRoom(size_t) override {
      if (++calls_ > 3) throw std::length_error("");
      position_ = buffer_;
      end_ = buffer_ + sizeof buffer_;
    }
    char buffer_[1000];
    int calls_ = 0;
  };
  for (int time = 0; time < 20; ++time) {
    FullSink sink;
    BOOST_CHECK_THROW(WriteParts(50, sink,
                                 [](size_t, TextSink& out) {
                                   out.Write(std::string(300, 'x'));
                                 }),
                      std::length_error);
  }
}

}  // namespace
}  // namespace prof2cg
