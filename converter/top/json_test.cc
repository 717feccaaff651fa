#include "converter/top/json.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "converter/io/utf8.h"
#include "converter/top/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(TopJsonTest)

using nlohmann::json;

// Throws where the text is not strictly JSON.
json Parse(const Profile& profile, const TopOptions& options) {
  return json::parse(TopJson(MakeTopReport(profile, options)));
}

BOOST_AUTO_TEST_CASE(SchemaAndVersionComeFirst) {
  const std::string text = TopJson(MakeTopReport(SampleProgram(), {}));
  BOOST_TEST(
      text.starts_with("{\n \"schema\": \"prof2cg.top\",\n"
                       " \"version\": 1,\n"));
  BOOST_TEST(text.ends_with("}\n"));
}

BOOST_AUTO_TEST_CASE(FiguresAreExact) {
  SampleProfile sample;
  constexpr int64_t kOdd = 9'007'199'254'740'993;  // no double has it
  sample.Add("f", "f.py", 7, {kOdd, 3}, {-kOdd}, {INT64_MAX});
  const json top = Parse(sample.Build(), {});
  const json expected = json::parse(R"({
      "name": "f", "file": "f.py", "line": 7, "object": "",
      "calls": 9007199254740993, "primitive_calls": 3,
      "self": -9007199254740993, "inclusive": 9223372036854775807})");
  BOOST_TEST(top["functions"] == json::array({expected}));
  BOOST_TEST(top["totals"]["self"] == -kOdd);
  BOOST_TEST(top["event"]["unit"] == "ns");
}

BOOST_AUTO_TEST_CASE(EstimatedFunctionsAreMarked) {
  SampleProfile sample;
  sample.profile().provenance.estimated_functions = {false, true};
  sample.Add("f", {1, 1}, {2}, {2});
  sample.Add("g", {1, 1}, {1}, {1});
  const json top = Parse(sample.Build(), {});
  BOOST_TEST(!top["functions"][0].contains("estimated"));
  BOOST_TEST(top["functions"][1]["estimated"] == true);
}

BOOST_AUTO_TEST_CASE(SumsWithEstimatesAreMarked) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {2, 2}, {2}, {2});
  const FunctionId g = sample.Add("g", {1, 1}, {0}, {1});
  const FunctionId h = sample.Add("h", {1, 1}, {0}, {1});
  sample.Call(g, f, {1, 1}, {1}, {1});
  sample.Call(h, f, {1, 1}, {1}, {1});
  sample.MarkEstimated();
  const Profile profile = sample.Build();
  const auto is_marked = [&](size_t neighbours) {
    const json top =
        Parse(profile, {.callers_of = "f", .neighbours = neighbours});
    return top["sections"][0]["callers"].contains("others_estimated");
  };
  BOOST_TEST(is_marked(1));
  BOOST_TEST(!is_marked(2));
}

