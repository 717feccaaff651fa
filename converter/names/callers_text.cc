#include "converter/names/callers_text.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "converter/names/plain_name.h"

namespace prof2cg {
namespace {

// The end of `path` with the fewest folders that none of the others has; all of
// it where each end is shared.
std::string_view DistinctEnd(std::string_view path,
                             const std::vector<std::string_view>& others) {
  size_t begin = path.size();
  while (begin > 0) {
    begin = path.find_last_of("/\\", begin - 1);
    if (begin == path.npos || begin == 0) return path;
    const std::string_view end = path.substr(begin);
    const auto has_end = [&](std::string_view other) {
      return other.ends_with(end) || other == end.substr(1);
    };
    if (std::ranges::none_of(others, has_end)) return end.substr(1);
  }
  return path;
}

class CallersWriter {
 public:
  CallersWriter(const Profile& profile, FunctionId function)
      : strings_(profile.strings),
        separation_(*profile.separation),
        row_(function),
        callers_(separation_.CallersOf(function)) {
    if (separation_[row_].detail != CallerDetail::kName) FindAlike();
  }

  std::vector<std::string> Write() const {
    const SeparatedFunction& f = separation_[row_];
    std::vector<std::string> texts;
    if (f.level > 1) texts.push_back("recursion " + std::to_string(f.level));
    for (size_t i = 0; i < callers_.size(); ++i) {
      const Function& caller = CallerOf(callers_[i]);
      texts.push_back("← " + PlainName(strings_[caller.name]) + Detail(i));
    }
    if (f.detail == CallerDetail::kRow) {
      texts.push_back("#" + std::to_string(row_.row()));
    }
    return texts;
  }

 private:
  using Callers = std::span<const FunctionId>;

  const Function& CallerOf(FunctionId caller) const {
    return separation_.bases[caller.row()];
  }
  void FindAlike();
  std::string Detail(size_t i) const;

  const StringTable& strings_;
  const Separation& separation_;
  const FunctionId row_;
  const Callers callers_;
  std::vector<Callers> alike_;  // of contexts that would read the same
};

// Contexts of a function stand side by side.
void CallersWriter::FindAlike() {
  const std::vector<SeparatedFunction>& rows = separation_.functions;
  const SeparatedFunction& row = rows[row_.row()];
  const auto same_name = [&](FunctionId a, FunctionId b) {
    return CallerOf(a).name == CallerOf(b).name;
  };
  const auto [begin, end] =
      std::ranges::equal_range(rows, row.base, {}, &SeparatedFunction::base);
  for (auto other = begin; other != end; ++other) {
    const auto at = FunctionId(static_cast<size_t>(other - rows.begin()));
    const Callers callers = separation_.CallersOf(at);
    if (at == row_ || other->level != row.level) continue;
    if (std::ranges::equal(callers, callers_, same_name)) {
      alike_.push_back(callers);
    }
  }
}

std::string CallersWriter::Detail(size_t i) const {
  const Function& caller = CallerOf(callers_[i]);
  std::vector<std::string_view> other_files;
  bool is_by_line = false;
  for (const Callers& callers : alike_) {
    const Function& other = CallerOf(callers[i]);
    if (other.file != caller.file) other_files.push_back(strings_[other.file]);
    is_by_line |= other.file == caller.file && other.line != caller.line;
  }
  std::string detail = is_by_line ? ":" + std::to_string(caller.line) : "";
  if (other_files.empty() || strings_[caller.file].empty()) return detail;
  detail += " (";
  detail += DistinctEnd(strings_[caller.file], other_files);
  return detail + ")";
}

}  // namespace

std::vector<std::string> CallerTexts(const Profile& profile,
                                     FunctionId function) {
  if (!profile.separation) return {};
  return CallersWriter(profile, function).Write();
}

}  // namespace prof2cg
