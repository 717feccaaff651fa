#include "converter/names/strip.h"

#include <vector>

namespace prof2cg {
namespace {

// `text` without what stands between `open` and its `close`, nor them.
std::string WithoutGroups(std::string_view text, char open, char close) {
  std::string left;
  std::vector<size_t> opened;  // where groups start in `left`
  for (const char c : text) {
    if (c == open) opened.push_back(left.size());
    if (c == close && !opened.empty()) {
      left.resize(opened.back());
      opened.pop_back();
    } else {
      left += c;
    }
  }
  return left;
}

bool EndsWithSpace(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v";
  return !text.empty() && kSpace.find(text.back()) != kSpace.npos;
}

void DropConst(std::string& name) {
  constexpr std::string_view kConst = "const";
  if (!name.ends_with(kConst)) return;
  const std::string_view before(name.data(), name.size() - kConst.size());
  if (!EndsWithSpace(before)) return;
  name.resize(before.size());
  while (EndsWithSpace(name)) name.pop_back();
}

}  // namespace

std::string StripParameters(std::string_view name) {
  std::string stripped = WithoutGroups(name, '(', ')');
  DropConst(stripped);
  return WithoutGroups(stripped, '<', '>');
}

}  // namespace prof2cg
