#include "converter/names/function_name.h"

#include <boost/test/unit_test.hpp>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(FunctionNames)

BOOST_AUTO_TEST_CASE(ModuleIsTheFileWithoutFoldersAndExtension) {
  const struct {
    const char* file;
    const char* module;
  } rows[] = {
      {"/usr/lib/python3.11/json/decoder.py", "decoder"},
      {"app.py", "app"},
      {"a.b.c", "a.b"},
      {"script", "script"},
      {"dir.d/script", "script"},
      {".hidden", ".hidden"},
      {"..py", "..py"},
      {".hidden.py", ".hidden"},
      {"C:\\x\\y.py", "y"},
      {"~", "~"},
      {"", ""},
      {"<string>", "<string>"},
      {"<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"},
  };
  for (const auto& [file, module] : rows) {
    BOOST_TEST(PythonModule(file) == module);
  }
}

BOOST_AUTO_TEST_CASE(NamingDecidesWhatStandsWhere) {
  SampleProfile sample;
  const FunctionId f = sample.Add("decode", "/lib/json/decoder.py", 20, {}, {0},
                                  {0}, "/usr/lib/libjson.so.1");
  Profile profile = sample.Build();
  const auto name = [&](Naming naming) {
    profile.naming = naming;
    return NameFunction(profile, f);
  };
  BOOST_TEST(name(Naming::kModuleLineName).module == "");
  BOOST_TEST(name(Naming::kModuleLineName).name == "decoder:20:decode");
  BOOST_TEST(name(Naming::kObjectName).module == "libjson.so.1");
  BOOST_TEST(name(Naming::kObjectName).name == "decode");
  BOOST_TEST(name(Naming::kObjectName).process == "");
  BOOST_TEST(name(Naming::kFileName).process == "/usr/lib/libjson.so.1");
  BOOST_TEST(name(Naming::kFileName).module == "/lib/json/decoder.py");
  BOOST_TEST(name(Naming::kFileName).name == "decode");
}

BOOST_AUTO_TEST_CASE(FunctionsToldApartHaveTheNameOfTheirBase) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f'g'h", "a.py", 3, {}, {0}, {0});
  Profile profile = sample.Build();
  BOOST_TEST(NameFunction(profile, profile.Base(f)).name == "f'g'h");
  Function base = profile.functions[0];
  base.name = profile.strings.Intern("f'g");
  profile.separation = {{base}, {{.base = FunctionId(0)}}, {}};
  BOOST_TEST(NameFunction(profile, profile.Base(f)).name == "f'g");
  BOOST_TEST(NameFunction(profile, f).name == "f'g'h");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
