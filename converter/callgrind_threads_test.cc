// Threads as parts of a callgrind file.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/text_buffer.h"
#include "converter/random_profiles.h"
#include "converter/readers/callgrind.h"
#include "converter/writers/writer.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

std::string WriteThreads(const Profile& profile) {
  TextBuffer out;
  FindWriter("callgrind")->write_threads(profile, out);
  return std::string(out.text());
}

int CountLines(std::string_view text, const std::string& start) {
  int lines = 0;
  for (size_t at = 0; (at = text.find("\n" + start, at)) != text.npos; ++at) {
    ++lines;
  }
  return lines;
}

// As callgrind has a place for them.
Contents Figures(const Profile& profile) {
  Contents contents = ContentsOf(profile);
  for (auto& [key, figures] : contents.calls) figures.self.clear();
  contents.contexts.reset();
  return Sorted(std::move(contents));
}

// Two threads that share the function f.
Profile TwoThreads() {
  SampleProfile sample(TimeAndBytes());
  const FunctionId main = sample.Add("main", {}, {0, 0}, {0, 0});
  const FunctionId f = sample.Add("f", {}, {0, 0}, {0, 0});
  const FunctionId run = sample.Add("run", {}, {0, 0}, {0, 0});
  Profile profile = sample.Build();
  profile.threads = {profile.strings.Intern("MainThread"),
                     profile.strings.Intern("worker\n1")};
  ContextTreeBuilder tree(2);
  const auto add = [&](ContextId parent, FunctionId function, int64_t cost,
                       uint32_t thread) {
    const ContextId context = tree.Enter(parent, function, 5, thread);
    tree.AddSelf(context, std::vector<int64_t>{cost, cost / 2});
    tree.AddCalls(context, 1);
    return context;
  };
  add(add(ContextId(), main, 10, 0), f, 100, 0);
  add(add(ContextId(), run, 1000, 1), f, 10'000, 1);
  profile.contexts = std::move(tree).Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_SUITE(CallgrindThreads)

BOOST_AUTO_TEST_CASE(EachThreadIsAPartWithItsName) {
  const std::string text = WriteThreads(TwoThreads());
  BOOST_TEST(text.find("\npart: 1\nthread: 1\ndesc: Trigger: MainThread\n"
                       "events: ns bytes\nsummary: 11110 5555\n") != text.npos);
  BOOST_TEST(text.find("\ntotals: 110 55\n\npart: 2\nthread: 2\n"
                       "desc: Trigger: worker\\n1\nevents: ns bytes\n") !=
             text.npos);
  BOOST_TEST(text.ends_with("\ntotals: 11000 5500\n"));
  BOOST_TEST(CountLines(text, "fn=(3)") == 2);  // f
  BOOST_TEST(CountLines(text, "fn=(4)") == 1);  // run
}

// Also of names that need notes, of recursion and of calls without lines.
BOOST_AUTO_TEST_CASE(PartsAreReadAsTheWholeProfile) {
  RandomProfiles profiles(1);
  int with_threads = 0;
  for (int round = 0; round < 500; ++round) {
    Profile profile = profiles.NextOfAll(20, 60);
    if (!profile.contexts || profile.threads.empty()) continue;
    FoldContexts(profile);
    const std::string text = WriteThreads(profile);
    // What sums come to that reach the limit depends on their order.
    if (text.find(std::to_string(INT64_MAX)) != text.npos) continue;
    ++with_threads;
    const Profile read = kCallgrindReader.read(text);
    BOOST_TEST(read.Check() == "");
    BOOST_CHECK(Figures(read) == Figures(profile));
    BOOST_TEST((read.events == profile.events));
    BOOST_TEST((read.facts == profile.facts));
    BOOST_TEST(read.provenance.oddities.empty());
  }
  BOOST_TEST(with_threads > 100);
}

BOOST_AUTO_TEST_CASE(AThreadWithoutContextsHasNoPart) {
  Profile profile = TwoThreads();
  profile.threads.push_back(profile.strings.Intern("idle"));
  BOOST_TEST(CountLines(WriteThreads(profile), "part: ") == 2);
}

BOOST_AUTO_TEST_CASE(PartsOfManyThreadsAndFunctionsAreRefused) {
  constexpr uint32_t kThreads = 30'000;
  SampleProfile sample(TimeAndBytes());
  for (uint32_t f = 0; f < kThreads; ++f) {
    sample.Add("f" + std::to_string(f), {}, {0, 0}, {0, 0});
  }
  Profile profile = sample.Build();
  ContextTreeBuilder tree(2);
  for (uint32_t thread = 0; thread < kThreads; ++thread) {
    profile.threads.push_back(
        profile.strings.Intern("t" + std::to_string(thread)));
    tree.Enter(ContextId(), FunctionId(0), 0, thread);
  }
  profile.contexts = std::move(tree).Build();
  BOOST_CHECK_EXCEPTION(WriteThreads(profile), Error, [](const Error& error) {
    return std::string_view(error.what()) ==
           "too many threads for parts of their own: 30000, with 30000 "
           "functions";
  });
}

BOOST_AUTO_TEST_CASE(TheSameProfileGivesTheSameBytes) {
  BOOST_TEST(WriteThreads(TwoThreads()) == WriteThreads(TwoThreads()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
