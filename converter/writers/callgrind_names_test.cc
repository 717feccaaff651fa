#include "converter/writers/callgrind_names.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "converter/writers/callgrind_parser.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

using Strings = std::vector<std::string>;

// The functions as KCachegrind finds them, in the order of the profile.
std::vector<ParsedFunction> Written(const Profile& profile) {
  const ParsedCallgrind file = ParseCallgrind(WriteCallgrind(profile).text);
  std::vector<ParsedFunction> functions;
  for (const size_t row : file.bodies) functions.push_back(file.functions[row]);
  return functions;
}

std::vector<ParsedFunction> Written(const std::vector<Text>& texts) {
  ProfileBuilder builder(Nanoseconds());
  for (const Text& text : texts) Add(builder, text);
  return Written(std::move(builder).Build());
}

Strings NamesOf(const std::vector<ParsedFunction>& functions) {
  Strings names;
  for (const ParsedFunction& f : functions) names.push_back(f.name);
  return names;
}

Strings Names(const std::vector<Text>& texts) {
  return NamesOf(Written(texts));
}

BOOST_AUTO_TEST_CASE(UniqueFunctionsKeepTheirNames) {
  BOOST_TEST(Names({{"f"}, {"g"}, {"f", "y.py"}, {"f", "x.py", "y"}}) ==
             (Strings{"f", "g", "f", "f"}));
}

BOOST_AUTO_TEST_CASE(FunctionsOfOneFileAreToldApartByTheirLines) {
  BOOST_TEST(Names({{"<lambda>", "x.py", "x", 3},
                    {"f"},
                    {"<lambda>", "x.py", "x", 7}}) ==
             (Strings{"<lambda>:3", "f", "<lambda>:7"}));
}

BOOST_AUTO_TEST_CASE(ModulesOfFilesOfOneNameAreToldApartByTheirPaths) {
  BOOST_TEST(
      Names({{"<module>", "a/__init__.py", "pkg", 1},
             {"<module>", "b/__init__.py", "pkg", 1}}) ==
      (Strings{"<module>:1 (a/__init__.py)", "<module>:1 (b/__init__.py)"}));
}

BOOST_AUTO_TEST_CASE(FunctionsOfObjectsOfOneNameAreToldApartByTheirRows) {
  BOOST_TEST(
      Names({{"f", "x.c", "a/lib.so", 1}, {"f", "x.c", "b/lib.so", 1}}) ==
      (Strings{"#0 f:1 (x.c)", "#1 f:1 (x.c)"}));
}

BOOST_AUTO_TEST_CASE(ANameThatLooksToldApartIsNotTakenForOne) {
  BOOST_TEST(Names({{"f", "x.py", "x", 12},
                    {"f", "x.py", "x", 13},
                    {"f:12", "x.py", "x", 1}}) ==
             (Strings{"f:12 (x.py)", "f:13", "f:12:1"}));
}

BOOST_AUTO_TEST_CASE(TheMarkOfEstimatesStandsBehindAllElse) {
  ProfileBuilder builder(Nanoseconds());
  for (const Text& text :
       {Text{"f"}, Text{"<lambda>", "x.py", "x", 3},
        Text{"<lambda>", "x.py", "x", 7}, Text{""}, Text{"g\n"}}) {
    builder.MarkEstimated(Add(builder, text));
  }
  Add(builder, {"measured"});
  BOOST_TEST(NamesOf(Written(std::move(builder).Build())) ==
             (Strings{"f~", "<lambda>:3~", "<lambda>:7~", "<unnamed>~", "g\\n~",
                      "measured"}));
}

BOOST_AUTO_TEST_CASE(ANameThatLooksMarkedIsNotTakenForOne) {
  ProfileBuilder builder(Nanoseconds());
  builder.MarkEstimated(Add(builder, {"f", "x.py", "x", 1}));
  Add(builder, {"f~", "x.py", "x", 2});
  Add(builder, {"f", "x.py", "x", 3});
  BOOST_TEST(NamesOf(Written(std::move(builder).Build())) ==
             (Strings{"f:1~", "f~:2", "f"}));
}

// As KCachegrind glues name, file and object.
BOOST_AUTO_TEST_CASE(FunctionsThatAreAlikeWhenGluedAreToldApart) {
  BOOST_TEST(Names({{"f", "gx", "y"}, {"fg", "x", "y"}, {"f", "g", "xy"}}) ==
             (Strings{"f:1 (gx)", "fg:1", "f:1 (g)"}));
}

BOOST_AUTO_TEST_CASE(FilesAndObjectsThatAreWrittenAlikeAreToldApart) {
  BOOST_TEST(Names({{"f", "x\ny"}, {"f", "x\\ny"}}).size() == 2);
  BOOST_TEST(Names({{"f", "x", "o\t"}, {"f", "x", "o\\t"}}).size() == 2);
  BOOST_TEST(Names({{"f", ""}, {"f", "~"}}).size() == 2);
  BOOST_TEST(Names({{"f", "x", ""}, {"f", "x", "<unknown>"}}).size() == 2);
  // Both are written as the byte that stands there.
  BOOST_TEST(Names({{"f", "caf\xe9"}, {"f", "caf\xed\xb3\xa9"}}).size() == 2);
}

