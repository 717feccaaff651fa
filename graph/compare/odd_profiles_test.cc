// Profiles of one program, of which some are odd: the figures of each function
// (ProfileSpreads) and the profiles that are named (FindOddProfiles).
#include "graph/compare/odd_profiles.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "graph/compare/profile_spreads.h"
#include "graph/error.h"
#include "graph/profile.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// The self cost of each function, by its number; those without have none.
using Costs = std::vector<int64_t>;

Profile ProfileOf(const Costs& costs) {
  SampleProfile sample;
  for (size_t f = 0; f < costs.size(); ++f) {
    if (costs[f] == 0) continue;
    sample.Add("f" + std::to_string(f), {1, 1}, {costs[f]}, {2 * costs[f]});
  }
  return sample.Build();
}

// Alike but for 5 % of noise in each function's figure, and as much in all of a
// profile's.
std::vector<Costs> Alike(size_t profiles, std::mt19937_64& random) {
  std::normal_distribution<double> noise(1, .05);
  std::vector<Costs> all(profiles);
  for (Costs& costs : all) {
    const double common = noise(random);
    for (int f = 1; f <= 50; ++f) {
      costs.push_back(
          std::llround(1e9 / f * common * std::max(noise(random), .1)));
    }
  }
  return all;
}

struct Survey {
  std::vector<OddProfile> odd;
  std::vector<Contrast> contrasts;
};

Survey SurveyOf(const std::vector<Costs>& all) {
  ProfileSpreads spreads("ns");
  for (const Costs& costs : all) spreads.Add(ProfileOf(costs));
  spreads.Finish();
  Survey survey;
  std::vector<double> moved;
  for (size_t i = 0; i < all.size(); ++i) {
    survey.contrasts.push_back(spreads.ContrastOf(ProfileOf(all[i]), i));
    moved.push_back(survey.contrasts.back().moved);
  }
  survey.odd = FindOddProfiles(spreads.totals(), moved);
  return survey;
}

BOOST_AUTO_TEST_SUITE(OddProfiles)

