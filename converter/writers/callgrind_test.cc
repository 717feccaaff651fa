// What the callgrind writer writes, as an independent parser of the format
// reads it.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "converter/version.h"
#include "converter/writers/callgrind_parser.h"
#include "converter/writers/callgrind_plan.h"
#include "converter/writers/test_support.h"
#include "graph/passes/entry_calls.h"

namespace prof2cg {
namespace {

const std::string kOutside = "(outside the profile)";

ParsedCosts Clamped(std::span<const int64_t> costs) {
  ParsedCosts clamped;
  for (const int64_t cost : costs) {
    clamped.push_back(static_cast<uint64_t>(std::max<int64_t>(0, cost)));
  }
  return clamped;
}

int64_t CountNegative(std::span<const int64_t> costs) {
  return std::ranges::count_if(costs, [](int64_t cost) { return cost < 0; });
}

// What is to be expected of one call, but for its callee.
void CheckCall(const ParsedCall& call, int64_t count, uint32_t callee_line,
               uint32_t line, std::span<const int64_t> inclusive) {
  BOOST_TEST(call.count == static_cast<uint64_t>(std::max<int64_t>(1, count)));
  BOOST_TEST(call.callee_line == callee_line);
  BOOST_TEST(call.line == line);
  BOOST_TEST(call.inclusive == Clamped(inclusive));
}

// Compares all of a profile with what is written of it.
class Comparison {
 public:
  explicit Comparison(const Profile& profile)
      : profile_(profile),
        written_(WriteCallgrind(profile)),
        file_(ParseCallgrind(written_.text)),
        entries_(FindEntryCalls(profile)),
        has_outside_(!entries_.calls.empty()),
        calls_of_(profile.functions.size()) {
    for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
      calls_of_[profile.graph.calls[c].caller.row()].push_back(c);
    }
  }

  void Check() {
    // Each has a body of its own, and none is but a name in a call.
    BOOST_REQUIRE(file_.bodies.size() ==
                  profile_.functions.size() + has_outside_);
    BOOST_REQUIRE(file_.functions.size() == file_.bodies.size());
    for (const Event& event : profile_.events) {
      const size_t column = profile_.events.Find(event.name)->row();
      BOOST_REQUIRE(file_.events.at(column) == event.name);
    }
    if (has_outside_) CheckOutside();
    for (size_t f = 0; f < profile_.functions.size(); ++f) CheckFunction(f);
    CheckTotals();
    CheckOddities();
    // Refuses what is not UTF-8, surrogates too.
    BOOST_CHECK_NO_THROW(nlohmann::json(written_.text).dump());
    BOOST_TEST((WriteCallgrind(profile_).text == written_.text));
  }

 private:
  size_t RowOf(FunctionId f) const {
    return file_.bodies[f.row() + has_outside_];
  }

  void CheckOutside() {
    const ParsedFunction& outside = file_.functions[file_.bodies[0]];
    BOOST_TEST(outside.name == kOutside);
    BOOST_TEST(std::ranges::count(outside.self, 0u) ==
               static_cast<int64_t>(profile_.events.size()));
    BOOST_REQUIRE(outside.calls.size() == entries_.calls.size());
    for (size_t row = 0; row < entries_.calls.size(); ++row) {
      const EntryCall& entry = entries_.calls[row];
      BOOST_TEST(outside.calls[row].callee == RowOf(entry.callee));
      CheckCall(outside.calls[row], entry.calls,
                profile_.functions[entry.callee.row()].line, 0,
                entries_.inclusive[row]);
      negative_ += CountNegative(entries_.inclusive[row]);
      uncounted_ += entry.calls <= 0;
    }
  }

  void CheckFunction(size_t f) {
    const Function& expected = profile_.functions[f];
    const ParsedFunction& function = file_.functions[RowOf(FunctionId(f))];
    BOOST_TEST(function.self == Clamped(profile_.graph.self[f]));
    BOOST_TEST(function.lines == std::vector<uint64_t>{expected.line});
    negative_ += CountNegative(profile_.graph.self[f]);

    BOOST_REQUIRE(function.calls.size() == calls_of_[f].size());
    for (size_t i = 0; i < function.calls.size(); ++i) {
      const size_t row = calls_of_[f][i];
      const Call& call = profile_.graph.calls[row];
      BOOST_TEST(function.calls[i].callee == RowOf(call.callee));
      CheckCall(function.calls[i], call.counts.total,
                profile_.functions[call.callee.row()].line,
                call.line != 0 ? call.line : expected.line,
                profile_.graph.call_inclusive[row]);
      negative_ += CountNegative(profile_.graph.call_inclusive[row]);
      uncounted_ += call.counts.total <= 0;
    }
  }

