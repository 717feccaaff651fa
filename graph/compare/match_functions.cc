#include "graph/compare/match_functions.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/compare/align_lines.h"
#include "graph/compare/line_shifts.h"
#include "graph/compare/surroundings.h"
#include "graph/function_table.h"
#include "graph/ids.h"
#include "graph/shared_text.h"
#include "graph/string_table.h"

namespace prof2cg {
namespace {

// A function of either side. Sorted, those that may be the same stand together,
// the base's before the current ones, each by line.
struct Row {
  StringId name;  // of a table that both sides share
  StringId file;
  StringId object;
  uint32_t above = 0;  // of those without a name: Surroundings
  bool is_current = false;
  uint32_t line = 0;
  FunctionId id;

  bool MayBe(const Row& other) const {
    return name == other.name && file == other.file && object == other.object &&
           above == other.above;
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
        are_numbers_(base.provenance.least_told ||
                     current.provenance.least_told),
        current_of_(base.functions.size()),
        is_matched_(current.functions.size()) {
    StringTable shared;
    AddRows(WithSharedText(base, shared), shared, false);
    AddRows(WithSharedText(current, shared), shared, true);
    if (are_numbers_) {
      for (std::vector<Row>* rows : {&rows_, &nameless_}) NumberLines(*rows);
    }
  }

  std::vector<FunctionPair> Match() && {
    std::ranges::sort(rows_);
    MatchUnique();
    const LineShifts shifts(
        base_, current_, are_numbers_ ? std::vector<FunctionPair>() : Pairs());
    MatchNamed(shifts);
    MatchNameless(shifts);
    return Pairs();
  }

 private:
  void AddRows(const FunctionTable& functions, const StringTable& shared,
               bool is_current) {
    for (size_t row = 0; row < functions.size(); ++row) {
      const Function& f = functions[row];
      // The file of those without a name tells their object.
      const bool is_nameless = IsNameless(shared[f.name]);
      const StringId object = is_nameless ? StringId() : f.object;
      (is_nameless ? nameless_ : rows_)
          .push_back(
              {f.name, f.file, object, 0, is_current, f.line, FunctionId(row)});
    }
  }

  // As snapshots do instead of lines (graph/passes/snapshot.h).
  void NumberLines(std::vector<Row>& rows) const {
    std::ranges::sort(rows);
    const Row* last = nullptr;
    uint32_t number = 0;
    for (Row& row : rows) {
      const bool is_first = last == nullptr || !row.MayBe(*last) ||
                            row.is_current != last->is_current;
      number = is_first ? 1 : number + 1;
      last = &row;
      const Profile& profile = row.is_current ? current_ : base_;
      if (profile.provenance.least_told) continue;
      row.line = number == 1 ? 0 : number;
    }
  }

  void MatchNamed(const LineShifts& shifts) {
    const auto all = [](const Row&, const Row&) { return true; };
    MatchExpected(shifts);
    MatchByLines(shifts, all);
    ForgetObjects();
    MatchByLines(shifts, all);
  }

  // By what is around them.
  void MatchNameless(const LineShifts& shifts) {
    if (nameless_.empty()) return;
    const Surroundings around(base_, current_, Pairs());
    const auto has_place = [&](const Row& base, const Row& current) {
      return base.line != 0 && current.line != 0 && shifts.Know(FileOf(base));
    };
    const auto resemble = [&](const Row& base, const Row& current) {
      return around.ShareNeighbours(base.id, current.id) ||
             (!has_place(base, current) &&
              !around.HaveNeighbours(base.id, current.id));
    };
    rows_ = std::move(nameless_);
    std::ranges::sort(rows_);
    MatchExpected(shifts);
    SetAbove(&around);
    MatchByLines(shifts, has_place);
    SetAbove(nullptr);
    MatchByLines(shifts, resemble);
  }

  // None: forgets it.
  void SetAbove(const Surroundings* around) {
    for (Row& row : rows_) {
      row.above = around == nullptr ? 0
                  : row.is_current  ? around->AboveCurrent(row.id)
                                    : around->AboveBase(row.id);
    }
    std::ranges::sort(rows_);
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

  // Those of which may_be(base, current).
  template <class MayBe>
  void MatchByLines(const LineShifts& shifts, MayBe may_be) {
    ForEachGroup(rows_, [&](Rows base, Rows current) {
      if (base.empty() || current.empty()) return;
      const StringId file = FileOf(base[0]);
      std::vector<int64_t> expected, lines;
      for (const Row& row : base) {
        expected.push_back(shifts.Expected(file, row.line));
      }
      for (const Row& row : current) lines.push_back(row.line);
      for (const auto& [b, c] : AlignLines(expected, lines)) {
        if (may_be(base[b], current[c])) Match(base[b], current[c]);
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
  const bool are_numbers_;              // of functions, what their lines are
  std::vector<FunctionId> current_of_;  // per function of the base
  std::vector<bool> is_matched_;        // per function of the current profile
  std::vector<Row> rows_;               // of functions that are not matched
  std::vector<Row> nameless_;           // of those whose turn comes last
};

}  // namespace

std::vector<FunctionPair> MatchFunctions(const Profile& base,
                                         const Profile& current) {
  return Matcher(base, current).Match();
}

}  // namespace prof2cg
