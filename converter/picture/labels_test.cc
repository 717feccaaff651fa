#include "converter/picture/labels.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>
#include <string_view>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/separate_callers.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

Profile OneFunction(std::string_view name, std::string_view file, uint32_t line,
                    Naming naming, std::string_view object = "") {
  SampleProfile sample;
  sample.Add(name, file, line, {12, 12}, {1'500'000}, {3'000'000}, object);
  sample.Call(FunctionId(0), FunctionId(0), {4, 4}, {2'000'000}, {0});
  sample.profile().naming = naming;
  return sample.Build();
}

Profile Decode() {
  return OneFunction("decode", "/lib/json/decoder.py", 20,
                     Naming::kModuleLineName);
}

PictureNode Labelled(const Profile& profile,
                     const PictureOptions& options = {}) {
  PictureNode node;
  node.function = FunctionId(0);
  LabelNode(profile, options, node);
  return node;
}

std::string Line(NodeLine line, const NodeFigures& figures,
                 const PictureOptions& options = {}) {
  return NodeLineText(Decode(), EventId(0), options, line, FunctionId(0),
                      figures);
}

std::string Line(EdgeLine line, const EdgeFigures& figures,
                 const NodeFigures& caller, const NodeFigures& callee) {
  return EdgeLineText(Decode(), EventId(0), line, CallId(0), figures, caller,
                      callee);
}

NodeFigures Figures() {
  NodeFigures figures;
  figures.self_share = .25;
  figures.total_share = .5;
  figures.self = 1'500'000;
  figures.total = 3'000'000;
  return figures;
}

BOOST_AUTO_TEST_SUITE(LabelsSuite)

BOOST_AUTO_TEST_CASE(SharesHaveTwoDecimals) {
  BOOST_TEST(PercentText(0) == "0.00%");
  BOOST_TEST(PercentText(1) == "100.00%");
  BOOST_TEST(PercentText(.12345) == "12.35%");
  BOOST_TEST(PercentText(1e-6) == "0.00%");
}

BOOST_AUTO_TEST_CASE(PythonFunctionsHaveModuleLineAndNameAndAFile) {
  const PictureNode node = Labelled(Decode());
  BOOST_TEST(node.label == "decoder:20:decode");
  BOOST_TEST(node.name == "decode");
  BOOST_TEST(node.place == "decoder:20");
  BOOST_TEST(node.tooltip == "/lib/json/decoder.py");
}

BOOST_AUTO_TEST_CASE(BuiltInsHaveGprof2dotsNameAndAPlainOne) {
  const PictureNode node = Labelled(OneFunction(
      "<method 'append' of 'list' objects>", "~", 0, Naming::kModuleLineName));
  BOOST_TEST(node.label == "~:0:<method 'append' of 'list' objects>");
  BOOST_TEST(node.name == "list.append");
  BOOST_TEST(node.place == "built-in");
  BOOST_TEST(node.tooltip == "~");
}

BOOST_AUTO_TEST_CASE(CompiledFunctionsHaveTheirLibraryAbove) {
  const PictureNode node = Labelled(OneFunction(
      "malloc", "malloc.c", 0, Naming::kObjectName, "/lib/libc.so.6"));
  BOOST_TEST(node.label == "libc.so.6\nmalloc");
  BOOST_TEST(node.name == "malloc");
  BOOST_TEST(node.place == "libc.so.6");
  BOOST_TEST(node.tooltip == "");
}

BOOST_AUTO_TEST_CASE(NamesAreOneLineAndShownAsTheyAre) {
  BOOST_TEST(NameText("<b>\"x\\n\"</b>", {}) == "<b>\"x\\n\"</b>");
  BOOST_TEST(NameText("a\nb\tc\x1b", {}) == "a\\nb\\tc\\x1b");
  BOOST_TEST(NameText("\xff", {}) == "\\xff");
  BOOST_TEST(NameText("\u202e", {}) == "\\u202e");
}

// "<" has no partner in its own name.
BOOST_AUTO_TEST_CASE(NamesOfContextsAreStrippedPartByPart) {
  SampleStacks stacks;
  stacks.Add({{"std::map<int, int>::find(int const&) const"},
              {"operator<(A const&, A const&)"},
              {"operator>(B, B)"}},
             {1});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  SeparateCallers(profile, {{2, 2, 2}, {1, 1, 1}});
  PictureNode node;
  node.function = FunctionId(2);
  LabelNode(profile, {.strips_names = true}, node);
  BOOST_TEST(node.label == "operator>'operator<'std::map::find");
  LabelNode(profile, {}, node);
  BOOST_TEST(node.label ==
             "operator>(B, B)'operator<(A const&, A const&)'std::map<int, "
             "int>::find(int const&) const");
}

