#include "graph/passes/snapshot.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/text_buffer.h"
#include "converter/writers/snapshot.h"
#include "converter/writers/test_support.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// Without the comments that it begins with.
std::string Body(const TextBuffer& out) {
  const std::string text(out.text());
  return text.substr(text.find("snapshot 1"));
}

std::string Body(const Profile& profile) {
  TextBuffer out;
  FindWriter("snapshot")->write(profile, out);
  return Body(out);
}

std::string FoldedBody(const Profile& profile, double least) {
  TextBuffer out;
  WriteSnapshot(MakeSnapshot(profile, least), out);
  return Body(out);
}

EventSet Allocations() {
  return EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                   {"alloc_blocks", "Blocks", Unit::kCount},
                   {"alloc_bytes", "Bytes allocated", Unit::kBytes},
                   {"freed_bytes", "Bytes freed", Unit::kBytes},
                   {"live_bytes", "Bytes live", Unit::kBytes, Kind::kLive}});
}

// What it costs: time, what is allocated and what is freed of it, some kept.
std::vector<int64_t> Costs(int64_t ns, int64_t blocks, int64_t bytes) {
  return {ns, blocks, bytes, bytes - 5, 5};
}

struct Sample {
  ProfileBuilder builder{Allocations()};
  FunctionId main = Make({"main", "app/main.py", "", 30}, 1, 2, 100);
  FunctionId load = Make({"load", "app/load.py", "", 4}, 3, 9, 400);
  FunctionId second = Make({"<lambda>", "app/load.py", "", 9}, 40, 0, 0);
  FunctionId first = Make({"<lambda>", "app/load.py", "", 7}, 5, 0, 0);
  FunctionId print =
      Make({"<built-in method builtins.print>", "~", "", 0}, 2, 1, 50);

  FunctionId Make(const Text& text, int64_t calls, int64_t blocks,
                  int64_t bytes) {
    const FunctionId f = Add(builder, text);
    builder.AddCounts(f, {calls, calls});
    builder.AddSelf(f, Costs(10, blocks, bytes));
    builder.AddInclusive(f, Costs(20, blocks, bytes));
    return f;
  }
  void Calls(FunctionId caller, FunctionId callee, uint32_t line,
             CallCounts counts, int64_t blocks, int64_t bytes) {
    builder.AddCall({caller, callee, line, counts}, Costs(20, blocks, bytes),
                    {});
  }
  Profile Build() {
    builder.AddInclusive(main, Costs(0, 10, 450));
    Calls(main, print, 33, {2, 2}, 1, 50);
    Calls(main, load, 31, {1, 1}, 5, 200);
    Calls(main, load, 32, {2, 2}, 4, 200);
    Calls(load, second, 9, {40, 40}, 0, 0);
    Calls(load, first, 7, {5, 5}, 0, 0);
    builder.AddCounts(load, {2, 0});
    Calls(load, load, 5, {2, 1}, 3, 100);
    builder.profile().naming = Naming::kModuleLineName;
    return std::move(builder).Build();
  }
};

BOOST_AUTO_TEST_SUITE(SnapshotWriter)

BOOST_AUTO_TEST_CASE(FunctionsStandByFileAndNameWithWhomTheyCall) {
  BOOST_TEST(Body(Sample().Build()) ==
             R"(snapshot 1
naming module-line
event alloc_blocks count Blocks
event alloc_bytes bytes "Bytes allocated"
total 53/51 12 550

app/load.py
  <lambda> 5 0 0
  <lambda>#2 40 0 0
  load 5/3 9 400
    <lambda> 5 0 0
    <lambda>#2 40 0 0
    load 2/1 3 100

app/main.py
  main 1 2/12 100/550
    load app/load.py 3 9 400
    "<built-in method builtins.print>" ~ 2 1 50

~
  "<built-in method builtins.print>" 2 1 50
)");
}

