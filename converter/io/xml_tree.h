// XML as Expat, which takes nothing that is not well-formed, reads it.
#ifndef PROF2CG_CONVERTER_IO_XML_TREE_H_
#define PROF2CG_CONVERTER_IO_XML_TREE_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // all within, but for that of other elements
  std::vector<XmlElement> children;

  bool HasClass(std::string_view name) const;
  std::string Get(const std::string& attribute) const;

  // Calls use(element) for this one and all within.
  void Visit(const std::function<void(const XmlElement&)>& use) const;
  // Those with that class, in the order of the document.
  std::vector<const XmlElement*> WithClass(std::string_view name) const;
  // The first of that name within, or null.
  const XmlElement* Find(std::string_view name) const;
};

// Throws std::runtime_error that names the line.
XmlElement ParseXml(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_XML_TREE_H_
