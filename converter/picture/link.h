// Links from a picture to the source.
#ifndef PROF2CG_CONVERTER_PICTURE_LINK_H_
#define PROF2CG_CONVERTER_PICTURE_LINK_H_

#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// `pattern` with {file}, {line} and {name} of the function in their places; ""
// where it has none of a file that it asks for. They are percent-encoded but
// for slashes, so that a profile cannot choose the kind of link.
std::string SourceLink(const Profile& profile, FunctionId function,
                       std::string_view pattern);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_LINK_H_
