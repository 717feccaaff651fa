// What is written as callgrind and read again is the same profile, but for the
// self costs of calls, which the format has no place for.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/random_profiles.h"
#include "converter/readers/callgrind.h"
#include "converter/readers/pstats.h"
#include "converter/writers/test_support.h"
#include "graph/passes/complete.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

Contents WithoutCallSelf(Contents contents) {
  for (auto& [key, figures] : contents.calls) figures.self.clear();
  return Sorted(std::move(contents));
}

void CheckOrigins(const Provenance& expected, const Provenance& got) {
  BOOST_TEST((got.counts == expected.counts));
  BOOST_TEST((got.call_counts == expected.call_counts));
  BOOST_TEST(got.lost == expected.lost);
  for (size_t e = 0; e < expected.events.size(); ++e) {
    const Provenance::Columns& columns = expected.events[e];
    BOOST_TEST((got.events.at(e).self == columns.self));
    BOOST_TEST((got.events.at(e).inclusive == columns.inclusive));
    BOOST_TEST((got.events.at(e).call_inclusive == columns.call_inclusive));
    BOOST_TEST((got.events.at(e).call_self == Origin::kAbsent));
  }
}

void CheckRoundTrip(const Profile& profile) {
  const std::string text = WriteCallgrind(profile).text;
  const Profile read = kCallgrindReader.read(text);
  BOOST_TEST(read.Check() == "");
  BOOST_TEST((read.events == profile.events));
  BOOST_TEST(read.command == profile.command);
  BOOST_TEST((read.facts == profile.facts));
  BOOST_TEST((read.naming == profile.naming));
  BOOST_TEST((read.share_by == profile.share_by));
  CheckOrigins(profile.provenance, read.provenance);
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    BOOST_CHECK(read.provenance.IsFunctionEstimated(f) ==
                profile.provenance.IsFunctionEstimated(f));
  }
  const Contents expected = ContentsOf(profile);
  const Contents got = ContentsOf(read);
  BOOST_CHECK(got.functions == expected.functions);  // also in their order
  BOOST_CHECK(WithoutCallSelf(got).calls == WithoutCallSelf(expected).calls);
  BOOST_TEST(read.graph.call_self.rows() == 0);
  BOOST_TEST(read.provenance.oddities.empty());
  BOOST_CHECK(WriteCallgrind(read).text == text);
}

BOOST_AUTO_TEST_SUITE(CallgrindRoundTrip)

BOOST_AUTO_TEST_CASE(RandomProfilesAreReadAsTheyWere) {
  RandomProfiles profiles(1);
  for (int round = 0; round < 500; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      CheckRoundTrip(profiles.Next(30, 60));
    }
  }
}

// Nobody calls it but the one that is written for calls from outside.
BOOST_AUTO_TEST_CASE(AFunctionNamedAsTheOutsideIsAFunction) {
  for (const int64_t calls : {0, 1}) {
    SampleProfile sample;
    sample.Add("(outside the profile)", "~", 0, {calls, calls}, {0}, {0},
               "<outside>");
    CheckRoundTrip(sample.Build());
  }
}

BOOST_AUTO_TEST_CASE(ProfilesOfManyPartsAreReadAsTheyWere) {
  RandomProfiles profiles(2);
  CheckRoundTrip(profiles.Next(60'000, 200'000));
  CheckRoundTrip(RandomProfile(100'000, 100'000, 3));
}

BOOST_AUTO_TEST_CASE(RealDumpsAreReadAsTheyWere) {
  int dumps = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/pstats")) {
    if (entry.path().extension() != ".pstats") continue;
    BOOST_TEST_CONTEXT(entry.path()) {
      Profile profile = kPstats.read(ContentOf(entry.path()));
      profile.provenance.oddities.clear();
      CheckRoundTrip(profile);
      Complete(profile);
      CheckRoundTrip(profile);
    }
    ++dumps;
  }
  BOOST_TEST(dumps == 60);
}

// Others' files, and whatever a fuzzer made of such.
BOOST_AUTO_TEST_CASE(CallgrindFilesAreReadAgainAsTheyWere) {
  int files = 0;
  for (const char* folder : {"testdata/callgrind", "testdata/fuzz/callgrind"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      BOOST_TEST_CONTEXT(entry.path()) {
        try {
          Profile profile = kCallgrindReader.read(ContentOf(entry.path()));
          profile.provenance.oddities.clear();
          CheckRoundTrip(profile);
          ++files;
        } catch (const Error&) {
          // Malformed, and said so.
        }
      }
    }
  }
  BOOST_TEST(files >= 25);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