  void CheckTotals() const {
    ParsedCosts sum(profile_.events.size());
    for (const ParsedFunction& function : file_.functions) {
      for (size_t e = 0; e < sum.size(); ++e) sum[e] += function.self[e];
    }
    BOOST_TEST(file_.totals == sum);
    BOOST_TEST(file_.summary == sum);
  }

  void CheckOddities() const {
    int64_t negative = 0;
    int64_t uncounted = 0;
    for (const Oddity& oddity : written_.oddities) {
      const bool is_cost = oddity.one.find("negative") != std::string::npos;
      (is_cost ? negative : uncounted) += oddity.count;
    }
    BOOST_TEST(negative == negative_);
    BOOST_TEST(uncounted == uncounted_);
  }

  const Profile& profile_;
  const WrittenProfile written_;
  const ParsedCallgrind file_;
  const EntryCalls entries_;
  const bool has_outside_;
  std::vector<std::vector<size_t>> calls_of_;
  int64_t negative_ = 0;
  int64_t uncounted_ = 0;
};

EventSet Events(size_t count) {
  std::vector<Event> events = {{"ns", "Time [ns]", Unit::kNanoseconds},
                               {"alloc", "Allocated: all", Unit::kBytes},
                               {"_calls2", "Calls", Unit::kCount}};
  events.resize(count);
  return EventSet(events);
}

// Any tables, whether a program could have them or not.
Profile RandomProfile(std::mt19937& random, size_t most_functions = 30,
                      size_t most_calls = 60) {
  const auto up_to = [&](size_t most) {
    return static_cast<size_t>(random() % (most + 1));
  };
  const std::vector<NastyName> nasty = NastyNames();
  const auto pick = [&] { return nasty[up_to(nasty.size() - 3)].name; };
  ProfileBuilder builder(Events(1 + up_to(2)));
  const size_t events = builder.profile().events.size();
  const auto costs = [&] {
    std::vector<int64_t> row(events);
    for (int64_t& cost : row) {
      cost = static_cast<int64_t>(random()) << up_to(20);
      if (up_to(15) == 0) cost = -cost;
      if (up_to(3) == 0) cost = 0;
    }
    return row;
  };
  const auto counts = [&] {
    const auto total = static_cast<int64_t>(up_to(5)) - (up_to(9) == 0);
    return CallCounts{total, std::min<int64_t>(total, 1)};
  };
  for (size_t n = up_to(most_functions); n > 0; --n) {
    const FunctionId f =
        Add(builder, {pick(), pick(), pick(), static_cast<uint32_t>(up_to(3))});
    builder.AddCounts(f, counts());
    builder.AddSelf(f, costs());
    builder.AddInclusive(f, costs());
  }
  for (size_t n = builder.functions() == 0 ? 0 : up_to(most_calls); n > 0;
       --n) {
    builder.AddCall({FunctionId(up_to(builder.functions() - 1)),
                     FunctionId(up_to(builder.functions() - 1)),
                     static_cast<uint32_t>(up_to(2)), counts()},
                    costs(), costs());
  }
  return std::move(builder).Build();
}

BOOST_AUTO_TEST_CASE(EveryFigureOfRandomProfilesIsRead) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const Profile profile = RandomProfile(random);
    BOOST_REQUIRE(profile.Check() == "");
    BOOST_TEST_CONTEXT("round " << round) { Comparison(profile).Check(); }
  }
}

// Names stand at the first use of their id, whichever part that is in.
BOOST_AUTO_TEST_CASE(EveryFigureOfProfilesOfManyPartsIsRead) {
  std::mt19937 random(2);
  size_t most_parts = 0;
  for (int round = 0; round < 4; ++round) {
    const Profile profile = RandomProfile(random, 60'000, 200'000);
    most_parts = std::max(most_parts, CallgrindPlan(profile).parts());
    BOOST_TEST_CONTEXT("round " << round) { Comparison(profile).Check(); }
  }
  BOOST_TEST(most_parts > 8);
}

// Contexts of a program without recursion: function, and the row of its caller.
struct Context {
  size_t function;
  size_t parent;  // its own row: a root
  int64_t self;
};

std::vector<Context> RandomProgram(std::mt19937& random) {
  std::vector<Context> contexts;
  const size_t size = 1 + random() % 60;
  for (size_t row = 0; row < size; ++row) {
    const size_t parent = row == 0 || random() % 10 == 0 ? row : random() % row;
    // A function calls only those after it.
    const size_t least = parent == row ? 0 : contexts[parent].function + 1;
    contexts.push_back(
        {least + random() % 4, parent, static_cast<int64_t>(random() % 1000)});
  }
  return contexts;
}