BOOST_AUTO_TEST_CASE(NoneIsNamedAmongAlikeOnes) {
  std::mt19937_64 random(1);
  for (const size_t profiles : {3, 4, 5, 7, 10, 30, 100}) {
    for (int round = 0; round < 30; ++round) {
      BOOST_TEST(SurveyOf(Alike(profiles, random)).odd.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(TheOneThatTookLongerIsNamedWithItsFunction) {
  std::mt19937_64 random(2);
  for (const size_t profiles : {3, 4, 5, 10, 100}) {
    std::vector<Costs> all = Alike(profiles, random);
    const size_t planted = random() % profiles;
    all[planted][7] += 9'000'000'000;
    const Survey survey = SurveyOf(all);
    BOOST_REQUIRE(survey.odd.size() == 1);
    BOOST_TEST(survey.odd[0].profile == planted);
    BOOST_TEST(survey.odd[0].HasOddTotal());
    BOOST_TEST(survey.odd[0].HasOddShares());
    BOOST_TEST(survey.odd[0].times == 3, boost::test_tools::tolerance(.2));
    BOOST_TEST(survey.contrasts[planted].function.row() == 7u);
    BOOST_TEST(survey.contrasts[planted].self ==
               static_cast<double>(all[planted][7]));
  }
}

BOOST_AUTO_TEST_CASE(TheOneWhoseCostIsElsewhereIsNamedThoughItTookAsLong) {
  std::mt19937_64 random(3);
  for (const size_t profiles : {3, 5, 10, 100}) {
    std::vector<Costs> all = Alike(profiles, random);
    std::swap(all.back().front(), all.back().back());
    const Survey survey = SurveyOf(all);
    BOOST_REQUIRE(survey.odd.size() == 1);
    BOOST_TEST(survey.odd[0].profile == profiles - 1);
    BOOST_TEST(!survey.odd[0].HasOddTotal());
    BOOST_TEST(survey.odd[0].HasOddShares());
  }
}

BOOST_AUTO_TEST_CASE(ATotalThatIsFarLessIsOddToo) {
  std::mt19937_64 random(4);
  std::vector<Costs> all = Alike(10, random);
  for (int64_t& cost : all[4]) cost /= 2;
  const Survey survey = SurveyOf(all);
  BOOST_REQUIRE(survey.odd.size() == 1);
  BOOST_TEST(survey.odd[0].profile == 4u);
  BOOST_TEST(!survey.odd[0].HasOddShares());
}

BOOST_AUTO_TEST_CASE(SeveralDoNotHideEachOther) {
  std::mt19937_64 random(5);
  std::vector<Costs> all = Alike(20, random);
  for (const size_t odd : {2, 9, 13, 17}) all[odd][30] += 20'000'000'000;
  all[13][30] *= 2;
  const Survey survey = SurveyOf(all);
  BOOST_REQUIRE(survey.odd.size() == 4);
  BOOST_TEST(survey.odd[0].profile == 13u);
}

BOOST_AUTO_TEST_CASE(OrderDoesNotMatter) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 20; ++round) {
    std::vector<Costs> all = Alike(3 + random() % 10, random);
    all[0][3] *= 10;
    std::vector<size_t> order(all.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::shuffle(order, random);
    std::vector<Costs> shuffled;
    for (const size_t i : order) shuffled.push_back(all[i]);
    const Survey one = SurveyOf(all);
    const Survey other = SurveyOf(shuffled);
    BOOST_REQUIRE(one.odd.size() == 1);
    BOOST_REQUIRE(other.odd.size() == 1);
    BOOST_TEST(order[other.odd[0].profile] == one.odd[0].profile);
    for (size_t i = 0; i < order.size(); ++i) {
      BOOST_TEST(std::abs(other.contrasts[i].moved -
                          one.contrasts[order[i]].moved) < 1e-9);
    }
  }
}

BOOST_AUTO_TEST_CASE(AFunctionThatAProfileLacksCostsNothingThere) {
  ProfileSpreads spreads("ns");
  spreads.Add(ProfileOf({10, 0}));
  spreads.Add(ProfileOf({20, 30}));
  spreads.Add(ProfileOf({0, 60}));
  spreads.Finish();
  const auto& [first, second] =
      std::pair(spreads.spreads()[0], spreads.spreads()[1]);
  BOOST_TEST(first.self.mean() == 10);
  BOOST_TEST(first.self.Deviation() == 10);
  BOOST_TEST(first.self.least().profile == 2u);
  BOOST_TEST(second.self.mean() == 30);
  BOOST_TEST(second.inclusive.greatest().value == 120);
  BOOST_TEST(second.share.mean() == .8 / 1.5,
             boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(AProfileThatChangedMeanwhileIsAnError) {
  ProfileSpreads spreads("ns");
  for (int i = 0; i < 3; ++i) spreads.Add(ProfileOf({10, 20}));
  spreads.Finish();
  BOOST_CHECK_THROW(spreads.ContrastOf(ProfileOf({10, 21}), 1), Error);
  BOOST_CHECK_THROW(spreads.ContrastOf(ProfileOf({10, 0, 20}), 1), Error);
  BOOST_CHECK_THROW(ProfileSpreads("bytes").Add(ProfileOf({1})), Error);
}

BOOST_AUTO_TEST_CASE(ProfilesThatCostNothingAreFarFromTheOthers) {
  std::mt19937_64 random(7);
  std::vector<Costs> all = Alike(5, random);
  all[3].assign(50, 0);
  const Survey survey = SurveyOf(all);
  BOOST_REQUIRE(survey.odd.size() == 1);
  BOOST_TEST(survey.odd[0].profile == 3u);
  BOOST_TEST(survey.odd[0].times == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
