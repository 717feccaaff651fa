// What the tool says to a person, on stderr, a line at a time.
#ifndef PROF2CG_CONVERTER_MESSAGE_H_
#define PROF2CG_CONVERTER_MESSAGE_H_

#include <string_view>

namespace prof2cg {

// "prof2cg: TEXT". Control characters in it are shown, not sent.
void Tell(std::string_view text);

// "prof2cg: warning: TEXT"
void Warn(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_MESSAGE_H_
