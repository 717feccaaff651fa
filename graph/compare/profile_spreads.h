// What the functions of many profiles cost in each: how far that scatters, and
// how far a profile is from the others.
#ifndef PROF2CG_GRAPH_COMPARE_PROFILE_SPREADS_H_
#define PROF2CG_GRAPH_COMPARE_PROFILE_SPREADS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/compare/spread.h"
#include "graph/profile.h"
#include "graph/profile_builder.h"

namespace prof2cg {

// Of one event. A function that a profile does not have costs nothing there.
struct FunctionSpread {
  Spread self;
  Spread inclusive;
  Spread share;  // of the self cost of all functions
};

// A profile beside the others.
struct Contrast {
  // How much of its cost is in other functions than with the others on average:
  // half the sum of what the shares differ by, 0 to 1.
  double moved = 0;
  // The function whose self cost differs most from the others' mean.
  FunctionId function;
  double self = 0;
  double self_of_others = 0;
};

// Takes all profiles twice, one by one and in the same order: first with Add,
// then with ContrastOf. Functions are matched by value. Memory is that of the
// union of all functions, and a number per profile. Each step is linear in its
// profile, ContrastOf in the union.
class ProfileSpreads {
 public:
  // Of the event of that name. Throws Error where a profile has none.
  explicit ProfileSpreads(std::string event) : event_(std::move(event)) {}

  void Add(const Profile& profile);
  // All were added.
  void Finish();
  // `number` counts from 0. Throws Error if it is not the profile that was
  // added under this number.
  Contrast ContrastOf(const Profile& profile, size_t number);

  // The self cost of all functions, a profile each.
  std::span<const double> totals() const { return totals_; }
  std::span<const FunctionSpread> spreads() const { return spreads_; }
  // Those with spreads, without figures.
  const Profile& functions() { return union_.profile(); }

 private:
  EventId EventOf(const Profile& profile) const;
  // Of the profile's functions in the union.
  std::vector<FunctionId> Find(const Profile& profile);

  std::string event_;
  ProfileBuilder union_{EventSet()};
  std::vector<FunctionSpread> spreads_;
  std::vector<double> totals_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_PROFILE_SPREADS_H_