Profile ProfileOf(const std::vector<Context>& contexts) {
  ProfileBuilder builder(Nanoseconds());
  std::vector<FunctionId> ids;
  std::vector<int64_t> inclusive;
  for (const Context& context : contexts) {
    ids.push_back(Add(builder, {"f" + std::to_string(context.function)}));
    inclusive.push_back(context.self);
  }
  for (size_t row = contexts.size(); row-- > 0;) {
    const Context& context = contexts[row];
    builder.AddCounts(ids[row], {1, 1});
    builder.AddSelf(ids[row], {&context.self, 1});
    builder.AddInclusive(ids[row], {&inclusive[row], 1});
    if (context.parent == row) continue;
    inclusive[context.parent] += inclusive[row];
    builder.AddCall({ids[context.parent], ids[row], 0, {1, 1}},
                    {&inclusive[row], 1}, {&context.self, 1});
  }
  return std::move(builder).Build();
}

// KCachegrind takes the calls into a function for its inclusive cost and the
// number of its calls.
BOOST_AUTO_TEST_CASE(CallsIntoAFunctionAddUpToItsInclusiveCost) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const Profile profile = ProfileOf(RandomProgram(random));
    const ParsedCallgrind file = ParseCallgrind(WriteCallgrind(profile).text);
    std::vector<uint64_t> calls(file.functions.size());
    std::vector<uint64_t> inclusive(calls.size());
    std::vector<uint64_t> with_callees(calls.size());
    for (size_t f = 0; f < calls.size(); ++f) {
      with_callees[f] = file.functions[f].self[0];
      for (const ParsedCall& call : file.functions[f].calls) {
        calls[call.callee] += call.count;
        inclusive[call.callee] += call.inclusive[0];
        with_callees[f] += call.inclusive[0];
      }
    }
    BOOST_TEST(with_callees[file.bodies[0]] == file.totals[0]);
    for (size_t f = 0; f < profile.functions.size(); ++f) {
      const size_t row = file.bodies[f + 1];
      const auto expected =
          static_cast<uint64_t>(profile.graph.inclusive[f][0]);
      BOOST_TEST(inclusive[row] == expected);
      BOOST_TEST(with_callees[row] == expected);
      BOOST_TEST(calls[row] ==
                 static_cast<uint64_t>(profile.graph.counts[f].total));
    }
  }
}

BOOST_AUTO_TEST_CASE(ASmallProfileIsWrittenAsTheFormatsDocumentationSays) {
  ProfileBuilder builder(Events(2));
  const FunctionId main = Add(builder, {"main", "/a/main.py", "app", 3});
  const FunctionId work = Add(builder, {"work", "/a/main.py", "app", 9});
  const FunctionId len = Add(builder, {"len", "", "", 0});
  builder.AddCounts(main, {1, 1});
  builder.AddCounts(work, {2, 2});
  builder.AddCounts(len, {5, 5});
  builder.AddSelf(main, {{10, 1}});
  builder.AddSelf(work, {{20, 0}});
  builder.AddSelf(len, {{5, 0}});
  builder.AddInclusive(main, {{35, 1}});
  builder.AddInclusive(work, {{25, 0}});
  builder.AddInclusive(len, {{5, 0}});
  builder.AddCall({main, work, 4, {2, 2}}, {{25, 0}}, {{20, 0}});
  builder.AddCall({work, len, 0, {5, 5}}, {{5, 0}}, {{5, 0}});
  builder.profile().command = "python3 main.py -v";
  const std::string text = WriteCallgrind(std::move(builder).Build()).text;
  BOOST_TEST(text ==
             "# callgrind format\n"
             "version: 1\n"
             "creator: prof2cg " +
                 std::string(kVersion) +
                 "\n"
                 "cmd: python3 main.py -v\n"
                 "desc: Fidelity: measured 100 %, lost 0\n"
                 "#: unit alloc bytes\n"
                 "#: ob 3 \n"
                 "#: fl 3 \n"
                 "event: ns : Time [ns]\n"
                 "event: alloc : Allocated: all\n"
                 "positions: line\n"
                 "events: ns alloc\n"
                 "summary: 35 1\n"
                 "\n"
                 "ob=(1) <outside>\n"
                 "fl=(1) ~\n"
                 "fn=(1) (outside the profile)\n"
                 "0 0 0\n"
                 "cob=(2) app\n"
                 "cfi=(2) /a/main.py\n"
                 "cfn=(2) main\n"
                 "calls=1 3\n"
                 "0 35 1\n"
                 "\n"
                 "ob=(2)\n"
                 "fl=(2)\n"
                 "fn=(2)\n"
                 "3 10 1\n"
                 "cfn=(3) work\n"
                 "calls=2 9\n"
                 "4 25 0\n"
                 "\n"
                 "ob=(2)\n"
                 "fl=(2)\n"
                 "fn=(3)\n"
                 "9 20 0\n"
                 "cob=(3) <unknown>\n"
                 "cfi=(3) ~\n"
                 "cfn=(4) len\n"
                 "calls=5 0\n"
                 "9 5 0\n"
                 "#: measured 0 5 5 5 0\n"
                 "\n"
                 "ob=(3)\n"
                 "fl=(3)\n"
                 "fn=(4)\n"
                 "0 5 0\n"
                 "\n"
                 "totals: 35 1\n");
}

