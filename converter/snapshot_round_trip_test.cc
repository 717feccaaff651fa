// What a snapshot tells of a profile is read as it was, whatever the order of
// the profile's rows and whatever stands on other lines.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/io/text_buffer.h"
#include "converter/names/python_package.h"
#include "converter/random_profiles.h"
#include "converter/readers/reader.h"
#include "converter/writers/snapshot.h"
#include "converter/writers/test_support.h"
#include "graph/error.h"
#include "graph/passes/complete.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/fold_others.h"
#include "graph/passes/snapshot.h"
#include "graph/profile_builder.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

std::string Written(const Profile& profile) {
  TextBuffer out;
  BOOST_TEST(FindWriter("snapshot")->write(profile, out).empty());
  return std::string(out.text());
}

Profile Read(const std::string& text) {
  BOOST_TEST(DetectReader(text).name == "snapshot");
  return FindReader("snapshot")->read(text);
}

bool HasNothingToTell(const Profile& profile) {
  try {
    MakeSnapshot(profile, 0);
    return false;
  } catch (const Error&) {
    return true;
  }
}

// As the reader finds them, which knows the packages of Python's files.
void AddPackages(Profile& profile) {
  if (profile.naming != Naming::kModuleLineName) return;
  for (Function& function : profile.functions) {
    function.object =
        profile.strings.Intern(PythonPackage(profile.strings[function.file]));
  }
}

std::map<FunctionKey, bool> MarksOf(const Profile& profile) {
  std::map<FunctionKey, bool> marks;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    marks[KeyOf(profile, FunctionId(f))] =
        profile.provenance.IsFunctionEstimated(f);
  }
  return marks;
}

void CheckRoundTrip(const Profile& profile) {
  Profile expected = MakeSnapshot(profile, 0);
  AddPackages(expected);
  const std::string text = Written(profile);
  const Profile read = Read(text);
  BOOST_TEST(expected.Check() == "");
  BOOST_TEST(read.Check() == "");
  BOOST_TEST((read.events == expected.events));
  BOOST_TEST((read.naming == expected.naming));
  BOOST_TEST((read.provenance.events == expected.provenance.events));
  BOOST_TEST((read.provenance.counts == expected.provenance.counts));
  BOOST_TEST((read.provenance.call_counts == expected.provenance.call_counts));
  BOOST_CHECK(Sorted(ContentsOf(read)) == Sorted(ContentsOf(expected)));
  BOOST_CHECK(MarksOf(read) == MarksOf(expected));
  BOOST_TEST(Written(read) == text);
}

// The same profile, its rows in another order.
Profile Shuffled(const Profile& profile, std::mt19937& random) {
  const auto order = [&](size_t rows) {
    std::vector<size_t> shuffled(rows);
    std::iota(shuffled.begin(), shuffled.end(), 0);
    std::ranges::shuffle(shuffled, random);
    return shuffled;
  };
  const CallGraph& graph = profile.graph;
  ProfileBuilder builder(profile.events);
  std::vector<FunctionId> rows(profile.functions.size());
  for (const size_t f : order(rows.size())) {
    const Function& function = profile.functions[f];
    rows[f] = builder.AddFunction(
        {builder.Intern(profile.strings[function.name]),
         builder.Intern(profile.strings[function.file]),
         builder.Intern(profile.strings[function.object]), function.line});
    builder.AddCounts(rows[f], graph.counts[f]);
    builder.AddSelf(rows[f], graph.self[f]);
    builder.AddInclusive(rows[f], graph.inclusive[f]);
    if (profile.provenance.IsFunctionEstimated(f)) {
      builder.MarkEstimated(rows[f]);
    }
  }
  for (const size_t c : order(graph.calls.size())) {
    Call call = graph.calls[c];
    call.caller = rows[call.caller.row()];
    call.callee = rows[call.callee.row()];
    builder.AddCall(call, graph.call_inclusive[c], {});
    if (profile.provenance.IsEstimated(c)) {
      builder.MarkEstimated(builder.calls() - 1);
    }
  }
  Profile shuffled = std::move(builder).Build();
  shuffled.naming = profile.naming;
  shuffled.provenance.events = profile.provenance.events;
  shuffled.provenance.counts = profile.provenance.counts;
  shuffled.provenance.call_counts = profile.provenance.call_counts;
  return shuffled;
}

