#include "converter/diff/config.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

// A folder of its own as the current one, with prof2cg.toml in it.
class ConfigFolder {
 public:
  explicit ConfigFolder(const std::string& text)
      : before_(std::filesystem::current_path()),
        folder_(std::filesystem::temp_directory_path() / "config_test") {
    std::filesystem::create_directories(folder_);
    std::filesystem::current_path(folder_);
    std::ofstream(kConfigFile) << text;
  }
  ~ConfigFolder() {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }

 private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
};

DiffOptions Read(const std::string& text, GateSettings settings = {}) {
  const ConfigFolder folder(text);
  DiffOptions options;
  options.settings = std::move(settings);
  ReadConfig(options);
  return options;
}

std::string ErrorOf(const std::string& text) {
  try {
    Read(text);
  } catch (const Error& error) {
    return error.Line();
  }
  return "";
}

constexpr const char* kAll = R"([gate]
gate = ["ns", "calls"]
thresholds = ["5%", "ns:+2ms"]
min-share = 0.5
alpha = 0.01
paired = true
max-unmatched = 20
budgets = ["calls json.loads <= 2 per call of handle", "ns f <= 2 x base"]
rules = ["no new callers of db.execute under template/**"]
)";

BOOST_AUTO_TEST_SUITE(Config)

BOOST_AUTO_TEST_CASE(SettingsAreThoseOfTheOptions) {
  const DiffOptions options = Read(kAll);
  BOOST_TEST(options.config == "prof2cg.toml");
  const Gate& gate = options.gate;
  BOOST_CHECK(gate.events == (std::vector<std::string>{"ns", "calls"}));
  BOOST_CHECK(gate.Of("ns") == (Threshold{.05, 2'000'000}));
  BOOST_TEST(gate.least_share == .005);
  BOOST_TEST(gate.alpha == .01);
  BOOST_TEST(gate.is_paired);
  BOOST_TEST(gate.most_unmatched == .2);
  BOOST_TEST_REQUIRE(options.budgets.size() == 2u);
  BOOST_TEST(options.budgets[0].per_call_of == "handle");
  BOOST_TEST(options.budgets[1].line == 8u);
  BOOST_TEST_REQUIRE(options.rules.size() == 1u);
  BOOST_TEST(options.rules[0].path == "template/**");
  BOOST_TEST(options.rules[0].line == 9u);
}

BOOST_AUTO_TEST_CASE(CommandLineWins) {
  const GateSettings settings{.events = {{"calls"}},
                              .thresholds = {"ns:+1ms"},
                              .least_share = .1,
                              .alpha = .2,
                              .most_unmatched = .3};
  const DiffOptions options = Read(kAll, settings);
  const Gate& gate = options.gate;
  BOOST_CHECK(gate.events == std::vector<std::string>{"calls"});
  BOOST_CHECK(gate.Of("ns") == (Threshold{.05, 1'000'000}));
  BOOST_TEST(gate.least_share == .1);
  BOOST_TEST(gate.alpha == .2);
  BOOST_TEST(gate.is_paired);
  BOOST_TEST(gate.most_unmatched == .3);
  BOOST_TEST(options.budgets.size() == 2u);
}

BOOST_AUTO_TEST_CASE(ErrorsNameFileAndLine) {
  BOOST_TEST(ErrorOf("[gate]\n\nalhpa = 1\n")
                 .starts_with("prof2cg.toml: line 3: alhpa is not known; "));
  BOOST_TEST(ErrorOf("\n[gates]\n") ==
             "prof2cg.toml: line 2: gates is not known; there is [gate]");
  BOOST_TEST(ErrorOf("[gate]\nalpha = \"much\"\n") ==
             "prof2cg.toml: line 2: alpha takes a number from 0 on");
  BOOST_TEST(ErrorOf("[gate]\nalpha = -1\n") ==
             "prof2cg.toml: line 2: alpha takes a number from 0 on");
  BOOST_TEST(ErrorOf("[gate]\npaired = 1\n") ==
             "prof2cg.toml: line 2: paired takes true or false");
  BOOST_TEST(ErrorOf("[gate]\nrules = \"x\"\n")
                 .starts_with("prof2cg.toml: line 2: rules takes a list"));
  BOOST_TEST(ErrorOf("[gate]\ngate = [\n1]\n")
                 .starts_with("prof2cg.toml: line 3: gate takes text"));
  BOOST_TEST(ErrorOf("[gate]\nbudgets = [\n\"calls f <= 2\",\n\"nonsense\"]\n")
                 .starts_with("prof2cg.toml: line 4: budget 'nonsense': "));
  BOOST_TEST(ErrorOf("[gate]\nrules = [\"nonsense\"]\n")
                 .starts_with("prof2cg.toml: line 2: rule 'nonsense': "));
  BOOST_TEST(ErrorOf("[gate]\nthresholds = [\"x\"]\n")
                 .starts_with("prof2cg.toml: line 2: threshold x: "));
  BOOST_TEST(ErrorOf("[gate]\nalpha = \n").starts_with("prof2cg.toml: line "));
  for (const char* head : {"[", "[!]", "[[", "[ =", "[é]"}) {
    BOOST_TEST(ErrorOf('\n' + std::string(head) + '\n')
                   .starts_with("prof2cg.toml: line 2: "));
  }
  BOOST_TEST(ErrorOf("gate = 1\n")
                 .starts_with("prof2cg.toml: line 1: gate is the name of"));
}

BOOST_AUTO_TEST_CASE(DeepNestingIsAnError) {
  BOOST_TEST(ErrorOf("[gate]\ngate = " + std::string(100'000, '['))
                 .starts_with("prof2cg.toml: line 2: "));
}

BOOST_AUTO_TEST_CASE(WithoutAFileNothingIsSet) {
  DiffOptions options;
  ReadConfig(options);
  BOOST_TEST(options.config == "");
  BOOST_TEST(options.budgets.empty());
  options.config = "no/such.toml";
  BOOST_CHECK_THROW(ReadConfig(options), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
