// What an SVG picture tells of a node or edge beyond its label: for readers
// without a script as a title, for the script as data.
#ifndef PROF2CG_CONVERTER_WRITERS_SVG_FACTS_H_
#define PROF2CG_CONVERTER_WRITERS_SVG_FACTS_H_

#include <cstddef>
#include <string>

#include "converter/writers/drawing.h"

namespace prof2cg {

// The step of the legend that a weight is shown in.
size_t HeatOf(double weight);

// Lines; raw text of the profile may stand in them.
std::string TitleOfNode(const Picture& picture, size_t node);
std::string TitleOfEdge(const Picture& picture, size_t edge);

// JSON, for each view what svg/interactive.js names at its beginning.
std::string ViewsOfNode(const Drawing& drawing, size_t node);
std::string ViewsOfEdge(const Drawing& drawing, size_t edge);

// "/app/parser.py:20"; raw.
std::string FileAndLine(const Picture& picture, size_t node);

// "1 234"; "" where the source does not tell.
std::string CallsOfNode(const Picture& picture, size_t node);
std::string CallsOfEdge(const Picture& picture, size_t edge);

// "" but where two profiles are compared.
std::string TrendOf(const Picture& picture, size_t node);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SVG_FACTS_H_
