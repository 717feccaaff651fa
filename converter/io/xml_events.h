// XML, element by element, as Expat reads it.
#ifndef PROF2CG_CONVERTER_IO_XML_EVENTS_H_
#define PROF2CG_CONVERTER_IO_XML_EVENTS_H_

#include <string_view>

namespace prof2cg {

// What a document consists of, in its order. What it throws ends the document.
class XmlVisitor {
 public:
  virtual ~XmlVisitor() = default;

  // `attributes` are names and values in turn; then there is a null.
  virtual void Begin(std::string_view name, const char** attributes) = 0;
  // Of the element that began last and has not ended; may come in pieces.
  virtual void Text(std::string_view text) = 0;
  virtual void End(std::string_view name) = 0;
};

// Text in UTF-8. Never recurses, and takes no more memory than the elements
// that are open. Throws Error, with the line and byte, where the text is not
// well-formed or declares a document type: only those can define entities,
// which can make gigabytes of a few lines. An Error of the visitor's gets the
// place, too.
void VisitXml(std::string_view text, XmlVisitor& visitor);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_XML_EVENTS_H_
