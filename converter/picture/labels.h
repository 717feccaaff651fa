// The lines of a picture's labels.
#ifndef PROF2CG_CONVERTER_PICTURE_LABELS_H_
#define PROF2CG_CONVERTER_PICTURE_LABELS_H_

#include <string>
#include <string_view>

#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "graph/profile.h"

namespace prof2cg {

// "12.34%", of a share of 1.
std::string PercentText(double share);

// The name's own text: printable, stripped and wrapped as asked for, and cut
// where it is too long to be read.
std::string NameText(std::string_view name, const PictureOptions& options);

// What several functions are called that their callers tell apart: as the first
// lines of their labels, without these.
std::string BaseText(const Profile& profile, FunctionId function,
                     const PictureOptions& options);

// Sets the lines that tell the function of `node`: its module and name.
void LabelNode(const Profile& profile, const PictureOptions& options,
               PictureNode& node);

// One line of a function's figures; "" where it is unknown.
std::string NodeLineText(const Profile& profile, EventId event,
                         const PictureOptions& options, NodeLine line,
                         FunctionId function, const NodeFigures& figures);

// "12×" of the function's calls; "" where they are unknown.
std::string CallsText(const Profile& profile, FunctionId function);
// The same of a call.
std::string CallsText(const Profile& profile, CallId call);

// Sets the figures' lines from their other fields. What is unknown has none.
void LabelNodeFigures(const Profile& profile, EventId event,
                      const PictureOptions& options, const PictureNode& node,
                      NodeFigures& figures);

// One line of a call's figures; `caller` and `callee` have those of its ends.
std::string EdgeLineText(const Profile& profile, EventId event, EdgeLine line,
                         CallId call, const EdgeFigures& figures,
                         const NodeFigures& caller, const NodeFigures& callee);

void LabelEdge(const Profile& profile, EventId event,
               const PictureOptions& options, const PictureEdge& edge,
               const NodeFigures& caller, const NodeFigures& callee,
               EdgeFigures& figures);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_LABELS_H_
