// Functions told apart as Callgrind does it itself: what it says of a program
// with its options, against what we make, with the same options, of the whole
// stacks of that program.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;

// A leaf of several callers, direct recursion, recursion through another
// function and through itself, calls by pointer.
constexpr const char* kProgram = R"(
volatile int sum = 1;
void leaf(int n) { while (n-- > 0) ++sum; }
void mid1(void) { leaf(40); leaf(2); }
void mid2(void) { leaf(10); }
void rec(int n) {
  leaf(n);
  if (n > 0) rec(n - 1);
}
void odd(int n);
void even(int n) {
  leaf(1);
  if (n > 0) odd(n - 1);
}
void odd(int n) {
  if (n % 3 == 0) rec(2);
  if (n > 0) even(n - 1);
}
void both(int n) {
  if (n <= 0) return leaf(7);
  both(n - 1);
  if (n % 2) twice(both, n - 2);
}
void twice(void (*f)(int), int n) { f(n); f(n + 1); }
int main(void) {
  void (*volatile functions[])(int) = {leaf, rec, odd, both};
  mid1();
  mid2();
  rec(5);
  even(7);
  for (int i = 0; i < 4; ++i) twice(functions[i], 3);
  leaf(3);
}
)";

// By name; of functions that cost nothing themselves, none.
using SelfCosts = std::map<std::string, int64_t>;

class Program {
 public:
  Program() {
    const std::string declared = "void twice(void (*)(int), int);";
    WriteFile(folder_ / "app.c", declared + kProgram);
    // With a library of its own, functions of one name are one function.
    Check("cc -O0 -static -o app app.c");
  }

  // What Callgrind says with its own options. Its ids of names clash where it
  // has functions of different numbers of levels, so names stand in full.
  SelfCosts RunUnderCallgrind(const std::string& options) const {
    Check(
        "env -i valgrind -q --tool=callgrind --callgrind-out-file=out "
        "--compress-strings=no " +
        options + " ./app");
    return Top("out", "");
  }

  SelfCosts Top(const std::string& file, const std::string& options) const {
    const Json report =
        Json::parse(Check("$P top --json -n 0 " + file + " " + options));
    SelfCosts costs;
    for (const Json& function : report["functions"]) {
      const int64_t self = function["self"];
      if (self != 0) costs[function["name"]] += self;
    }
    return costs;
  }

  std::string Check(const std::string& line) const {
    const Result result = folder_.Run(line);
    BOOST_REQUIRE_MESSAGE(result.status == 0, line + ": " + result.err);
    return result.out;
  }

  const Folder& folder() const { return folder_; }

 private:
  const Folder folder_;
};

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// From the last function to the first, of "f'3'caller'caller2". Such a name
// leaves open when direct recursion took place: it is put at the end.
std::vector<std::string> StackOf(const std::string& name) {
  std::vector<std::string> stack = Split(name, '\'');
  int64_t level = 1;
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (stack.size() > 1 && std::ranges::all_of(stack[1], is_digit)) {
    level = std::stoll(stack[1]);
    stack.erase(stack.begin() + 1);
  }
  const std::string function = stack.front();
  while (std::ranges::count(stack, function) < level) {
    stack.insert(stack.begin(), function);
  }
  return stack;
}

// In gprof2dot's schema.
std::string StacksAsJson(const SelfCosts& costs) {
  std::map<std::string, size_t> rows;
  Json json = {{"version", 0}, {"costs", {{{"description", "Ir"}}}}};
  for (const auto& [name, self] : costs) {
    Json chain = Json::array();
    for (const std::string& function : StackOf(name)) {
      const auto [row, is_new] = rows.try_emplace(function, rows.size());
      if (is_new) json["functions"].push_back({{"name", function}});
      chain.push_back(row->second);
    }
    json["events"].push_back({{"callchain", chain}, {"cost", {self}}});
  }
  return json.dump();
}

int64_t Total(const SelfCosts& costs) {
  int64_t total = 0;
  for (const auto& [name, self] : costs) total += self;
  return total;
}

BOOST_AUTO_TEST_CASE(NamesAndCostsAreThoseOfCallgrind) {
  const Program program;
  const SelfCosts whole =
      program.RunUnderCallgrind("--separate-callers=100 --separate-recs=100");
  BOOST_REQUIRE(whole.contains("leaf'both'twice'both'twice'main'(below main)"));
  WriteFile(program.folder() / "stacks.json", StacksAsJson(whole));
  // Without callers, we do not tell levels of recursion apart unless asked.
  const struct {
    const char* options;
    const char* ours = "";
  } cases[] = {
      {"", "--separate-recs=2"},
      {"--separate-callers=1"},
      {"--separate-callers=2"},
      {"--separate-callers=3"},
      {"--separate-callers=50"},
      {"--separate-callers2=leaf"},
      {"--separate-callers=3 --separate-callers1=leaf"},
      {"--separate-callers1=leaf --separate-callers=2"},
      {"--separate-callers=1 '--separate-callers3=mid?' "
       "'--separate-callers2=*e*f'"},
      {"--separate-recs=1"},
      {"--separate-recs=3"},
      {"--separate-recs10=rec", "--separate-recs=2"},
      {"--separate-callers=2 --separate-recs=1"},
      {"--separate-callers=1 --separate-recs=4 --separate-recs1=odd"},
  };
  for (const auto& [options, ours] : cases) {
    BOOST_TEST_CONTEXT(options) {
      const SelfCosts expected = program.RunUnderCallgrind(options);
      const SelfCosts got =
          program.Top("stacks.json", std::string(options) + " " + ours);
      BOOST_TEST(Total(got) == Total(whole));
      BOOST_TEST(got.size() == expected.size());
      for (const auto& [name, self] : expected) {
        const auto found = got.find(name);
        BOOST_TEST((found != got.end()), name);
        if (found != got.end()) BOOST_TEST(found->second == self, name);
      }
    }
  }
}

}  // namespace
}  // namespace prof2cg