Profile Loaded(const std::string& path) {
  const std::string bytes = ContentOf(path);
  Profile profile = DetectReader(bytes).read(bytes);
  if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
  Complete(profile);
  return profile;
}

std::vector<std::string> Samples() {
  std::vector<std::string> paths;
  for (const char* folder : {"testdata/pstats", "testdata/callgrind"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string path = entry.path();
      if (path.ends_with(".pstats") || path.ends_with("grind")) {
        paths.push_back(path);
      }
    }
  }
  BOOST_TEST(paths.size() == 70);
  return paths;
}

CallCounts AllCalls(const Profile& profile) {
  CallCounts all;
  for (const CallCounts counts : profile.graph.counts) all += counts;
  return all;
}

// How often functions are called by others of the profile.
std::map<FunctionKey, int64_t> CallsByCallee(const Profile& profile) {
  std::map<FunctionKey, int64_t> calls;
  for (const Call& call : profile.graph.calls) {
    calls[KeyOf(profile, call.callee)] += call.counts.total;
  }
  return calls;
}

std::string TextOf(const Profile& snapshot) {
  TextBuffer out;
  WriteSnapshot(snapshot, out);
  return std::string(out.text());
}

BOOST_AUTO_TEST_SUITE(SnapshotRoundTrip)

BOOST_AUTO_TEST_CASE(AnyProfileIsReadAsTheSnapshotOfItWas) {
  int told = 0;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      RandomProfiles random(seed);
      Profile profile =
          seed % 2 == 0 ? random.Next(12, 30) : random.NextOfAll(8, 20);
      if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
      if (HasNothingToTell(profile)) continue;
      CheckRoundTrip(profile);
      ++told;
    }
  }
  BOOST_TEST(told > 200);
}

BOOST_AUTO_TEST_CASE(EveryRealProfileIsReadAsTheSnapshotOfItWas) {
  for (const std::string& path : Samples()) {
    BOOST_TEST_CONTEXT(path) { CheckRoundTrip(Loaded(path)); }
  }
}

BOOST_AUTO_TEST_CASE(TheOrderOfRowsChangesNothing) {
  std::mt19937 random(1);
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile profile = RandomProfiles(seed).Next(12, 30);
    if (HasNothingToTell(profile)) continue;
    const std::string text = Written(profile);
    BOOST_TEST(Written(Shuffled(profile, random)) == text);
  }
}

BOOST_AUTO_TEST_CASE(LinesThatAreInsertedAboveChangeNothing) {
  for (const std::string& path : Samples()) {
    Profile profile = Loaded(path);
    const std::string text = Written(profile);
    for (Function& function : profile.functions) {
      if (function.line != 0) function.line += 7;
    }
    for (Call& call : profile.graph.calls) call.line += 7;
    BOOST_TEST(Written(profile) == text, path);
  }
}

BOOST_AUTO_TEST_CASE(WhatIsTooSmallIsOneFunctionAndSumsStay) {
  for (const std::string& path : Samples()) {
    const Profile profile = Loaded(path);
    const Profile all = MakeSnapshot(profile, 0);
    for (const double least : {1e-4, 1e-3, .01, .1, .5, 2.}) {
      const Profile some = MakeSnapshot(profile, least);
      BOOST_TEST(some.Check() == "");
      BOOST_TEST(some.functions.size() <= all.functions.size() + 1);
      BOOST_TEST((AllCalls(some) == AllCalls(all)));
      BOOST_TEST(some.graph.self.Totals() == all.graph.self.Totals());
      const auto called = CallsByCallee(all);
      for (const auto& [function, calls] : CallsByCallee(some)) {
        if (std::get<0>(function) == kOthers) continue;
        BOOST_TEST(calls == called.at(function), path);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(ASnapshotOfASnapshotIsThatOfTheProfile) {
  for (const std::string& path : Samples()) {
    const Profile profile = Loaded(path);
    const Profile all = MakeSnapshot(profile, 0);
    for (const double least : {0., .01, .1}) {
      BOOST_TEST(TextOf(MakeSnapshot(all, least)) ==
                 TextOf(MakeSnapshot(profile, least)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
