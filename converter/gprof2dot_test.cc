// What prof2cg draws beside what gprof2dot has drawn: the goldens hold
// gprof2dot's statements, with those corrected that prof2cg means to have
// otherwise (tools/interop/gprof2dot, which writes them). A golden's first line
// is the command that it stands for.
#include <graphviz/cgraph.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

// What a command writes, in which gprof2dot is prof2cg.
std::string Run(const std::string& command) {
  const Result result =
      Folder().Run("ln -s $P gprof2dot; PATH=$PWD:$PATH; set -f; cd " +
                   kRoot.string() + "; " + command);
  BOOST_TEST(result.status == 0, command + ": " + result.err);
  return result.out;
}

// A number by value: "10.00" and "10" are the same.
std::string Plain(const std::string& value) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0') return value;
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

// The statements of a DOT file, in order, by what they say: an attribute that
// is not given has its default, and ids do not count. An edge has its ends'
// labels.
std::vector<std::string> Statements(const std::string& dot) {
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot.c_str()));
  BOOST_REQUIRE(graph != nullptr);
  const auto value = [](void* object, const char* name) {
    const char* text = agget(object, const_cast<char*>(name));
    return std::string(text == nullptr ? "" : text);
  };
  const auto all = [&](void* object, int kind) {
    std::map<std::string, std::string> values;
    for (Agsym_t* a = nullptr; (a = agnxtattr(graph.get(), kind, a));) {
      values[a->name] = Plain(value(object, a->name));
    }
    std::string text;
    for (const auto& [name, v] : values) {
      if (!v.empty()) text += " " + name + "=" + v;
    }
    return text;
  };
  std::vector<std::string> statements = {"graph" + all(graph.get(), AGRAPH)};
  for (Agnode_t* n = agfstnode(graph.get()); n != nullptr;
       n = agnxtnode(graph.get(), n)) {
    statements.push_back("node" + all(n, AGNODE));
    for (Agedge_t* e = agfstout(graph.get(), n); e != nullptr;
         e = agnxtout(graph.get(), e)) {
      statements.push_back(value(n, "label") + " -> " +
                           value(aghead(e), "label") + all(e, AGEDGE));
    }
  }
  std::ranges::sort(statements);
  return statements;
}

// Those of `some` that are not among `others`, a line each.
std::string Without(const std::vector<std::string>& some,
                    const std::vector<std::string>& others, char mark) {
  std::vector<std::string> left;
  std::ranges::set_difference(some, others, std::back_inserter(left));
  std::string lines;
  for (const std::string& statement : left) {
    lines += std::string("\n") + mark + " " + statement;
  }
  return lines;
}

BOOST_AUTO_TEST_CASE(PicturesMeanWhatGprof2dotsMean) {
  int compared = 0;
  for (const auto& entry :
       fs::directory_iterator(kRoot / "testdata/golden/gprof2dot")) {
    if (entry.path().extension() != ".dot") continue;
    const std::string golden = ReadFile(entry.path());
    constexpr std::string_view kComment = "// ";
    const std::string command =
        golden.substr(kComment.size(), golden.find('\n') - kComment.size());
    const std::vector<std::string> expected = Statements(golden);
    const std::vector<std::string> drawn = Statements(Run(command));
    BOOST_TEST((drawn == expected), command << Without(expected, drawn, '-')
                                            << Without(drawn, expected, '+'));
    BOOST_TEST(expected.size() > 3, command);
    ++compared;
  }
  BOOST_TEST(compared >= 25);
}

}  // namespace
}  // namespace prof2cg
