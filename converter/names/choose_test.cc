#include "converter/names/choose.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "graph/error.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

Profile Functions() {
  SampleProfile sample;
  const auto add = [&](const char* name, const char* file, const char* object,
                       uint32_t line = 1) {
    sample.Add(name, file, line, {}, {0}, {0}, object);
  };
  add("main", "/home/me/shop/app.py", "app");
  add("load", "/home/me/shop/db/orm.py", "db.orm", 7);
  add("load", "/usr/lib/python3.11/json/__init__.py", "json");
  add("decode", "/usr/lib/python3.11/json/decoder.py", "json.decoder");
  add("<built-in method builtins.len>", "~", "<built-in>", 0);
  add("dbus", "/usr/lib/python3.11/jsonish.py", "jsonish");
  Profile profile = sample.Build();
  profile.naming = Naming::kModuleLineName;
  return profile;
}

std::string Rows(const std::vector<FunctionId>& functions) {
  std::string text;
  for (const FunctionId f : functions) text += std::to_string(f.row()) + " ";
  return text;
}

std::string RowsByPath(const Profile& profile,
                       const std::vector<std::string>& paths) {
  const std::vector<bool> chosen = ChooseByPath(profile, paths);
  std::string text;
  for (size_t row = 0; row < chosen.size(); ++row) {
    if (chosen[row]) text += std::to_string(row) + " ";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(Choose)

BOOST_AUTO_TEST_CASE(FunctionsAreFoundByTheGlobOfTheirPicturedNameFirst) {
  const Profile profile = Functions();
  const auto rows = [&](const char* pattern) {
    return Rows(ChooseFunctions(profile, pattern));
  };
  BOOST_TEST(rows("orm:7:load") == "1 ");
  BOOST_TEST(rows("orm:*") == "1 ");
  BOOST_TEST(rows("*:load") == "1 2 ");
  BOOST_TEST(rows("*") == "0 1 2 3 4 5 ");
}

BOOST_AUTO_TEST_CASE(OtherwiseByNameAndPlace) {
  const Profile profile = Functions();
  const auto rows = [&](const char* pattern) {
    return Rows(ChooseFunctions(profile, pattern));
  };
  BOOST_TEST(rows("load") == "1 2 ");
  BOOST_TEST(rows("len") == "4 ");
  BOOST_TEST(rows("orm.py:7(load)") == "1 ");
  BOOST_TEST(rows("json/*.py") == "2 3 ");
}

BOOST_AUTO_TEST_CASE(WhatIsNotThereIsNamed) {
  const Profile profile = Functions();
  const auto says = [](std::string_view what) {
    return [what](const Error& error) {
      return error.Line().find(what) != std::string::npos;
    };
  };
  BOOST_CHECK_EXCEPTION(ChooseFunctions(profile, "no\nsuch"), Error,
                        says("no function matches \"no\\nsuch\""));
  BOOST_CHECK_EXCEPTION(ChooseEvent(profile, "bytes"), Error,
                        says("no event \"bytes\""));
  BOOST_TEST(ChooseEvent(profile, "").row() == 0);
  BOOST_TEST(ChooseEvent(profile, "ns").row() == 0);
}

BOOST_AUTO_TEST_CASE(PathsMayBeRelativeOrPackages) {
  const Profile profile = Functions();
  const struct {
    const char* path;
    const char* rows;
  } cases[] = {
      {"/home/me", "0 1 "},   {"/home/me/shop/db", "1 "},
      {"shop", "0 1 "},       {"db/orm.py", "1 "},
      {"shop/db/", "1 "},     {"json", "2 3 "},
      {"json.decoder", "3 "}, {"db", "1 "},
      {"hop/db", ""},         {"/usr/lib/python3.11/json", "2 3 5 "},
      {"<built-in>", "4 "},   {"nowhere", ""},
  };
  for (const auto& [path, rows] : cases) {
    BOOST_TEST_CONTEXT(path) BOOST_TEST(RowsByPath(profile, {path}) == rows);
  }
  BOOST_TEST(RowsByPath(profile, {"db", "json"}) == "1 2 3 ");
}

BOOST_AUTO_TEST_CASE(ModulesMatchByAnyPartAndPlacelessFunctionsStay) {
  SampleProfile sample;
  sample.Add("a", "", 0, {}, {0}, {0}, "/usr/lib/libc.so.6");
  sample.Add("b", "", 0, {}, {0}, {0}, "/usr/bin/app");
  sample.Add("c", "", 0, {}, {0}, {0});
  BOOST_TEST(RowsByPath(sample.Build(), {"ibc"}) == "0 2 ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