BOOST_AUTO_TEST_CASE(SmallFunctionsAreOneWithTheirCalls) {
  // All but main and load have less than a tenth of the blocks and bytes, but
  // the second lambda most of the calls.
  BOOST_TEST(FoldedBody(Sample().Build(), .1) ==
             R"(snapshot 1
naming module-line
least 10
event alloc_blocks count Blocks
event alloc_bytes bytes "Bytes allocated"
total 53/51 12 550

app/load.py
  <lambda>#2 40 0 0
  load 5/3 9 400
    <lambda>#2 40 0 0
    load 2/1 3 100
    <others> ~ 5 0 0

app/main.py
  main 1 2/12 100/550
    load app/load.py 3 9 400
    <others> ~ 2 1 50

~
  <others> ~7 1 50
)");
}

BOOST_AUTO_TEST_CASE(WithoutSuchCostsCallsAreTold) {
  ProfileBuilder builder(Nanoseconds());
  const std::vector<int64_t> cost = {5};
  const FunctionId f = Add(builder, {.name = "f"});
  const FunctionId never = Add(builder, {.name = "never"});
  builder.AddCounts(f, {3, 1});
  builder.AddSelf(f, cost);
  builder.AddSelf(never, cost);
  builder.AddCall({f, f, 4, {2, 1}}, cost, {});
  BOOST_TEST(Body(std::move(builder).Build()) ==
             R"(snapshot 1
naming object
total 3/1

x.py x
  f 3/1
    f 2/1
)");
}

BOOST_AUTO_TEST_CASE(SamplesAloneAreNothingToKeep) {
  ProfileBuilder builder(EventSet({{"samples", "Samples", Unit::kCount}}));
  builder.AddSelf(Add(builder, {.name = "f"}), std::vector<int64_t>{5});
  Profile profile = std::move(builder).Build();
  profile.provenance.counts = Origin::kAbsent;
  BOOST_TEST(ErrorOf([&] { Body(profile); }).find("samples") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(ObjectsHaveNoFolders) {
  ProfileBuilder builder(EventSet({{"Ir", "Instructions", Unit::kCount}}));
  const FunctionId malloc =
      Add(builder, {"malloc", "", "/usr/lib/x86_64-linux-gnu/libc.so.6", 0});
  const FunctionId f = Add(builder, {"f", "f.c", "/home/me/app", 3});
  builder.AddSelf(malloc, std::vector<int64_t>{7});
  builder.AddInclusive(malloc, std::vector<int64_t>{7});
  builder.AddCall({f, malloc, 4, {1, 1}}, std::vector<int64_t>{7}, {});
  BOOST_TEST(Body(std::move(builder).Build()) ==
             R"(snapshot 1
naming object
event Ir count Instructions
total 0 7

"" libc.so.6
  malloc 0 7

f.c app
  f 0 0
    malloc "" libc.so.6 1 7
)");
}

BOOST_AUTO_TEST_CASE(WhatMightBeTakenForSomethingElseIsQuoted) {
  const std::pair<std::string, std::string> texts[] = {
      {"f", "f"},
      {"C::operator<", "C::operator<"},
      {"C:\\app\\x.py", "C:\\app\\x.py"},
      {"~", "~"},
      {"~C", "~C"},
      {"café", "café"},
      {"", "\"\""},
      {"f g", "\"f g\""},
      {"f#2", "\"f#2\""},
      {"#f", "\"#f\""},
      {"f\"g\\", "\"f\\\"g\\\\\""},
      {"7z", "\"7z\""},
      {"-1", "\"-1\""},
      {"~1", "\"~1\""},
      {"<<<<<<<", "\"<<<<<<<\""},
      {"f\ng", "\"f\\x0ag\""},
      {"caf\xe9", "\"caf\\xe9\""},
      {"\xed\xa0\x80", "\"\\xed\\xa0\\x80\""},
      {"f\xe2\x80\xae", "\"f\\xe2\\x80\\xae\""},
  };
  for (const auto& [text, written] : texts) {
    ProfileBuilder builder(Nanoseconds());
    builder.AddCounts(Add(builder, {text, "x", "", 1}), {1, 1});
    const std::string body = Body(std::move(builder).Build());
    BOOST_TEST(body.ends_with("\nx\n  " + written + " 1\n"), body);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
