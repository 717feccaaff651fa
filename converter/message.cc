#include "converter/message.h"

#include <cstdio>
#include <string>

#include "converter/io/utf8.h"

namespace prof2cg {

void Tell(std::string_view text) {
  // In one piece, so that lines of several processes do not mix.
  const std::string line = "prof2cg: " + Printable(text) + "\n";
  std::fputs(line.c_str(), stderr);
}

void Warn(std::string_view text) { Tell("warning: " + std::string(text)); }

}  // namespace prof2cg
