#include "converter/io/xml_tree.h"

#include <expat.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace prof2cg {
namespace {

struct Reading {
  std::vector<XmlElement> open = {XmlElement()};  // from the document inwards
};

void OnBegin(void* data, const char* name, const char** attributes) {
  XmlElement element;
  element.name = name;
  for (; *attributes != nullptr; attributes += 2) {
    element.attributes[attributes[0]] = attributes[1];
  }
  static_cast<Reading*>(data)->open.push_back(std::move(element));
}

void OnEnd(void* data, const char*) {
  std::vector<XmlElement>& open = static_cast<Reading*>(data)->open;
  XmlElement element = std::move(open.back());
  open.pop_back();
  open.back().children.push_back(std::move(element));
}

void OnText(void* data, const char* text, int size) {
  static_cast<Reading*>(data)->open.back().text.append(
      text, static_cast<size_t>(size));
}

}  // namespace

std::string XmlElement::Get(const std::string& attribute) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? "" : found->second;
}

bool XmlElement::HasClass(std::string_view wanted) const {
  const std::string padded = " " + Get("class") + " ";
  return padded.find(" " + std::string(wanted) + " ") != std::string::npos;
}

void XmlElement::Visit(
    const std::function<void(const XmlElement&)>& use) const {
  use(*this);
  for (const XmlElement& child : children) child.Visit(use);
}

std::vector<const XmlElement*> XmlElement::WithClass(
    std::string_view wanted) const {
  std::vector<const XmlElement*> found;
  Visit([&](const XmlElement& element) {
    if (element.HasClass(wanted)) found.push_back(&element);
  });
  return found;
}

const XmlElement* XmlElement::Find(std::string_view wanted) const {
  const XmlElement* found = nullptr;
  Visit([&](const XmlElement& element) {
    if (found == nullptr && element.name == wanted) found = &element;
  });
  return found;
}

XmlElement ParseXml(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), XML_ParserFree);
  Reading reading;
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), OnBegin, OnEnd);
  XML_SetCharacterDataHandler(parser.get(), OnText);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1) ==
      XML_STATUS_ERROR) {
    throw std::runtime_error(
        std::string(XML_ErrorString(XML_GetErrorCode(parser.get()))) +
        " in line " + std::to_string(XML_GetCurrentLineNumber(parser.get())));
  }
  return std::move(reading.open.front().children.front());
}

}  // namespace prof2cg
