#include "graph/compare/probable_pairs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "graph/compare/line_shifts.h"
#include "graph/function_table.h"
#include "graph/passes/call_index.h"
#include "graph/shared_text.h"
#include "graph/string_table.h"

namespace prof2cg {
namespace {

using Change = ProbablePair::Change;

constexpr size_t kMostNeighbours = 100;  // of a function
constexpr size_t kMostCandidates = 2500;

// What makes a pair likely; 1 is to share many neighbours and to have no other.
constexpr double kLeast = 0.6;
constexpr double kClearlyLess = 0.1;
constexpr double kOnlyOneOfName = 0.6;
constexpr double kSameFileName = 0.25;
constexpr double kAsManyCalls = 0.25;
constexpr double kAtExpectedLine = 0.25;
constexpr double kLinesForHalf = 10;  // that far off, that counts half

// Callers and callees by numbers that are equal on both sides, sorted.
using Neighbours = std::vector<uint64_t>;

// Common ones by all, and by one more: to share the only one is little.
double Likeness(const Neighbours& a, const Neighbours& b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    common += a[i] == b[j];
    const bool takes_a = a[i] <= b[j];
    const bool takes_b = b[j] <= a[i];
    i += takes_a;
    j += takes_b;
  }
  const size_t all = a.size() + b.size() - common;
  return static_cast<double>(common) / static_cast<double>(all + 1);
}

// One of the two profiles.
class Side {
 public:
  // Matched functions have the number of their pair, others that of their name.
  Side(const Profile& profile, const std::vector<FunctionPair>& pairs,
       FunctionId FunctionPair::*function, StringTable& shared)
      : profile_(profile),
        functions_(WithSharedText(profile, shared)),
        by_caller_(IndexByCaller(profile.graph)),
        by_callee_(IndexByCallee(profile.graph)),
        is_found_(functions_.size()) {
    for (const Function& f : functions_) {
      numbers_.push_back(pairs.size() + f.name.row());
    }
    for (size_t i = 0; i < pairs.size(); ++i) {
      const FunctionId f = pairs[i].*function;
      if (pairs[i].is_matched()) numbers_[f.row()] = i;
      if (!pairs[i].is_matched() && f.is_valid()) unmatched_.push_back(f);
    }
    times_.resize(shared.size());
    for (const Function& f : functions_) ++times_[f.name.row()];
  }

  const Function& operator[](FunctionId f) const { return functions_[f.row()]; }
  const Function& Own(FunctionId f) const {
    return profile_.functions[f.row()];
  }
  int64_t Calls(FunctionId f) const {
    return profile_.graph.counts[f.row()].total;
  }
  bool IsOnlyOneOfName(FunctionId f) const {
    return times_[functions_[f.row()].name.row()] == 1;
  }
  std::vector<FunctionId>& unmatched() { return unmatched_; }
  void MarkFound(FunctionId f) { is_found_[f.row()] = true; }
  void DropFound() {
    std::erase_if(unmatched_, [&](FunctionId f) { return is_found_[f.row()]; });
  }

  Neighbours NeighboursOf(FunctionId f) const {
    constexpr uint64_t kItself = UINT64_MAX / 2;
    Neighbours found;
    const auto add = [&](FunctionId other, bool is_caller) {
      const uint64_t number = other == f ? kItself : numbers_[other.row()];
      found.push_back(2 * number + is_caller);
    };
    const std::vector<Call>& calls = profile_.graph.calls;
    for (const CallId c : by_caller_.Of(f)) add(calls[c.row()].callee, false);
    for (const CallId c : by_callee_.Of(f)) add(calls[c.row()].caller, true);
    std::ranges::sort(found);
    const auto repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    if (found.size() > kMostNeighbours) found.resize(kMostNeighbours);
    return found;
  }

 private:
  const Profile& profile_;
  FunctionTable functions_;  // with shared text
  CallIndex by_caller_;
  CallIndex by_callee_;
  std::vector<uint64_t> numbers_;  // per function: as a neighbour
  std::vector<uint32_t> times_;    // per name
  std::vector<FunctionId> unmatched_;
  std::vector<bool> is_found_;  // per function: its counterpart
};

// Possible pairs: all of one side with all of the other.
struct Candidates {
  std::span<const FunctionId> base;
  std::span<const FunctionId> current;
};

// How likely each is, and where one stands out.
class Likelihoods {
 public:
  template <class Score>
  Likelihoods(const Candidates& candidates, Score score)
      : candidates_(candidates), width_(candidates.current.size()) {
    for (size_t b = 0; b < candidates.base.size(); ++b) {
      for (size_t c = 0; c < width_; ++c) scores_.push_back(score(b, c));
    }
  }

  // Calls use(base, current) for the clear ones.
  template <class Use>
  void ForEachClear(Use use) const {
    const std::vector<size_t> base_of = BestOfColumns();
    for (size_t b = 0; b < candidates_.base.size(); ++b) {
      const size_t c = BestOf(width_, [&](size_t i) { return At(b, i); });
      if (c < width_ && base_of[c] == b) {
        use(candidates_.base[b], candidates_.current[c]);
      }
    }
  }

 private:
  double At(size_t b, size_t c) const { return scores_[b * width_ + c]; }

