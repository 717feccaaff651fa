// Recordings that were cut, changed or written behind: what Python reads of
// them still serves.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/pstats.h"
#include "converter/recordings.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

// With something in every table.
Profile Everything() {
  SampleStacks stacks(TimeAndBytes());
  AddRandomStacks(stacks, 5, true);
  Profile profile = stacks.Build();
  profile.threads = {profile.strings.Intern("main")};
  profile.contexts->sizes = {{ContextId(1), 32, 7}};
  profile.facts = {{"Clock", "TSC"}};
  FoldContexts(profile);
  profile.graph.call_inclusive[0][0] += 1;  // so that it is written, too
  return profile;
}

// Of an exact copy, so that sanitizers see an overrun.
Profile Read(std::string_view bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  Profile profile = kPstats.read({copy.data(), copy.size()});
  BOOST_TEST(profile.Check() == "");
  return profile;
}

enum class Outcome { kWhole, kDump, kRefused };

// A dump that serves says why the recording does not, and at which byte.
Outcome Look(std::string_view bytes) {
  try {
    const Profile profile = Read(bytes);
    if (profile.contexts) return Outcome::kWhole;
    const std::vector<Oddity>& oddities = profile.provenance.oddities;
    const bool is_told =
        std::ranges::any_of(oddities, [](const Oddity& oddity) {
          return oddity.one.starts_with(
                     "recording behind the dump is left out: ") &&
                 oddity.one.find(", at byte ") != std::string::npos;
        });
    BOOST_TEST(is_told);
    return Outcome::kDump;
  } catch (const Error&) {
    return Outcome::kRefused;
  }
}

BOOST_AUTO_TEST_SUITE(DamagedRecordings)

BOOST_AUTO_TEST_CASE(CutAnywhereTheDumpServesIfItIsWhole) {
  const std::string whole = Recording(Everything());
  const Contents dump = ContentsOf(Read(DumpOf(Everything())));
  const size_t end = EndOfDump(whole);
  BOOST_CHECK(Look(whole) == Outcome::kWhole);
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    BOOST_TEST_CONTEXT("the first " << size << " bytes") {
      if (size == end) {
        BOOST_TEST(Read(cut).provenance.oddities.empty());  // a plain dump
      } else {
        BOOST_CHECK(Look(cut) ==
                    (size < end ? Outcome::kRefused : Outcome::kDump));
      }
      if (size >= end) BOOST_CHECK(ContentsOf(Read(cut)) == dump);
    }
  }
}

BOOST_AUTO_TEST_CASE(NoByteChangedGoesUnnoticed) {
  const std::string whole = Recording(Everything());
  const size_t end = EndOfDump(whole);
  const Contents dump = ContentsOf(Read(DumpOf(Everything())));
  std::string changed = whole;
  for (size_t place = 0; place < whole.size(); ++place) {
    for (const int change : {1, 0x80, 0xff}) {
      changed[place] = static_cast<char>(whole[place] ^ change);
      BOOST_TEST_CONTEXT("byte " << place << " changed by " << change) {
        const Outcome outcome = Look(changed);
        BOOST_CHECK(outcome != Outcome::kWhole);
        if (place < end) continue;
        BOOST_CHECK(outcome == Outcome::kDump);
        BOOST_CHECK(ContentsOf(Read(changed)) == dump);
      }
    }
    changed[place] = whole[place];
  }
}

BOOST_AUTO_TEST_CASE(WhatIsWrittenBehindLeavesTheDump) {
  const std::string whole = Recording(Everything());
  for (const std::string& more :
       {std::string("\n"), whole, DumpOf(Everything())}) {
    BOOST_CHECK(Look(whole + more) == Outcome::kDump);
  }
}

// As before there were recordings.
BOOST_AUTO_TEST_CASE(OtherThingsBehindADumpAreNotLookedAt) {
  const std::string dump = DumpOf(Everything());
  for (const std::string more : {"x", "{u\x08", "prof2cg", "{s\x07"}) {
    BOOST_TEST(Read(dump + more).provenance.oddities.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