BOOST_AUTO_TEST_CASE(SectionsHaveCallersAndCalleesAsAskedFor) {
  const json top =
      Parse(SampleProgram(), {.callers_of = "main", .callees_of = "decode"});
  const json& decode = top["sections"][0];
  BOOST_TEST(decode["function"]["name"] == "decode");
  BOOST_TEST(!decode.contains("callers"));
  BOOST_TEST(top["part_matches"].empty());
  const json& call = decode["callees"]["calls"][0];
  BOOST_TEST(call["function"]["name"] == "<built-in method builtins.len>");
  BOOST_TEST(!call["function"].contains("line"));
  BOOST_TEST(call["line"] == 337);
  BOOST_TEST(call["calls"] == 1'234'567);
  BOOST_TEST(call["inclusive"] == 50'000);
  BOOST_TEST(call["self"] == 50'000);
  BOOST_TEST(!call.contains("estimated"));

  const json& entry = top["sections"][1]["callers"]["calls"][0];
  BOOST_TEST(entry["function"].is_null());
  BOOST_TEST(entry["inclusive"] == 1'000'000);
  BOOST_TEST(!entry.contains("self"));
}

BOOST_AUTO_TEST_CASE(FunctionsWithThePatternInTheirNameAreCounted) {
  SampleProfile sample;
  sample.Add("f", "f.py", 1, {1, 1}, {50}, {50});
  sample.Add("g_of_f", "f.py", 2, {1, 1}, {0}, {50});
  const json top = Parse(sample.Build(), {.callers_of = "f"});
  BOOST_TEST(top["part_matches"] ==
             json::parse(R"([{"pattern": "f", "functions": 1}])"));
}

BOOST_AUTO_TEST_CASE(WithoutSectionsThereIsNoMemberOfThem) {
  const json top = Parse(SampleProgram(), {});
  BOOST_TEST(!top.contains("sections"));
  BOOST_TEST(!top.contains("filter"));
  BOOST_TEST(top["functions"].size() == 5u);
}

BOOST_AUTO_TEST_CASE(FidelityOdditiesAndContradictionsAreTold) {
  SampleProfile sample;
  sample.Add("f", "f.py", 1, {1, 1}, {500}, {100});
  sample.profile().provenance.Note("thing is odd", "things are odd", 2);
  const json top = Parse(sample.Build(), {});
  BOOST_TEST(top["fidelity"]["measured"] == 4);
  BOOST_TEST(top["fidelity"]["text"] == "measured 100 %, lost 0");
  BOOST_TEST(top["oddities"][0]["count"] == 2);
  BOOST_TEST(top["oddities"][0]["text"] == "2 things are odd");
  BOOST_TEST(top["contradictions"]["self_above_inclusive"] == 1);
  BOOST_TEST(top["origins"]["self"] == "measured");
}

BOOST_AUTO_TEST_CASE(WhatTheSourceDoesNotHaveIsLeftOut) {
  SampleProfile sample;
  sample.Add("f", "f.py", 1, {0, 0}, {500}, {0});
  sample.profile().provenance.counts = Origin::kAbsent;
  sample.profile().provenance.events[0].inclusive = Origin::kAbsent;
  const json top = Parse(sample.Build(), {});
  BOOST_TEST(!top["functions"][0].contains("calls"));
  BOOST_TEST(!top["functions"][0].contains("inclusive"));
  BOOST_TEST(!top["totals"].contains("calls"));
  BOOST_TEST(!top["origins"].contains("inclusive"));
}

BOOST_AUTO_TEST_CASE(CallsThatWereNotCountedHaveNoCounts) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {2});
  const FunctionId g = sample.Add("g", {1, 1}, {1}, {1});
  sample.Call(f, g, {0, 0}, {1}, {1});
  sample.profile().provenance.call_counts = Origin::kAbsent;
  const json top = Parse(sample.Build(), {.callees_of = "f"});
  const json& callees = top["sections"][0]["callees"];
  BOOST_TEST(!callees["calls"][0].contains("calls"));
  BOOST_TEST(!callees.contains("other_calls"));
  BOOST_TEST(callees["other_inclusive"] == 0);
}

BOOST_AUTO_TEST_CASE(AnyNameMakesAsciiThatParsesBack) {
  using std::string_view_literals::operator""sv;
  const struct {
    std::string_view name;
    std::string_view parsed;
  } rows[] = {
      {"Größe", "Größe"},
      {"計算🐍", "計算🐍"},
      {"a\"b\\c/d", "a\"b\\c/d"},
      {"nul\0 esc\x1b del\x7f nl\n"sv, "nul\0 esc\x1b del\x7f nl\n"sv},
      {"\u202etxt.exe\u0085", "\u202etxt.exe\u0085"},
      {"caf\xed\xb3\xa9", "caf\\xe9"},                 // an undecodable byte
      {"\xed\xa0\x80", "\\ud800"},                     // half of a pair
      {"\xed\xa0\xbd\xed\xb0\x8d", "\\ud83d\\udc0d"},  // no pair
  };
  for (const auto& [name, parsed] : rows) {
    SampleProfile sample;
    sample.Add(name, name, 1, {1, 1}, {1}, {1});
    const Profile profile = sample.Build();
    const TopReport report = MakeTopReport(profile, {.filter = std::string()});
    const std::string text = TopJson(report);
    BOOST_TEST(IsAscii(text));
    BOOST_TEST(text.find('\x7f') == text.npos);
    const json top = json::parse(text);
    BOOST_TEST(top["functions"][0]["name"].get<std::string>() == parsed);
    BOOST_TEST(top["functions"][0]["file"].get<std::string>() == parsed);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
