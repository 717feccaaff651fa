// Profiles for tests: put together by hand, or random ones by seed.
#ifndef PROF2CG_GRAPH_SAMPLE_PROFILE_H_
#define PROF2CG_GRAPH_SAMPLE_PROFILE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/profile_builder.h"

namespace prof2cg {

// Builds a profile, by default of one event, time.
class SampleProfile {
 public:
  using Costs = std::vector<int64_t>;  // one per event

  explicit SampleProfile(EventSet events = EventSet({{"ns", "Time [ns]",
                                                      Unit::kNanoseconds}}))
      : builder_(std::move(events)) {}

  FunctionId Add(std::string_view name, std::string_view file, uint32_t line,
                 CallCounts counts, const Costs& self, const Costs& inclusive,
                 std::string_view object = "") {
    const FunctionId f =
        builder_.AddFunction({builder_.Intern(name), builder_.Intern(file),
                              builder_.Intern(object), line});
    builder_.AddCounts(f, counts);
    builder_.AddSelf(f, self);
    builder_.AddInclusive(f, inclusive);
    return f;
  }
  FunctionId Add(std::string_view name, CallCounts counts, const Costs& self,
                 const Costs& inclusive) {
    return Add(name, "app.py", 1, counts, self, inclusive);
  }

  void Call(FunctionId caller, FunctionId callee, CallCounts counts,
            const Costs& inclusive, const Costs& self, uint32_t line = 0) {
    builder_.AddCall({caller, callee, line, counts}, inclusive, self);
  }

  void MarkEstimated() { builder_.MarkEstimated(builder_.calls() - 1); }
  Profile& profile() { return builder_.profile(); }
  Profile Build() { return std::move(builder_).Build(); }

 private:
  ProfileBuilder builder_;
};

inline EventSet TimeAndBytes() {
  return EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                   {"bytes", "Bytes", Unit::kBytes}});
}

// Two events, random figures that contradict each other and whose sums stay far
// from the limits, and some calls marked as estimated. Of two such profiles,
// about half the functions are in both. A call's costs are its count and minus
// its count. Calls on the same of `lines` lines accumulate, so there may be
// fewer than `calls`.
inline Profile RandomProfile(size_t functions, size_t calls, uint32_t seed,
                             uint32_t lines = UINT32_MAX) {
  std::mt19937 random(seed);
  const auto figure = [&] { return static_cast<int64_t>(random()); };
  SampleProfile sample(TimeAndBytes());
  std::vector<uint32_t> numbers(2 * functions);
  std::iota(numbers.begin(), numbers.end(), 0);
  std::shuffle(numbers.begin(), numbers.end(), random);
  for (size_t f = 0; f < functions; ++f) {
    const uint32_t n = numbers[f];  // all four parts together tell them
    sample.Add("f" + std::to_string(n / 8), n % 2 == 0 ? "a.py" : "b.py",
               n / 2 % 2, {figure(), figure()}, {figure(), figure()},
               {figure(), figure()}, n / 4 % 2 == 0 ? "" : "package");
  }
  for (size_t c = 0; c < calls; ++c) {
    // Squared, so that some callers have most of the calls.
    const FunctionId caller(static_cast<size_t>(random()) % functions *
                            (random() % functions) / functions);
    const FunctionId callee(random() % functions);
    const int64_t n = figure();
    sample.Call(caller, callee, {n, n / 2}, {n, -n}, {figure(), figure()},
                static_cast<uint32_t>(random()) % lines);
    if (random() % 8 == 0) sample.MarkEstimated();
  }
  return sample.Build();
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_SAMPLE_PROFILE_H_