  // The clearly best one, or `count`.
  template <class Score>
  static size_t BestOf(size_t count, Score score) {
    size_t best = count;
    double highest = 0, second = 0;
    for (size_t i = 0; i < count; ++i) {
      second = std::max(second, std::min(highest, score(i)));
      if (score(i) > highest) {
        highest = score(i);
        best = i;
      }
    }
    return highest >= kLeast && second <= highest - kClearlyLess ? best : count;
  }

  std::vector<size_t> BestOfColumns() const {
    std::vector<size_t> best;
    const size_t height = candidates_.base.size();
    for (size_t c = 0; c < width_; ++c) {
      best.push_back(BestOf(height, [&](size_t b) { return At(b, c); }));
    }
    return best;
  }

  Candidates candidates_;
  size_t width_;
  std::vector<double> scores_;
};

class Finder {
 public:
  Finder(const Profile& base, const Profile& current,
         const std::vector<FunctionPair>& pairs)
      : base_(base, pairs, &FunctionPair::base, shared_),
        current_(current, pairs, &FunctionPair::current, shared_),
        shifts_(base, current, pairs) {}

  std::vector<ProbablePair> Find() && {
    FindAll(Change::kMoved, &Function::name);
    FindAll(Change::kRenamed, &Function::file);
    std::ranges::sort(found_, {}, &ProbablePair::base);
    return std::move(found_);
  }

 private:
  void FindAll(Change change, StringId Function::*same) {
    ForEachGroup(same, [&](const Candidates& candidates) {
      const std::vector<Neighbours> base = NeighboursOf(base_, candidates.base);
      const std::vector<Neighbours> current =
          NeighboursOf(current_, candidates.current);
      const Likelihoods likely(candidates, [&](size_t b, size_t c) {
        const double likeness = Likeness(base[b], current[c]);
        return change == Change::kMoved
                   ? Moved(likeness, candidates.base[b], candidates.current[c])
                   : Renamed(likeness, candidates.base[b],
                             candidates.current[c]);
      });
      likely.ForEachClear([&](FunctionId b, FunctionId c) {
        found_.push_back({b, c, change});
        base_.MarkFound(b);
        current_.MarkFound(c);
      });
    });
    base_.DropFound();
    current_.DropFound();
  }

  // Of functions of both sides that have no counterpart.
  template <class Use>
  void ForEachGroup(StringId Function::*same, Use use) {
    const auto key_of = [same](const Side& side) {
      return [&side, same](FunctionId f) { return side[f].*same; };
    };
    std::vector<FunctionId>& base = base_.unmatched();
    std::vector<FunctionId>& current = current_.unmatched();
    std::ranges::stable_sort(base, {}, key_of(base_));
    std::ranges::stable_sort(current, {}, key_of(current_));
    for (auto b = base.begin(); b != base.end();) {
      const StringId key = base_[*b].*same;
      const auto end =
          std::ranges::upper_bound(b, base.end(), key, {}, key_of(base_));
      const auto others =
          std::ranges::equal_range(current, key, {}, key_of(current_));
      const Candidates candidates{{b, end}, {others.begin(), others.end()}};
      const size_t count = candidates.base.size() * candidates.current.size();
      if (count != 0 && count <= kMostCandidates) use(candidates);
      b = end;
    }
  }

  static std::vector<Neighbours> NeighboursOf(
      const Side& side, std::span<const FunctionId> functions) {
    std::vector<Neighbours> neighbours;
    for (const FunctionId f : functions) {
      neighbours.push_back(side.NeighboursOf(f));
    }
    return neighbours;
  }

  double Moved(double likeness, FunctionId b, FunctionId c) const {
    const bool is_anonymous = shared_[base_[b].name].starts_with('<');
    if (!is_anonymous && base_.IsOnlyOneOfName(b) &&
        current_.IsOnlyOneOfName(c)) {
      likeness += kOnlyOneOfName;
    }
    if (FileName(base_[b]) == FileName(current_[c])) likeness += kSameFileName;
    const int64_t calls = base_.Calls(b);
    if (calls != 0 && calls == current_.Calls(c)) likeness += kAsManyCalls;
    return likeness;
  }

  double Renamed(double likeness, FunctionId b, FunctionId c) const {
    const Function& before = base_.Own(b);
    const uint32_t line = current_.Own(c).line;
    if (before.line == 0 || line == 0) return likeness;
    const auto expected =
        static_cast<double>(shifts_.Expected(before.file, before.line));
    const double distance = std::abs(expected - static_cast<double>(line));
    return likeness + kAtExpectedLine / (1 + distance / kLinesForHalf);
  }

  std::string_view FileName(const Function& function) const {
    const std::string_view file = shared_[function.file];
    return file.substr(file.rfind('/') + 1);
  }

  StringTable shared_;
  Side base_;
  Side current_;
  LineShifts shifts_;
  std::vector<ProbablePair> found_;
};

}  // namespace

std::vector<ProbablePair> FindProbablePairs(
    const Profile& base, const Profile& current,
    const std::vector<FunctionPair>& pairs) {
  return Finder(base, current, pairs).Find();
}

}  // namespace prof2cg
