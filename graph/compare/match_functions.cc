#include "graph/compare/match_functions.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/compare/align_lines.h"
#include "graph/compare/line_shifts.h"
#include "graph/compare/shared_text.h"
#include "graph/function_table.h"
#include "graph/ids.h"
#include "graph/string_table.h"

namespace prof2cg {
namespace {

// A function of either side. Sorted, those that may be the same stand together,
// the base's before the current ones, each by line.
struct Row {
  StringId name;  // of a table that both sides share
  StringId file;
  StringId object;
  bool is_current = false;
  uint32_t line = 0;
  FunctionId id;

  bool MayBe(const Row& other) const {
    return name == other.name && file == other.file && object == other.object;
  }
  friend auto operator<=>(const Row&, const Row&) = default;
};
using Rows = std::span<const Row>;

// Calls use(of the base, of the current profile) for each group.
template <class Use>
void ForEachGroup(Rows rows, Use use) {
  for (size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    size_t middle = begin;
    for (; end < rows.size() && rows[end].MayBe(rows[begin]); ++end) {
      if (!rows[end].is_current) middle = end + 1;
    }
    use(rows.subspan(begin, middle - begin),
        rows.subspan(middle, end - middle));
  }
}

class Matcher {
 public:
  Matcher(const Profile& base, const Profile& current)
      : base_(base),
        current_(current),
        current_of_(base.functions.size()),
        is_matched_(current.functions.size()) {
    StringTable shared;
    AddRows(WithSharedText(base, shared), false);
    AddRows(WithSharedText(current, shared), true);
  }

  std::vector<FunctionPair> Match() && {
    std::ranges::sort(rows_);
    MatchUnique();
    const LineShifts shifts(base_, current_, Pairs());
    MatchExpected(shifts);
    MatchByLines(shifts);
    ForgetObjects();
    MatchByLines(shifts);
    return Pairs();
  }

 private:
  void AddRows(const FunctionTable& functions, bool is_current) {
    for (size_t row = 0; row < functions.size(); ++row) {
      const Function& f = functions[row];
      rows_.push_back(
          {f.name, f.file, f.object, is_current, f.line, FunctionId(row)});
    }
  }

  void Match(const Row& base, const Row& current) {
    current_of_[base.id.row()] = current.id;
    is_matched_[current.id.row()] = true;
  }

  void MatchUnique() {
    ForEachGroup(rows_, [&](Rows base, Rows current) {
      if (base.size() == 1 && current.size() == 1) Match(base[0], current[0]);
    });
    DropMatched();
  }

  StringId FileOf(const Row& base) const {
    return base_.functions[base.id.row()].file;
  }

  // Whatever else has come or gone.
  void MatchExpected(const LineShifts& shifts) {
    ForEachGroup(rows_, [&](Rows base, Rows current) {
      if (base.empty() || !shifts.Know(FileOf(base[0]))) return;
      for (const Row& row : base) {
        const int64_t line = shifts.Expected(FileOf(row), row.line);
        const auto there = std::ranges::lower_bound(
            current, line, {}, [](const Row& c) { return int64_t{c.line}; });
        if (row.line != 0 && there != current.end() && there->line == line &&
            !is_matched_[there->id.row()]) {
          Match(row, *there);
        }
      }
    });
    DropMatched();
  }

  void MatchByLines(const LineShifts& shifts) {
    ForEachGroup(rows_, [&](Rows base, Rows current) {
      if (base.empty() || current.empty()) return;
      const StringId file = FileOf(base[0]);
      std::vector<int64_t> expected, lines;
      for (const Row& row : base) {
        expected.push_back(shifts.Expected(file, row.line));
      }
      for (const Row& row : current) lines.push_back(row.line);
      for (const auto& [b, c] : AlignLines(expected, lines)) {
        Match(base[b], current[c]);
      }
    });
    DropMatched();
  }

  void DropMatched() {
    std::erase_if(rows_, [&](const Row& row) {
      return row.is_current ? is_matched_[row.id.row()]
                            : current_of_[row.id.row()].is_valid();
    });
  }

  void ForgetObjects() {
    for (Row& row : rows_) row.object = StringId();
    std::ranges::sort(rows_);
  }

  std::vector<FunctionPair> Pairs() const {
    std::vector<FunctionPair> pairs;
    for (size_t row = 0; row < current_of_.size(); ++row) {
      pairs.push_back({FunctionId(row), current_of_[row]});
    }
    for (size_t row = 0; row < is_matched_.size(); ++row) {
      if (!is_matched_[row]) pairs.push_back({FunctionId(), FunctionId(row)});
    }
    return pairs;
  }

  const Profile& base_;
  const Profile& current_;
  std::vector<FunctionId> current_of_;  // per function of the base
  std::vector<bool> is_matched_;        // per function of the current profile
  std::vector<Row> rows_;               // of functions that are not matched
};

}  // namespace

std::vector<FunctionPair> MatchFunctions(const Profile& base,
                                         const Profile& current) {
  return Matcher(base, current).Match();
}

}  // namespace prof2cg
