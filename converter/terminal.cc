#include "converter/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "converter/io/output.h"

namespace prof2cg {
namespace {

constexpr size_t kWidthOfFiles = 120;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

size_t TerminalWidth(const std::string& output) {
  const std::string_view columns = Environment("COLUMNS");
  size_t width = 0;
  std::from_chars(columns.data(), columns.data() + columns.size(), width);
  if (width != 0) return width;
  winsize size{};
  if (Output::IsTerminal(output) &&
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
    return size.ws_col;
  }
  return kWidthOfFiles;
}

bool UseColor(const std::string& when, const std::string& output) {
  if (when != "auto") return when == "always";
  return Output::IsTerminal(output) && Environment("NO_COLOR").empty() &&
         Environment("TERM") != "dumb";
}

}  // namespace prof2cg
