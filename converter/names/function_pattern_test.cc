#include "converter/names/function_pattern.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(FunctionPatternTest)

// The names of functions joined by blanks, "-" if there are none.
std::string Names(const Profile& profile,
                  const std::vector<FunctionId>& functions) {
  std::string names;
  for (const FunctionId f : functions) {
    if (!names.empty()) names += ' ';
    names += profile.Name(f);
  }
  return names.empty() ? "-" : names;
}

Profile Sample() {
  ProfileBuilder builder(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  const auto add = [&](std::string_view file, uint32_t line,
                       std::string_view name) {
    builder.AddFunction(
        {builder.Intern(name), builder.Intern(file), StringId(0), line});
  };
  add("/usr/lib/python3.11/json/decoder.py", 332, "decode");
  add("/usr/lib/python3.11/json/decoder.py", 343, "raw_decode");
  add("/usr/lib/python3.11/codecs.py", 319, "decode");
  add("~", 0, "<built-in method time.sleep>");
  add("/home/dev/app/main.py", 7, "Größe");
  add(R"(C:\app\jobs.py)", 12, "run");
  add("/home/dev/app/main.py", 9, "sleepy");
  add("/home/dev/app/main.py", 11, "sleep");
  add("/opt/x/main.cc", 3, "std::map<int, char*>::at(int)");
  return std::move(builder).Build();
}

BOOST_AUTO_TEST_CASE(GlobsMatchAsFnmatchDoes) {
  const struct {
    std::string_view text;
    std::string_view glob;
    bool expected;
  } rows[] = {
      {"", "", true},           {"", "*", true},
      {"", "?", false},         {"abc", "abc", true},
      {"abc", "ab", false},     {"abc", "a*", true},
      {"abc", "*c", true},      {"abc", "*b*", true},
      {"abc", "a?c", true},     {"abc", "a?", false},
      {"aXbXc", "a*X?", true},  {"abcabd", "*ab?", true},
      {"größe", "gr??e", true}, {"größe", "gr[ö]ße", true},
      {"f1", "f[0-9]", true},   {"fx", "f[0-9]", false},
      {"fx", "f[!0-9]", true},  {"f]", "f[]]", true},
      {"f-", "f[a-]", true},    {"a[b", "a[b", true},
      {"a[b", "a[", false},     {"aaab", "*a*a*b", true},
  };
  for (const auto& [text, glob, expected] : rows) {
    BOOST_TEST(MatchesGlob(text, glob) == expected, text << " by " << glob);
  }
}

BOOST_AUTO_TEST_CASE(ManyStarsStayCheap) {
  std::string glob;
  for (int i = 0; i < 50; ++i) glob += "*a";
  BOOST_TEST(!MatchesGlob(std::string(20000, 'a') + "b", glob));
}

BOOST_AUTO_TEST_CASE(PythonModulesMayStandBeforeNames) {
  ProfileBuilder builder(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  const auto add = [&](std::string_view file, std::string_view name) {
    builder.AddFunction(
        {builder.Intern(name), builder.Intern(file), StringId(0), 1});
  };
  add("/usr/lib/python3.11/json/__init__.py", "loads");
  add("json/decoder.py", "Decoder.decode");
  add("app/notjson.py", "loads");
  add("app/json.c", "loads");
  const Profile profile = std::move(builder).Build();
  const auto is_exact = [&](std::string_view text, size_t row) {
    return FunctionPattern(text).Matches(profile, FunctionId(row)) ==
           FunctionPattern::Match::kExact;
  };
  BOOST_TEST(is_exact("json.loads", 0));
  BOOST_TEST(is_exact("json.decoder.Decoder.decode", 1));
  BOOST_TEST(is_exact("decoder.Decoder.decode", 1));
  BOOST_TEST(is_exact("app.notjson.loads", 2));
  for (const char* text : {"json.load", "son.loads", ".loads", "jsonxloads",
                           "json.__init__.loads", "x.json.loads"}) {
    BOOST_TEST(!is_exact(text, 0), text);
  }
  BOOST_TEST(!is_exact("json.loads", 2));
  BOOST_TEST(!is_exact("json.loads", 3));
  BOOST_TEST(!is_exact("json/decoder.Decoder.decode", 0));
}

BOOST_AUTO_TEST_CASE(TheNarrowestMatchCounts) {
  const Profile profile = Sample();
  const struct {
    std::string_view pattern;
    std::string_view expected;
  } rows[] = {
      // By name, though it is a part of another one.
      {"decode", "decode decode"},
      {"raw_decode", "raw_decode"},
      // As pstats prints it.
      {"/usr/lib/python3.11/json/decoder.py:332(decode)", "decode"},
      {"decoder.py:332(decode)", "decode"},
      {"json/decoder.py:343", "raw_decode"},
      {"oder.py:343", "raw_decode"},
      {"time.sleep", "<built-in method time.sleep>"},
      {"{built-in method time.sleep}", "<built-in method time.sleep>"},
      {R"(jobs.py:12(run))", "run"},
      {R"(C:\app\jobs.py:12(run))", "run"},
      {"sleep", "<built-in method time.sleep> sleep"},
      {"at(int)", "std::map<int, char*>::at(int)"},
      // Globs.
      {"*_decode", "raw_decode"},
      {"time.*", "<built-in method time.sleep>"},
      {"json/*", "decode raw_decode"},
      {"decoder.py:3*(raw*", "raw_decode"},
      {"std::map<int, char*>::at(int)", "std::map<int, char*>::at(int)"},
      // Parts.
      {"slee", "<built-in method time.sleep> sleepy sleep"},
      {"decod", "decode raw_decode decode"},
      {"codecs", "decode"},
      {"py:34", "raw_decode"},
      {"SLEEP", "<built-in method time.sleep> sleepy sleep"},
      {"nowhere", "-"},
  };
  for (const auto& [pattern, expected] : rows) {
    BOOST_TEST(
        Names(profile, FunctionPattern(pattern).Find(profile)) == expected,
        pattern);
  }
}

BOOST_AUTO_TEST_CASE(WhatHasThePatternAsAPartOnlyIsCounted) {
  const Profile profile = Sample();
  const auto count = [&](std::string_view pattern) {
    return FunctionPattern(pattern).CountOtherParts(profile);
  };
  BOOST_TEST(count("sleep") == 1u);
  BOOST_TEST(count("decode") == 1u);
  BOOST_TEST(count("slee") == 0u);  // all are found
  BOOST_TEST(count("*sleep*") == 0u);
  BOOST_TEST(count("decoder.py:343") == 0u);
  BOOST_TEST(count("nowhere") == 0u);
}

BOOST_AUTO_TEST_CASE(AFilterKeepsAllThatContainIt) {
  const Profile profile = Sample();
  const auto filter = [&](std::string_view pattern) {
    return Names(profile, FunctionPattern(pattern).Filter(profile));
  };
  BOOST_TEST(filter("decode") == "decode raw_decode decode");
  BOOST_TEST(filter("*decode") == "decode raw_decode decode");
  BOOST_TEST(filter("json") == "decode raw_decode");
  BOOST_TEST(filter("JSON") == "decode raw_decode");
  BOOST_TEST(filter("nowhere") == "-");
}

BOOST_AUTO_TEST_CASE(BytesThatAreNotUtf8MatchNothingAndDoNoHarm) {
  const Profile profile = Sample();
  for (const std::string_view pattern : {"\xff", "*\xe9*", "[\xf0", "\xc3"}) {
    BOOST_TEST(FunctionPattern(pattern).Find(profile).empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