Profile OneFunction(int64_t self, CallCounts counts) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {"f"});
  builder.AddSelf(f, {&self, 1});
  builder.AddInclusive(f, {&self, 1});
  builder.AddCounts(f, counts);
  return std::move(builder).Build();
}

BOOST_AUTO_TEST_CASE(TheHeaderSaysWhatItIsAndWhatItLacks) {
  Profile profile = OneFunction(7, {1, 1});
  profile.command = " a\nb\t";
  const ParsedCallgrind file = ParseCallgrind(WriteCallgrind(profile).text);
  BOOST_TEST(file.header.at("version") == "1");
  BOOST_TEST(file.header.at("creator") == "prof2cg " + std::string(kVersion));
  BOOST_TEST(file.header.at("cmd") == "\\x20a\\nb\\t");
  BOOST_TEST(file.header.at("positions") == "line");
  BOOST_TEST(file.event_lines.at("ns") == ": Time [ns]");
  BOOST_TEST(file.descriptions ==
             (std::vector<std::string>{
                 "Fidelity: measured 100 %, lost 0",
                 "Call sites: unknown, shown at the caller's first line"}));
}

BOOST_AUTO_TEST_CASE(LongNamesOfEventsStayOnTheirLine) {
  ProfileBuilder builder(EventSet(
      {{"ns", "Time\nfn=g", Unit::kNanoseconds}, {"bytes", "", Unit::kBytes}}));
  Add(builder, {"f"});
  const ParsedCallgrind file =
      ParseCallgrind(WriteCallgrind(std::move(builder).Build()).text);
  BOOST_TEST(file.event_lines.at("ns") == ": Time\\nfn=g");
  BOOST_TEST(file.event_lines.at("bytes") == ": bytes");
}

BOOST_AUTO_TEST_CASE(AProfileWithoutFunctionsIsAFile) {
  const Profile profile = ProfileBuilder(Nanoseconds()).Build();
  const ParsedCallgrind file = ParseCallgrind(WriteCallgrind(profile).text);
  BOOST_TEST(file.functions.empty());
  BOOST_TEST(file.totals == ParsedCosts{0});
}

BOOST_AUTO_TEST_CASE(NegativeCostsAreWrittenAsZeroAndCounted) {
  const WrittenProfile written = WriteCallgrind(OneFunction(-7, {1, 1}));
  const ParsedCallgrind file = ParseCallgrind(written.text);
  BOOST_TEST(file.functions.at(file.bodies.at(1)).self == ParsedCosts{0});
  BOOST_TEST(file.totals == ParsedCosts{0});
  // The self cost, and the inclusive cost of the call from outside.
  BOOST_TEST(written.oddities.at(0).Text() ==
             "2 costs are negative: written as 0, since callgrind has no sign");
}

BOOST_AUTO_TEST_CASE(CallsThatWereNotCountedAreWrittenAsOneAndCounted) {
  const WrittenProfile written = WriteCallgrind(OneFunction(7, {0, 0}));
  const ParsedCallgrind file = ParseCallgrind(written.text);
  const ParsedFunction& outside = file.functions.at(file.bodies.at(0));
  BOOST_TEST(outside.name == kOutside);
  BOOST_TEST(outside.calls.at(0).count == 1);
  BOOST_TEST(written.oddities.at(0).Text() ==
             "1 call was counted 0 times: written as 1, as callgrind's readers "
             "need");
}

// A sampled profile: that it counts no calls is no news of each of them.
BOOST_AUTO_TEST_CASE(WithoutCountsOfCallsTheHeaderSaysSoOnce) {
  constexpr char kDescription[] = "desc: Call counts: unknown, shown as 1\n";
  for (const bool is_counted : {false, true}) {
    Profile profile = OneFunction(7, {0, 0});
    if (!is_counted) profile.provenance.call_counts = Origin::kAbsent;
    const WrittenProfile written = WriteCallgrind(profile);
    const ParsedCallgrind file = ParseCallgrind(written.text);
    BOOST_TEST(file.functions.at(file.bodies.at(0)).calls.at(0).count == 1);
    BOOST_TEST((written.text.find(kDescription) == std::string::npos) ==
               is_counted);
    BOOST_TEST(written.oddities.empty() != is_counted);
  }
}