BOOST_AUTO_TEST_CASE(NamesAreStrippedThenCutThenWrapped) {
  PictureOptions options;
  options.strips_names = options.wraps_names = true;
  BOOST_TEST(NameText("std::map<int, int>::find(int const&) const", options) ==
             "std::map::find");
  BOOST_TEST(NameText("f" + std::string("(") + std::string(9000, 'x') + ")",
                      options) == "f");
  // To 4095 characters and an ellipsis, whatever bytes they have.
  BOOST_TEST(NameText(std::string(4095, 'x'), {}) == std::string(4095, 'x'));
  BOOST_TEST(NameText(std::string(4096, 'x'), {}) ==
             std::string(4095, 'x') + "…");
  std::string umlauts;
  for (int i = 0; i < 5000; ++i) umlauts += "ü";
  BOOST_TEST(NameText(umlauts, {}).size() == 2 * 4095 + 3);
}

BOOST_AUTO_TEST_CASE(SelfFiguresAreInBrackets) {
  BOOST_TEST(Line(NodeLine::kTotalShare, Figures()) == "50.00%");
  BOOST_TEST(Line(NodeLine::kSelfShare, Figures()) == "(25.00%)");
  BOOST_TEST(Line(NodeLine::kTotalTime, Figures()) == "0.003");
  BOOST_TEST(Line(NodeLine::kSelfTime, Figures()) == "(0.0015)");
  BOOST_TEST(Line(NodeLine::kTotal, Figures()) == "3.00 ms");
  BOOST_TEST(Line(NodeLine::kSelf, Figures()) == "(1.50 ms)");
  BOOST_TEST(Line(NodeLine::kTotalPerCall, Figures()) == "250 µs/call");
  BOOST_TEST(Line(NodeLine::kSelfPerCall, Figures()) == "(125 µs/call)");
}

BOOST_AUTO_TEST_CASE(TimesFollowTheFormat) {
  PictureOptions options;
  options.time_format = TimeFormat("%.2e s");
  BOOST_TEST(Line(NodeLine::kTotalTime, Figures(), options) == "3.00e-03 s");
}

BOOST_AUTO_TEST_CASE(WhatIsUnknownHasNoLine) {
  NodeFigures unknown = Figures();
  unknown.self_share = unknown.total_share = kUnknown;
  for (const NodeLine line :
       {NodeLine::kTotalShare, NodeLine::kSelfShare, NodeLine::kTotalTime,
        NodeLine::kSelfTime, NodeLine::kTotalPerCall}) {
    BOOST_TEST(Line(line, unknown) == "");
  }
  EdgeFigures edge;
  edge.total_share = kUnknown;
  BOOST_TEST(Line(EdgeLine::kTotalShare, edge, unknown, unknown) == "");
  BOOST_TEST(Line(EdgeLine::kCalls, edge, unknown, unknown) == "4×");
}

BOOST_AUTO_TEST_CASE(CallsAreToldWhereTheSourceCountsThem) {
  Profile profile = Decode();
  BOOST_TEST(CallsText(profile, FunctionId(0)) == "12×");
  BOOST_TEST(CallsText(profile, CallId(0)) == "4×");
  profile.provenance.counts = profile.provenance.call_counts = Origin::kAbsent;
  BOOST_TEST(CallsText(profile, FunctionId(0)) == "");
  BOOST_TEST(CallsText(profile, CallId(0)) == "");
}

BOOST_AUTO_TEST_CASE(EdgesHaveSharesOfAllAndOfTheirEnds) {
  EdgeFigures edge;
  edge.total_share = .25;
  edge.total = 2'000'000;
  NodeFigures caller = Figures();
  NodeFigures callee = Figures();
  callee.total_share = .25;
  BOOST_TEST(Line(EdgeLine::kTotalShare, edge, caller, callee) == "25.00%");
  BOOST_TEST(Line(EdgeLine::kTotal, edge, caller, callee) == "2.00 ms");
  BOOST_TEST(Line(EdgeLine::kTotalPerCall, edge, caller, callee) ==
             "500 µs/call");
  BOOST_TEST(Line(EdgeLine::kShareOfCaller, edge, caller, callee) ==
             "50.00% of caller");
  BOOST_TEST(Line(EdgeLine::kShareOfCallee, edge, caller, callee) ==
             "100.00% of callee");
}

BOOST_AUTO_TEST_CASE(LinesStandInTheOrderAskedForAndCallsBelow) {
  const Profile profile = Decode();
  PictureOptions options;
  options.node_lines = {NodeLine::kSelfTime, NodeLine::kTotalShare};
  NodeFigures figures = Figures();
  LabelNodeFigures(profile, EventId(0), options, Labelled(profile), figures);
  BOOST_TEST(figures.label == "(0.0015)\n50.00%\n12×");
}

BOOST_AUTO_TEST_CASE(SamplesAreShownOfWhatIsNoTime) {
  PictureOptions options;
  options.shows_samples = true;
  const auto label = [&](Unit unit) {
    SampleProfile sample(EventSet({{"e", "E", unit}}));
    PictureNode node;
    node.function = sample.Add("f", {1, 1}, {7}, {7});
    NodeFigures figures = Figures();
    figures.self = 7;
    LabelNodeFigures(sample.Build(), EventId(0), options, node, figures);
    return figures.label;
  };
  BOOST_TEST(label(Unit::kCount) == "50.00%\n(25.00%)\n7×\n1×");
  BOOST_TEST(label(Unit::kNanoseconds) == "50.00%\n(25.00%)\n1×");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
