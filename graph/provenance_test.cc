#include "graph/provenance.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(OddityIsToldInSingularOnlyWhereItIsOne) {
  BOOST_TEST((Oddity{"call is odd", "calls are odd", 1}.Text()) ==
             "1 call is odd");
  BOOST_TEST((Oddity{"call is odd", "calls are odd", 2}.Text()) ==
             "2 calls are odd");
}

BOOST_AUTO_TEST_CASE(OdditiesOfAKindAreCountedTogetherInOrderOfAppearance) {
  Provenance provenance;
  provenance.Note("call is odd", "calls are odd", 2);
  provenance.Note("entry is even", "entries are even", 1);
  provenance.Note("call is odd", "calls are odd", 3);
  BOOST_REQUIRE_EQUAL(provenance.oddities.size(), 2);
  BOOST_TEST(provenance.oddities[0].Text() == "5 calls are odd");
  BOOST_TEST(provenance.oddities[1].Text() == "1 entry is even");
}

BOOST_AUTO_TEST_CASE(WhatDidNotHappenIsNotNoted) {
  Provenance provenance;
  provenance.Note("call is odd", "calls are odd", 0);
  BOOST_TEST(provenance.oddities.empty());
}

BOOST_AUTO_TEST_CASE(WithoutMarksNoCallIsEstimated) {
  Provenance provenance;
  BOOST_TEST(!provenance.IsEstimated(7));
  provenance.estimated_calls = {false, true};
  BOOST_TEST(!provenance.IsEstimated(0));
  BOOST_TEST(provenance.IsEstimated(1));
}

BOOST_AUTO_TEST_CASE(FidelityIsToldInShares) {
  const auto text = [](const Fidelity& fidelity) { return fidelity.Text(); };
  BOOST_TEST(text({}) == "lost 0");
  BOOST_TEST(text({.measured = 3}) == "measured 100 %, lost 0");
  BOOST_TEST(text({.measured = 972, .estimated = 28}) ==
             "measured 97.2 %, estimated 2.8 %, lost 0");
  BOOST_TEST(text({.measured = 1, .derived = 1, .estimated = 2, .lost = 9}) ==
             "measured 25 %, derived 25 %, estimated 50 %, lost 9");
  BOOST_TEST(text({.derived = 2, .estimated = 1}) ==
             "derived 66.67 %, estimated 33.33 %, lost 0");
}

}  // namespace
}  // namespace prof2cg
