// What is written as pstats and read again is the same profile.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/random_profiles.h"
#include "converter/readers/pstats.h"
#include "converter/readers/reader.h"
#include "converter/recordings.h"
#include "converter/writers/test_support.h"
#include "graph/passes/complete.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/merge.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

std::vector<std::string> ThreadsOf(const Profile& profile) {
  std::vector<std::string> names;
  for (const StringId name : profile.threads) {
    names.emplace_back(profile.strings[name]);
  }
  return names;
}

// Rows and their order, too.
void CheckSame(const Profile& got, const Profile& expected) {
  BOOST_TEST(got.Check() == "");
  BOOST_TEST((got.events == expected.events));
  BOOST_TEST(got.command == expected.command);
  BOOST_TEST((got.facts == expected.facts));
  BOOST_TEST((got.naming == expected.naming));
  BOOST_TEST((got.share_by == expected.share_by));
  BOOST_TEST(got.is_traced == expected.is_traced);
  BOOST_TEST(ThreadsOf(got) == ThreadsOf(expected));
  BOOST_TEST((got.provenance == expected.provenance));
  BOOST_CHECK(ContentsOf(got) == ContentsOf(expected));
  if (!expected.contexts || !got.contexts) return;
  BOOST_TEST((got.contexts->contexts == expected.contexts->contexts));
  BOOST_TEST((got.contexts->sizes == expected.contexts->sizes));
}

// One whose graph is yet to be made has it once it was read.
void CheckRoundTrip(Profile profile) {
  const Profile read = kPstats.read(Recording(profile));
  if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
  CheckSame(read, profile);
  BOOST_CHECK(Recording(read) == Recording(profile));
}

// As the pipeline does.
Profile Loaded(const Reader& reader, const std::string& bytes) {
  Profile profile = reader.read(bytes);
  if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
  Complete(profile);
  return profile;
}

void CheckFile(const std::string& path) {
  const std::string bytes = ContentOf(path);
  const Reader& reader = DetectReader(bytes);
  Profile profile = Loaded(reader, bytes);
  const std::string callgrind = WriteCallgrind(profile).text;
  const Profile read = Loaded(kPstats, Recording(profile));
  BOOST_CHECK(WriteCallgrind(read).text == callgrind);
  CheckRoundTrip(std::move(profile));
}

// As text, to look for.
std::string Folded(bool is_folded) {
  return std::string("u\6\0\0\0folded", 11) + (is_folded ? 'T' : 'F');
}

BOOST_AUTO_TEST_SUITE(RecordingRoundTrip)

BOOST_AUTO_TEST_CASE(RandomProfilesAreReadAsTheyWere) {
  RandomProfiles profiles(1);
  for (int round = 0; round < 500; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      CheckRoundTrip(profiles.NextOfAll(30, 60));
    }
  }
}

BOOST_AUTO_TEST_CASE(LargeProfilesAreReadAsTheyWere) {
  RandomProfiles profiles(2);
  for (int round = 0; round < 4; ++round) {
    CheckRoundTrip(profiles.NextOfAll(20'000, 60'000));
  }
}

BOOST_AUTO_TEST_CASE(EveryTestFileIsReadAsItWas) {
  int files = 0;
  for (const char* folder : {"pstats", "callgrind", "collapse", "dtrace"}) {
    for (const auto& entry : std::filesystem::directory_iterator(
             std::string("testdata/") + folder)) {
      const std::string name = entry.path().filename();
      if (!entry.is_regular_file() || name.ends_with(".md") ||
          name.ends_with(".py") || name.ends_with(".sh")) {
        continue;
      }
      BOOST_TEST_CONTEXT(entry.path()) CheckFile(entry.path());
      ++files;
    }
  }
  for (const char* name : {"samples", "samples-sorted"}) {
    CheckFile(std::string("testdata/json/") + name + ".json");
  }
  BOOST_TEST(files >= 60 + 10 + 5 + 2);
}

// Whatever a fuzzer made that is read at all.
BOOST_AUTO_TEST_CASE(FilesOfFuzzersAreReadAsTheyWere) {
  int files = 0;
  for (const char* name :
       {"pstats", "callgrind", "collapse", "dtrace", "json", "pprof"}) {
    for (const auto& entry : std::filesystem::directory_iterator(
             std::string("testdata/fuzz/") + name)) {
      BOOST_TEST_CONTEXT(entry.path()) {
        try {
          CheckRoundTrip(FindReader(name)->read(ContentOf(entry.path())));
          ++files;
        } catch (const Error&) {
          // Malformed, and said so.
        }
      }
    }
  }
  BOOST_TEST(files >= 60);
}

BOOST_AUTO_TEST_CASE(AGraphThatFollowsFromContextsIsLeftOut) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 3}, {"g", 7}}, {1}, 1);
  Profile profile = stacks.Build();
  const std::string unfolded = Recording(profile);
  BOOST_TEST(unfolded.find(Folded(true)) != unfolded.npos);
  FoldContexts(profile);
  const std::string folded = Recording(profile);
  BOOST_TEST(folded.find(Folded(true)) != folded.npos);
  profile.graph.call_inclusive[0][0] += 1;
  const std::string other = Recording(profile);
  BOOST_TEST(other.find(Folded(false)) != other.npos);
  CheckRoundTrip(std::move(profile));
}

// Their calls come in another order than that of the contexts.
BOOST_AUTO_TEST_CASE(MergedStacksAreReadAsTheyWere) {
  Merger merger;
  for (uint32_t seed = 0; seed < 5; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    Profile profile = stacks.Build();
    FoldContexts(profile);
    merger.Add(profile);
  }
  CheckRoundTrip(std::move(merger).Merge());
}

BOOST_AUTO_TEST_CASE(AProfileWithoutFunctionsIsReadAsItWas) {
  CheckRoundTrip(SampleProfile().Build());
  CheckRoundTrip(SampleStacks().Build());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
