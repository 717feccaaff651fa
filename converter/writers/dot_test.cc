#include <graphviz/cgraph.h>

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/output.h"
#include "converter/io/test_support.h"
#include "converter/picture/draw.h"
#include "converter/writers/writer.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

std::string Dot(const Picture& picture) {
  const TestFolder folder;
  Output output(folder / "picture.dot", {});
  FindWriter("dot")->draw(picture, output);
  output.Commit();
  return ContentOf(folder / "picture.dot");
}

struct Close {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using Graph = std::unique_ptr<Agraph_t, Close>;

Graph Parse(const std::string& dot) { return Graph(agmemread(dot.c_str())); }

std::string Attribute(void* object, const char* name) {
  const char* value = agget(object, const_cast<char*>(name));
  return value == nullptr ? "" : value;
}

// What Graphviz makes of a label's escapes (its lib/common: \n, \l and \r end
// lines, \N, \G, \L and others are replaced; before anything else a backslash
// is dropped; names of characters, "&lt;", are the characters). Ours has only
// \n,
// \\ and &amp;.
std::string Shown(std::string_view label) {
  constexpr std::string_view kAmpersand = "&amp;";
  std::string text;
  for (size_t i = 0; i < label.size(); ++i) {
    if (label.substr(i).starts_with(kAmpersand)) {
      text += '&';
      i += kAmpersand.size() - 1;
    } else if (label[i] == '\\') {
      ++i;
      BOOST_REQUIRE(i < label.size());
      BOOST_REQUIRE((label[i] == 'n' || label[i] == '\\'));
      text += label[i] == 'n' ? '\n' : '\\';
    } else {
      text += label[i];
    }
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(DotSuite)

// Whatever a function is called, Graphviz reads one node that shows its name.
BOOST_AUTO_TEST_CASE(NamesAreTextAndNothingElse) {
  const struct {
    std::string name;
    std::string shown;
  } kRows[] = {
      {"plain", "plain"},
      {"", ""},
      {"say \"hi\"", "say \"hi\""},
      {"\"", "\""},
      {"back\\slash", "back\\slash"},
      {"ends with \\", "ends with \\"},
      {"\\\"", "\\\""},
      {"\\N \\G \\l \\n", "\\N \\G \\l \\n"},
      {"<b>bold</b>", "<b>bold</b>"},
      {"<table><tr><td/></tr></table>", "<table><tr><td/></tr></table>"},
      {"&lt;b&gt; &amp;", "&lt;b&gt; &amp;"},
      {"&#60; &; &&quot; T& a&b;", "&#60; &; &&quot; T& a&b;"},
      {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
      {std::string("nul\0nul", 7), "nul\\x00nul"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"right\u202eleft", "right\\u202eleft"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"naïve 日本語 😀", "naïve 日本語 😀"},
      {"digraph", "digraph"},
      {"0x12ab", "0x12ab"},
      {"12ab", "12ab"},
      {"a -> b [color=red];", "a -> b [color=red];"},
      {"} // /* #", "} // /* #"},
      {"line\\\nends", "line\\\\nends"},
  };
  SampleProfile sample;
  uint32_t line = 0;
  for (const auto& row : kRows) {
    sample.Add(row.name, row.name, ++line, {1, 1}, {1}, {1});
  }
  sample.profile().naming = Naming::kModuleLineName;
  const Profile profile = sample.Build();
  PictureOptions options;
  options.cluster_by = ClusterBy::kFile;
  options.link = "x:{name}";
  const Graph graph = Parse(Dot(Draw(profile, options, false)));
  BOOST_REQUIRE(graph != nullptr);
  BOOST_TEST(agnnodes(graph.get()) == static_cast<int>(std::size(kRows)));
  for (size_t i = 0; i < std::size(kRows); ++i) {
    Agnode_t* const node =
        agnode(graph.get(), std::to_string(i).data(), /*create=*/0);
    BOOST_REQUIRE(node != nullptr);
    const std::string label = Attribute(node, "label");
    BOOST_TEST(aghtmlstr(agget(node, const_cast<char*>("label"))) == 0, label);
    const std::string shown = Shown(label);
    BOOST_TEST(shown.find(":" + std::to_string(i + 1) + ":" + kRows[i].shown +
                          "\n") != std::string::npos,
               shown);
    BOOST_TEST(Shown(Attribute(node, "tooltip")) == kRows[i].shown);
  }
}

BOOST_AUTO_TEST_CASE(WhatIsEstimatedHasDashes) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {2});
  sample.Call(f, sample.Add("g", {1, 1}, {1}, {1}), {1, 1}, {1}, {1});
  sample.profile().provenance.estimated_functions = {false, true};
  sample.profile().provenance.estimated_calls = {true};
  const Profile profile = sample.Build();
  const Graph graph = Parse(Dot(Draw(profile, {}, false)));
  BOOST_REQUIRE(graph != nullptr);
  Agnode_t* const first = agfstnode(graph.get());
  Agnode_t* const second = agnxtnode(graph.get(), first);
  BOOST_TEST(Attribute(first, "style") == "filled");
  BOOST_TEST(Attribute(second, "style") == "dashed,filled");
  BOOST_TEST(Attribute(agfstout(graph.get(), first), "style") == "dashed");
}

BOOST_AUTO_TEST_CASE(BondsAreNoCalls) {
  SampleProfile sample;
  sample.Add("f'a", {1, 1}, {1}, {1});
  sample.Add("f'b", {1, 1}, {1}, {1});
  const Profile profile = sample.Build();
  Picture picture = Draw(profile, {}, false);
  picture.bonds = {{0, 1}};
  const Graph graph = Parse(Dot(picture));
  BOOST_REQUIRE(graph != nullptr);
  Agedge_t* const bond = agfstout(graph.get(), agfstnode(graph.get()));
  BOOST_REQUIRE(bond != nullptr);
  BOOST_TEST(Attribute(bond, "dir") == "none");
  BOOST_TEST(Attribute(bond, "constraint") == "false");
}

BOOST_AUTO_TEST_CASE(AVeryLongNameIsCutAndRead) {
  SampleProfile sample;
  sample.Add(std::string(1'000'000, '"'), {1, 1}, {1}, {1});
  const Profile profile = sample.Build();
  const std::string dot = Dot(Draw(profile, {}, false));
  BOOST_TEST(dot.size() < 20'000);
  BOOST_REQUIRE(Parse(dot) != nullptr);
}

BOOST_AUTO_TEST_CASE(AnyBytesAreRead) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::string name(1 + random() % 40, '\0');
    for (char& c : name) {
      c = random() % 2 == 0 ? "\\\"<>&n\n"[random() % 7]
                            : static_cast<char>(random());
    }
    SampleProfile sample;
    sample.Add(name, {1, 1}, {1}, {1});
    const Profile profile = sample.Build();
    const Graph graph = Parse(Dot(Draw(profile, {}, false)));
    BOOST_REQUIRE(graph != nullptr);
    BOOST_TEST(agnnodes(graph.get()) == 1);
  }
}

BOOST_AUTO_TEST_CASE(WhatIsNoNameOfACharacterStaysAsItIs) {
  SampleProfile sample;
  for (const char* name : {"f(T&) && a &", "&;", "&lt;", "&#x3c;&"}) {
    sample.Add(name, {1, 1}, {1}, {1});
  }
  const Profile profile = sample.Build();
  const std::string dot = Dot(Draw(profile, {}, false));
  for (const char* label :
       {"\"f(T&) && a &\\n", "\"&;\\n", "\"&amp;lt;\\n", "\"&amp;#x3c;&\\n"}) {
    BOOST_TEST(dot.find(label) != dot.npos, label);
  }
}

// For readers of DOT that know no strings over several lines.
BOOST_AUTO_TEST_CASE(AStringStandsOnOneLine) {
  SampleProfile sample;
  sample.Add(std::string(2000, 'x'), {1, 1}, {1}, {1});
  const Profile profile = sample.Build();
  BOOST_TEST(Dot(Draw(profile, {}, false)).find("\\\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(NotesAreComments) {
  SampleProfile sample;
  const Profile profile = sample.Build();
  Picture picture = Draw(profile, {}, false);
  picture.notes = {"one", "two"};
  const std::string dot = Dot(picture);
  BOOST_TEST(dot.find("\n// one\n// two\n") != std::string::npos);
  BOOST_REQUIRE(Parse(dot) != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
