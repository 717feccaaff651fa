#include "graph/compare/surroundings.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/function_table.h"

namespace prof2cg {
namespace {

// Both sides of a pair have the same one.
std::vector<uint32_t> NumbersOf(const std::vector<FunctionPair>& pairs,
                                FunctionId FunctionPair::*side,
                                size_t functions) {
  std::vector<uint32_t> numbers(functions);
  for (uint32_t i = 0; i < pairs.size(); ++i) {
    const FunctionId f = pairs[i].*side;
    if (f.is_valid()) numbers[f.row()] = i + 1;
  }
  return numbers;
}

std::vector<uint32_t> FindAbove(const Profile& profile,
                                const std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> rows(numbers.size());
  std::iota(rows.begin(), rows.end(), 0);
  const auto key = [&](uint32_t row) {
    const Function& f = profile.functions[row];
    return std::tuple(f.file, f.line, IsNameless(profile.strings[f.name]), row);
  };
  std::ranges::sort(rows, {}, key);
  std::vector<uint32_t> above(numbers.size());
  StringId file;
  uint32_t last = 0;
  for (const uint32_t row : rows) {
    const Function& f = profile.functions[row];
    if (f.file != file) last = 0;
    file = f.file;
    above[row] = last;
    if (!IsNameless(profile.strings[f.name])) last = numbers[row];
  }
  return above;
}

}  // namespace

bool IsNameless(std::string_view name) {
  constexpr std::string_view kNames[] = {"<lambda>", "<listcomp>", "<genexpr>",
                                         "<dictcomp>", "<setcomp>"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

Surroundings::Side::Side(const Profile& its_profile,
                         std::vector<uint32_t> its_numbers)
    : profile(its_profile),
      numbers(std::move(its_numbers)),
      above(FindAbove(profile, numbers)),
      by_caller(IndexByCaller(profile.graph)),
      by_callee(IndexByCallee(profile.graph)) {}

std::vector<uint32_t> Surroundings::Side::NeighboursOf(FunctionId f) const {
  std::vector<uint32_t> found;
  const auto add = [&](FunctionId other) {
    const std::string_view file = profile.File(other);
    if (other == f || file.empty() || file == kBuiltInFile) return;
    found.push_back(numbers[other.row()]);
  };
  const std::vector<Call>& calls = profile.graph.calls;
  for (const CallId c : by_caller.Of(f)) add(calls[c.row()].callee);
  for (const CallId c : by_callee.Of(f)) add(calls[c.row()].caller);
  std::ranges::sort(found);
  return found;
}

Surroundings::Surroundings(const Profile& base, const Profile& current,
                           const std::vector<FunctionPair>& pairs)
    : base_(base, NumbersOf(pairs, &FunctionPair::base, base.functions.size())),
      current_(current, NumbersOf(pairs, &FunctionPair::current,
                                  current.functions.size())) {}

bool Surroundings::HaveNeighbours(FunctionId base, FunctionId current) const {
  return !base_.NeighboursOf(base).empty() &&
         !current_.NeighboursOf(current).empty();
}

bool Surroundings::ShareNeighbours(FunctionId base, FunctionId current) const {
  std::vector<uint32_t> shared;
  std::ranges::set_intersection(base_.NeighboursOf(base),
                                current_.NeighboursOf(current),
                                std::back_inserter(shared));
  return !shared.empty();
}

}  // namespace prof2cg
