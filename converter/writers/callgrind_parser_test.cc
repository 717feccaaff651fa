#include "converter/writers/callgrind_parser.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

namespace prof2cg {
namespace {

// Functions, self costs and calls, a line each.
std::string Show(const ParsedCallgrind& file) {
  const auto costs = [](const ParsedCosts& row) {
    std::string text;
    for (const uint64_t cost : row) text += " " + std::to_string(cost);
    return text;
  };
  std::string text;
  for (const ParsedFunction& f : file.functions) {
    text += f.object + "|" + f.file + "|" + f.name + costs(f.self) + "\n";
    for (const ParsedCall& call : f.calls) {
      text += "  " + std::to_string(call.line) + ": " +
              std::to_string(call.count) + " x " +
              file.functions[call.callee].name + ":" +
              std::to_string(call.callee_line) + costs(call.inclusive) + "\n";
    }
  }
  return text;
}

std::string ShowOf(const std::string& text) {
  return Show(ParseCallgrind(text));
}

std::string ErrorOf(const std::string& text) {
  try {
    ParseCallgrind(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

const std::string kHead = "# callgrind format\nevents: a b\n";
const std::string kFunction = kHead + "fl=x.c\nfn=f\n";

// The extended example of the documentation.
const std::string kExampleShown =
    "|file1.c|main 20\n"
    "  16: 1 x func1:50 400\n"
    "  16: 3 x func2:20 400\n"
    "|file1.c|func1 100\n"
    "  51: 2 x func2:20 300\n"
    "|file2.c|func2 700\n";

BOOST_AUTO_TEST_CASE(TheDocumentationsExampleIsReadAsItSays) {
  BOOST_TEST(ShowOf("# callgrind format\nevents: Instructions\n\n"
                    "fl=file1.c\nfn=main\n16 20\ncfn=func1\ncalls=1 50\n"
                    "16 400\ncfi=file2.c\ncfn=func2\ncalls=3 20\n16 400\n\n"
                    "fn=func1\n51 100\ncfi=file2.c\ncfn=func2\ncalls=2 20\n"
                    "51 300\n\nfl=file2.c\nfn=func2\n20 700\n") ==
             kExampleShown);
}

BOOST_AUTO_TEST_CASE(CompressedNamesAreTheSame) {
  BOOST_TEST(ShowOf("# callgrind format\nevents: Instructions\n\n"
                    "fl=(1) file1.c\nfn=(1) main\n16 20\ncfn=(2) func1\n"
                    "calls=1 50\n16 400\ncfi=(2) file2.c\ncfn=(3) func2\n"
                    "calls=3 20\n16 400\n\nfn=(2)\n51 100\ncfi=(2)\ncfn=(3)\n"
                    "calls=2 20\n51 300\n\nfl=(2)\nfn=(3)\n20 700\n") ==
             kExampleShown);
}

BOOST_AUTO_TEST_CASE(CompressedPositionsCountFromTheLastCostLine) {
  const ParsedCallgrind file = ParseCallgrind(
      "# callgrind format\npositions: instr line\nevents: ticks\nfl=x\nfn=f\n"
      "0x80001234 90 1\n+3 * 5\n+1 +1 6\n");
  BOOST_TEST(file.functions[0].self == ParsedCosts{12});
  BOOST_TEST(file.functions[0].lines == (std::vector<uint64_t>{90, 90, 91}));
  BOOST_TEST(ShowOf(kFunction + "10 1\ncfn=g\ncalls=2 +5\n-3 7\n+1 1\n") ==
             "|x.c|f 2 0\n  7: 2 x g:15 7 0\n|x.c|g 0 0\n");
}

BOOST_AUTO_TEST_CASE(AnIdIsOfItsKind) {
  BOOST_TEST(ShowOf(kHead + "ob=(1) o\nfl=(1) x\nfn=(1) (1) y\n1 1 2\n") ==
             "o|x|(1) y 1 2\n");
}

BOOST_AUTO_TEST_CASE(FunctionsAreThoseOfKCachegrind) {
  BOOST_TEST(ShowOf(kHead + "ob=p/o\nfl=a/x\nfn=f\n1 1\n"
                            "ob=q/o\nfl=b/x\nfn=f\n2 3\n") ==
             "p/o|a/x|f 4 0\n");
  BOOST_TEST(ShowOf(kHead + "ob=o\nfl=x\nfn=f\n1 1\nob=p\nfl=x\nfn=f\n1 2\n") ==
             "o|x|f 1 0\np|x|f 2 0\n");
  BOOST_TEST(ShowOf(kHead + "fl=???\nfn=ab\n1 1\nfl=b\nfn=a\n1 2\n") ==
             "|???|ab 3 0\n");
}

BOOST_AUTO_TEST_CASE(TheHeaderIsKept) {
  const ParsedCallgrind file = ParseCallgrind(
      "# callgrind format\nversion: 1\ncreator: me 2\npid: 7\ncmd: a  b\n"
      "desc: Trigger: end\nevent: ns : Time [ns]\nevent: s = ns + b : Sum\n"
      "positions: line\nevents: ns b\nsummary: 3 0\nfl=x\nfn=f\n1 1\n"
      "totals: 1\n");
  BOOST_TEST(file.header.at("creator") == "me 2");
  BOOST_TEST(file.header.at("cmd") == "a  b");
  BOOST_TEST(file.descriptions.at(0) == "Trigger: end");
  BOOST_TEST(file.event_lines.at("ns") == ": Time [ns]");
  BOOST_TEST(file.event_lines.at("s") == "= ns + b : Sum");
  BOOST_TEST(file.summary == (ParsedCosts{3, 0}));
  BOOST_TEST(file.totals == (ParsedCosts{1, 0}));
}

BOOST_AUTO_TEST_CASE(WhatReadersDropOrTakeDifferentlyIsRefused) {
  const struct {
    std::string text;
    const char* error;
  } rows[] = {
      {"", "line 0: expected \"# callgrind format\""},
      {"events: a\n", "line 1: expected \"# callgrind format\""},
      {"# callgrind format\n", "line 1: expected \"events:\""},
      {"# callgrind format\ncmd: x\nversion: 1\n", "line 3: expected version"},
      {"# callgrind format\nversion: 2\n", "line 2: expected version"},
      {"# callgrind format\narch: arm\n", "line 2: an unknown header line"},
      {"# callgrind format\nevents: a a\n", "line 2: an event given twice"},
      {"# callgrind format\nevents: a-b\n", "line 2: expected an event's name"},
      {"# callgrind format\nevent: c : C\nevents: a\n", "line 3: no column"},
      {kHead + "summary: 1 2 3\n", "line 3: more costs than events"},
      {kHead + "1 2\n", "line 3: costs of no function"},
      {kHead + "fn=f\n", "line 3: a function without a file"},
      {kHead + "fl=x\nfn=f\nob=o\n1 2\n", "line 6: costs of no function"},
      {kHead + "fl=(1)\n", "line 3: an id without a name"},
      {kHead + "fl=(1)x\n", "line 3: expected a blank"},
      {kHead + "fl=(1)  x\n", "line 3: an empty name, or blanks"},
      {kHead + "fl=(1x\n", "line 3: expected \")\""},
      {kHead + "fl=(1) x\nfl=(1) y\n", "line 4: an id given twice"},
      {kHead + "fl=x\nfn=(1) f\nfl=y\nfn=(1)\n", "line 6: the id of another"},
      {kHead + "fl=\n", "line 3: an empty name"},
      {kHead + "jump=1 2\n", "line 3: an unknown line"},
      {kFunction + "1 2\t3\n", "line 5: a control character"},
      {kFunction + "1 2\r\n", "line 5: a control character"},
      {kFunction + "1 2\nfn=\xc2\x85\n", "line 6: a control character"},
      {kFunction + "1  2\n", "line 5: expected a number"},
      {kFunction + "1 2 \n", "line 5: expected a number"},
      {kFunction + "1 \n", "line 5: a blank at the end"},
      {kFunction + " 1 2\n", "line 5: an unknown line"},
      {kFunction + "1 -2\n", "line 5: expected a number"},
      {kFunction + "1 2.5\n", "line 5: expected one blank"},
      {kFunction + "1 0x2\n", "line 5: expected one blank"},
      {kFunction + "1 18446744073709551616\n", "line 5: expected a number"},
      {kFunction + "1 1 2 3\n", "line 5: more costs than events"},
      {kFunction + "-1 1\n", "line 5: a position below zero"},
      {kFunction + "1 2", "line 5: the last line does not end"},
      {kFunction + "calls=1 1\n1 2\n", "line 5: a call of no function"},
      {kFunction + "cfn=g\ncalls=0 1\n1 2\n", "line 6: callgrind_annotate"},
      {kFunction + "cfn=g\ncalls=1\n1 2\n", "line 6: expected the callee's"},
      {kFunction + "cfn=g\ncalls=1 1\n", "line 6: expected the costs"},
      {kFunction + "cfn=g\ncalls=1 1\nfn=f\n", "line 7: expected a number"},
      {kFunction + "cfn=g\n1 2\n", "line 6: a called function without"},
      {kFunction + "cfn=g\n", "line 5: a called function without"},
      {kFunction + "cfi=y\nfn=g\n", "line 6: a called function without"},
      {kFunction + "cfn=g\ncfi=y\n", "line 6: cfi= behind cfn="},
      {kFunction + "1 2\ntotals: 2\n1 2\n", "line 7: something after"},
  };
  for (const auto& [text, error] : rows) {
    BOOST_TEST(ErrorOf(text).starts_with(error),
               text << "gives " << ErrorOf(text));
  }
}

}  // namespace
}  // namespace prof2cg