BOOST_AUTO_TEST_CASE(TheLargestCostsAreWrittenWhole) {
  ProfileBuilder builder(Nanoseconds());
  const int64_t most = INT64_MAX;
  builder.AddSelf(Add(builder, {"f"}), {&most, 1});
  builder.AddSelf(Add(builder, {"g"}), {&most, 1});
  const ParsedCallgrind file =
      ParseCallgrind(WriteCallgrind(std::move(builder).Build()).text);
  BOOST_TEST(file.functions.at(0).self == ParsedCosts{9223372036854775807u});
  // The nearest to their sum that a cost can be.
  BOOST_TEST(file.totals == ParsedCosts{9223372036854775807u});
}

// Such as three callers whose times are -146 years each.
BOOST_AUTO_TEST_CASE(CallersCostsThatNoNumberHoldsAreNoTrouble) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {"f"});
  const FunctionId g = Add(builder, {"g"});
  builder.AddCounts(g, {9, 9});
  const int64_t least = INT64_MIN;
  builder.AddCall({f, g, 0, {1, 1}}, {&least, 1}, {&least, 1});
  const ParsedCallgrind file =
      ParseCallgrind(WriteCallgrind(std::move(builder).Build()).text);
  const ParsedFunction& outside = file.functions.at(file.bodies.at(0));
  BOOST_TEST(outside.calls.at(0).count == 8);
  BOOST_TEST(outside.calls.at(0).inclusive ==
             ParsedCosts{9223372036854775807u});
}

BOOST_AUTO_TEST_CASE(OnlyWhatCallersDoNotAccountForCameFromOutside) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {"f"});
  const FunctionId g = Add(builder, {"g"});
  const FunctionId h = Add(builder, {"h"});
  builder.AddCounts(f, {1, 1});
  builder.AddCounts(g, {5, 5});
  builder.AddCounts(h, {2, 2});
  builder.AddInclusive(f, {{100}});
  builder.AddInclusive(g, {{70}});
  builder.AddInclusive(h, {{30}});
  builder.AddCall({f, g, 0, {3, 3}}, {{40}}, {{40}});
  builder.AddCall({f, h, 0, {2, 2}}, {{30}}, {{30}});
  const ParsedCallgrind file =
      ParseCallgrind(WriteCallgrind(std::move(builder).Build()).text);
  const ParsedFunction& outside = file.functions.at(file.bodies.at(0));
  BOOST_REQUIRE(outside.calls.size() == 2);
  const ParsedCall& to_f = outside.calls[0];
  const ParsedCall& to_g = outside.calls[1];
  BOOST_TEST(file.functions[to_f.callee].name == "f");
  BOOST_TEST(to_f.count == 1);
  BOOST_TEST(to_f.inclusive == ParsedCosts{100});
  BOOST_TEST(file.functions[to_g.callee].name == "g");
  BOOST_TEST(to_g.count == 2);
  BOOST_TEST(to_g.inclusive == ParsedCosts{30});
}

BOOST_AUTO_TEST_CASE(WithoutCallsFromOutsideThereIsNoOutside) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {"f"});
  builder.AddCounts(f, {2, 1});
  builder.AddCall({f, f, 0, {2, 1}}, {{7}}, {{7}});
  const std::string text = WriteCallgrind(std::move(builder).Build()).text;
  BOOST_TEST(text.find(kOutside) == std::string::npos);
}

// In columns of numbers too long for one buffer of the output.
BOOST_AUTO_TEST_CASE(ManyFunctionsOfManyEventsAreWritten) {
  std::vector<Event> events;
  for (int e = 0; e < 150; ++e) {
    events.push_back({"e" + std::to_string(e), "E", Unit::kCount});
  }
  ProfileBuilder builder{EventSet(events)};
  const std::vector<int64_t> costs(events.size(), 1'000'000'000'000'000);
  for (int n = 0; n < 2000; ++n) {
    const FunctionId f = Add(builder, {"f" + std::to_string(n)});
    builder.AddSelf(f, costs);
    builder.AddCall({f, FunctionId(0), 0, {1, 1}}, costs, costs);
  }
  Comparison(std::move(builder).Build()).Check();
}

}  // namespace
}  // namespace prof2cg