BOOST_AUTO_TEST_CASE(WhatKCachegrindTakesForEmptyIsToldApart) {
  BOOST_TEST(Names({{"fx", "???", "o"}, {"f", "x", "o"}}).size() == 2);
  BOOST_TEST(Names({{"???", "fx", "o"}, {"f", "x", "o"}}).size() == 2);
}

BOOST_AUTO_TEST_CASE(AFunctionIsNotTakenForTheOutsideOfTheProfile) {
  BOOST_TEST(Names({{"(outside the profile)", "~", "<outside>", 0}}) ==
             (Strings{"(outside the profile):0"}));
}

BOOST_AUTO_TEST_CASE(EveryNameIsWrittenOnOneLineThatAllReadersTakeWhole) {
  for (const auto& [name, written] : NastyNames()) {
    const std::vector<ParsedFunction> functions =
        Written({{name}, {"g", name}, {"h", "x.py", name}});
    BOOST_REQUIRE(functions.size() == 3);
    BOOST_TEST(functions[0].name == written);
    BOOST_TEST(functions[1].file == (name.empty() ? "~" : written));
    BOOST_TEST(functions[2].object == (name.empty() ? "<unknown>" : written));
  }
}

BOOST_AUTO_TEST_CASE(NastyNamesOfOneFileStayApart) {
  std::vector<Text> texts;
  for (const NastyName& nasty : NastyNames()) texts.push_back({nasty.name});
  const std::vector<ParsedFunction> functions = Written(texts);
  BOOST_REQUIRE(functions.size() == texts.size());
  for (size_t f = 0; f < texts.size(); ++f) {
    BOOST_TEST(functions[f].name.find(NastyNames()[f].written) !=
               std::string::npos);
  }
}

// Texts of few pieces, most of them what a name gets when it is told apart.
std::vector<Text> AlikeTexts(size_t functions, std::mt19937& random) {
  const Strings pieces = {"f", "f", ":1", ":2", " (x)", " (~)", "#0 ", "#1 ",
                          "x", "~", "/",  " ",  "\n",   "\\n",  "???", ""};
  const auto text = [&](size_t most) {
    std::string glued;
    for (size_t n = random() % (most + 1); n > 0; --n) {
      glued += pieces[random() % pieces.size()];
    }
    return glued;
  };
  std::vector<Text> texts;
  for (size_t f = 0; f < functions; ++f) {
    texts.push_back(
        {text(4), text(2), text(2), 1 + static_cast<uint32_t>(random()) % 2});
  }
  return texts;
}

size_t CountDistinct(const std::vector<Text>& texts) {
  std::set<std::tuple<std::string, std::string, std::string, uint32_t>>
      distinct;
  for (const Text& t : texts)
    distinct.emplace(t.name, t.file, t.object, t.line);
  return distinct.size();
}

BOOST_AUTO_TEST_CASE(RandomFunctionsThatLookAlikeStayApart) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const std::vector<Text> texts = AlikeTexts(1 + random() % 60, random);
    BOOST_REQUIRE(Written(texts).size() == CountDistinct(texts));
  }
}

// Each is told apart into the name of the next one.
BOOST_AUTO_TEST_CASE(ALongChainOfAlikeNamesIsToldApart) {
  std::vector<Text> texts = {{"f", "y/x.py"}};
  std::string name = "f";
  for (int n = 0; n < 200; ++n) {
    texts.push_back({name});
    name += ":1";
  }
  BOOST_TEST(Written(texts).size() == texts.size());
}

BOOST_AUTO_TEST_CASE(NamesDoNotDependOnTheOrderOfFunctions) {
  std::vector<Text> texts = {
      {"f", "x.py", "x", 1}, {"f", "x.py", "x", 2}, {"f:1"},
      {"g", "a/y.py"},       {"g", "b/y.py"},       {"h"}};
  const std::vector<std::string> names = Names(texts);
  BOOST_REQUIRE(names.size() == texts.size());
  std::map<std::string, std::string> name_of;
  for (size_t f = 0; f < texts.size(); ++f) {
    name_of[texts[f].name + texts[f].file + std::to_string(texts[f].line)] =
        names[f];
  }
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(texts, random);
    const std::vector<std::string> again = Names(texts);
    for (size_t f = 0; f < texts.size(); ++f) {
      BOOST_TEST(again[f] == name_of[texts[f].name + texts[f].file +
                                     std::to_string(texts[f].line)]);
    }
  }
}

BOOST_AUTO_TEST_CASE(TheHashOfGluedTextsFollowsFromTheirHashes) {
  const auto of = GluedHash::Of;
  BOOST_TEST((of("ab") + of("") + of("cde")).value == of("abcde").value);
  BOOST_TEST(of("ab").value != of("ba").value);
  BOOST_TEST(of(std::string(1, '\0')).value != of("").value);
}

}  // namespace
}  // namespace prof2cg
