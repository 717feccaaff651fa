#include "graph/passes/apportion.h"

#include <algorithm>

namespace prof2cg {
namespace {

int64_t AtLeastNone(int64_t weight) { return std::max<int64_t>(0, weight); }

__int128 Sum(std::span<const int64_t> weights) {
  __int128 sum = 0;
  for (const int64_t weight : weights) sum += AtLeastNone(weight);
  return sum;
}

}  // namespace

std::span<const int64_t> Apportioner::Share(int64_t whole,
                                            std::span<const int64_t> weights) {
  parts_.assign(weights.size(), 0);
  if (whole == 0 || weights.empty()) return parts_;
  remainders_.clear();
  const __int128 sum = Sum(weights);
  if (sum == whole) {
    std::ranges::transform(weights, parts_.begin(), AtLeastNone);
    return parts_;
  }
  const bool are_alike = sum == 0;
  const __int128 divisor =
      are_alike ? static_cast<__int128>(weights.size()) : sum;
  __int128 rest = whole;
  for (size_t i = 0; i < weights.size(); ++i) {
    const int64_t weight = are_alike ? 1 : AtLeastNone(weights[i]);
    if (weight == 0) continue;
    const __int128 product = static_cast<__int128>(whole) * weight;
    parts_[i] = static_cast<int64_t>(product / divisor);
    rest -= parts_[i];
    const __int128 remainder = product - parts_[i] * divisor;
    if (remainder == 0) continue;
    const __int128 size = remainder < 0 ? -remainder : remainder;
    remainders_.emplace_back(static_cast<unsigned __int128>(size), i);
  }
  if (rest != 0) GiveRest(static_cast<int64_t>(rest));
  return parts_;
}

void Apportioner::GiveRest(int64_t rest) {
  const int64_t unit = rest > 0 ? 1 : -1;
  const auto units = static_cast<ptrdiff_t>(rest * unit);
  std::ranges::nth_element(remainders_, remainders_.begin() + units,
                           [](const Remainder& a, const Remainder& b) {
                             return a.first != b.first ? a.first > b.first
                                                       : a.second < b.second;
                           });
  for (ptrdiff_t i = 0; i < units; ++i) {
    parts_[remainders_[static_cast<size_t>(i)].second] += unit;
  }
}

}  // namespace prof2cg
