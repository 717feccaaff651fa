// What is written as callgrind and read again is the same profile, but for the
// self costs of calls, which the format has no place for.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/test_support.h"
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
  BOOST_TEST((read.naming == profile.naming));
  CheckOrigins(profile.provenance, read.provenance);
  const Contents expected = ContentsOf(profile);
  const Contents got = ContentsOf(read);
  BOOST_CHECK(got.functions == expected.functions);  // also in their order
  BOOST_CHECK(WithoutCallSelf(got).calls == WithoutCallSelf(expected).calls);
  BOOST_TEST(read.graph.call_self.rows() == 0);
  BOOST_TEST(read.provenance.oddities.empty());
  BOOST_CHECK(WriteCallgrind(read).text == text);
}

class RandomProfiles {
 public:
  explicit RandomProfiles(uint32_t seed) : random_(seed) {}

  // Any tables, whether a program could have them or not, with names that do
  // not fit in a line or are not unique.
  Profile Next(size_t most_functions, size_t most_calls) {
    ProfileBuilder builder(Events());
    Profile& profile = builder.profile();
    for (size_t n = UpTo(most_functions); n > 0; --n) {
      const FunctionId f = Add(
          builder, {Name(), Name(), Name(), static_cast<uint32_t>(UpTo(3))});
      builder.AddCounts(f, Counts());
      builder.AddSelf(f, Costs(profile));
      builder.AddInclusive(f, Costs(profile));
    }
    const size_t functions = builder.functions();
    const bool has_lines = UpTo(1) == 0;
    const size_t estimated = UpTo(2);  // none, some, all
    for (size_t n = functions == 0 ? 0 : UpTo(most_calls); n > 0; --n) {
      builder.AddCall(
          {FunctionId(UpTo(functions - 1)), FunctionId(UpTo(functions - 1)),
           static_cast<uint32_t>(has_lines ? UpTo(2) : 0), Counts()},
          Costs(profile), {});
      if (estimated > UpTo(2)) builder.MarkEstimated(builder.calls() - 1);
    }
    profile.command = UpTo(1) == 0 ? "" : Name();
    profile.naming = static_cast<Naming>(UpTo(2));
    SetOrigins(profile.provenance);
    return std::move(builder).Build();
  }

 private:
  size_t UpTo(size_t most) {
    return static_cast<size_t>(random_() % (most + 1));
  }
  std::string Name() { return nasty_[UpTo(nasty_.size() - 3)].name; }

  EventSet Events() {
    std::vector<Event> events = {{"ns", "Time [ns]", Unit::kNanoseconds},
                                 {"bytes", Name(), Unit::kBytes},
                                 {"calls", "", Unit::kNanoseconds}};
    events.resize(1 + UpTo(2));
    return EventSet(events);
  }

  std::vector<int64_t> Costs(const Profile& profile) {
    std::vector<int64_t> costs;
    for (size_t e = 0; e < profile.events.size(); ++e) {
      const auto cost = static_cast<int64_t>(random_() >> UpTo(31));
      costs.push_back(has_negative_ && UpTo(15) == 0 ? -cost : cost);
      if (UpTo(99) == 0) costs.back() = INT64_MAX;
    }
    return costs;
  }

  CallCounts Counts() {
    has_negative_ = UpTo(3) == 0;
    const auto total = static_cast<int64_t>(UpTo(5)) - (UpTo(9) == 0);
    return {total, UpTo(1) == 0 ? total : 1};
  }

  void SetOrigins(Provenance& provenance) {
    const auto origin = [&] { return static_cast<Origin>(UpTo(3)); };
    provenance.lost = static_cast<int64_t>(UpTo(5));
    if (UpTo(1) == 0) return;
    provenance.counts = origin();
    provenance.call_counts = origin();
    for (Provenance::Columns& columns : provenance.events) {
      columns = {origin(), origin(), origin(), origin()};
    }
  }

  std::mt19937 random_;
  const std::vector<NastyName> nasty_ = NastyNames();
  bool has_negative_ = false;
};

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
