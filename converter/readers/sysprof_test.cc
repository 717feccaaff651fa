#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

std::string Element(const std::string& name, const std::string& text) {
  return "<" + name + ">" + text + "</" + name + ">\n";
}
std::string Object(int64_t id, const std::string& name, int64_t self) {
  return "<object id=\"" + std::to_string(id) + "\">" +
         Element("name", '"' + name + '"') + Element("total", "9") +
         Element("self", std::to_string(self)) + "</object>\n";
}
std::string Node(int64_t id, int64_t object, int64_t parent, int64_t self) {
  return "<node id=\"" + std::to_string(id) + "\">" +
         Element("object", std::to_string(object)) + Element("siblings", "0") +
         Element("parent", std::to_string(parent)) +
         Element("self", std::to_string(self)) + "</node>\n";
}
std::string Document(const std::string& objects, const std::string& nodes) {
  return Element("profile", Element("size", "9") + Element("objects", objects) +
                                Element("nodes", nodes));
}
Profile ReadSysprof(const std::string& document) {
  return ReadStacks("sysprof", document);
}

BOOST_AUTO_TEST_SUITE(SysprofReader)

// Lists, and what is in them, stand in any order.
BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    constexpr size_t kFunctions = 5;
    const size_t count = 1 + random() % 30;
    std::vector<std::vector<SampleFrame>> stacks;
    std::vector<std::string> nodes;
    std::vector<int64_t> selfs(kFunctions);
    StackModel model;
    for (size_t row = 0; row < count; ++row) {
      const size_t parent = random() % (row + 1);  // 0 is nobody
      const size_t function = random() % kFunctions;
      const auto self = static_cast<int64_t>(random() % 4);
      stacks.push_back(parent == 0 ? std::vector<SampleFrame>()
                                   : stacks[parent - 1]);
      stacks.back().push_back(
          {"", {"f" + std::to_string(function), "", "", 0}, 0});
      model.Add(StackOf(stacks.back()), {self});
      selfs[function] += self;
      nodes.push_back(Node(static_cast<int64_t>(row + 1),
                           static_cast<int64_t>(function + 7),
                           static_cast<int64_t>(parent), self));
    }
    std::ranges::shuffle(nodes, random);
    std::string lists[2] = {"", ""};
    for (const std::string& node : nodes) lists[1] += node;
    // Those that no node has would be functions of their own.
    for (size_t f = 0; f < kFunctions; ++f) {
      const std::string place = Element("object", std::to_string(f + 7));
      if (lists[1].find(place) == std::string::npos) continue;
      lists[0] += Object(static_cast<int64_t>(f + 7), "f" + std::to_string(f),
                         selfs[f]);
    }
    const std::string objects = Element("objects", lists[0]);
    const std::string tree = Element("nodes", lists[1]);
    const Profile profile = ReadSysprof(Element(
        "profile", random() % 2 == 0 ? objects + tree : tree + objects));
    BOOST_CHECK(Sorted(ContentsOf(profile)) == model.Sum());
    BOOST_TEST(OdditiesOf(profile) == "");
  }
}

BOOST_AUTO_TEST_CASE(SamplesAreCountedAndCallsAreNot) {
  const Profile profile =
      ReadSysprof(Document(Object(1, "main", 3), Node(1, 1, 0, 3)));
  BOOST_CHECK(profile.events ==
              EventSet({{"samples", "Samples", Unit::kCount}}));
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
}

BOOST_AUTO_TEST_CASE(NamesAreWithoutTheirQuotes) {
  const Profile profile = ReadSysprof(
      Document(Object(1, "a &lt;b&gt; &quot;c&quot;", 0) + Object(2, "", 0) +
                   "<object id=\"3\"><name>x</name><self>0</self></object>" +
                   "<object id=\"4\"><name>\"</name><self>0</self></object>",
               ""));
  BOOST_TEST(ShowFunctions(profile) == "a <b> \"c\"  \n  \nx  \n\"  \n");
}

BOOST_AUTO_TEST_CASE(WhatNodesHaveCountsAndContradictionsAreCounted) {
  const Profile profile = ReadSysprof(
      Document(Object(1, "main", 3) + Object(2, "f", 5) + Object(3, "g", 1),
               Node(1, 1, 0, 3) + Node(2, 2, 1, 4) + Node(3, 2, 2, 2)));
  BOOST_TEST(ShowStacks(profile) == "main 3\nmain;f 4\nmain;f;f 2\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "2 functions have other own samples than their nodes: theirs are "
             "taken\n");
}

BOOST_AUTO_TEST_CASE(OtherElementsAreLeftOut) {
  const Profile profile = ReadSysprof(
      "<?xml version=\"1.0\"?><profile a='b'><x><y id='z'><self>q</self></y>"
      "</x><objects><object id='1'><name>\"f\"</name><self>2<b>7</b></self>"
      "<new>x</new></object></objects><nodes><node name='x' id='1'>"
      "<object>1</object><parent>0</parent><self>2</self></node></nodes>"
      "</profile>");
  BOOST_TEST(ShowStacks(profile) == "f 2\n");
}

BOOST_AUTO_TEST_CASE(WhatIsNoProfileIsRefused) {
  const std::string object = Object(1, "f", 1);
  const std::pair<std::string, std::string_view> rows[] = {
      {"", "line 1: no element found, at byte 0"},
      {"<a/>", "line 1: expected a <profile>, found \"a\", at byte 0"},
      {"<!DOCTYPE a [<!ENTITY b \"c\">]><profile/>",
       "line 1: a document type: refused, at byte 12"},
      {"<profile><objects><object/></objects></profile>",
       "line 1: expected an id, at byte 18"},
      {"<profile><objects><object id='x'/></objects></profile>",
       "line 1: expected a number, found \"x\", at byte 18"},
      {"<profile><objects><object id='1'/></objects></profile>",
       "line 1: expected a <self>, at byte 34"},
      {"<profile><nodes><node id='1'><self>-1</self></node></nodes></profile>",
       "line 1: expected a number, found \"-1\", at byte 37"},
      {"<profile><nodes>\n<node id='1'><self>1</self></node></nodes></profile>",
       "line 2: expected a <object>, at byte 44"},
      {"<profile><objects>" + object + object + "</objects></profile>",
       "line 8: expected another id, found \"1\", at byte 156"},
      {Document(object, Node(1, 2, 0, 1)),
       "a node has the object 2, which is not in the file"},
      {Document(object, Node(1, 1, 2, 1)),
       "a node has the parent 2, which is not in the file"},
      {Document(object, Node(1, 1, 2, 1) + Node(2, 1, 1, 1)),
       "a node is its own caller"},
  };
  for (const auto& [text, message] : rows) {
    BOOST_TEST(Refusal("sysprof", text) == message);
  }
}

BOOST_AUTO_TEST_CASE(ProfilesAreFoundByTheirFirstElements) {
  for (const std::string text :
       {"<profile>\n  <size>9</size>", "<profile><objects>",
        "\xef\xbb\xbf<?xml version='1.0'?>\n<profile>\r\n<call_tree>"}) {
    BOOST_TEST(DetectReader(text).name == "sysprof");
  }
  for (const std::string text :
       {"<profile>", "<profiles><size>", "<profile><name>", "<?xml", "<size>",
        "<?xml version='1.0'?><settings><profile><size>"}) {
    BOOST_CHECK_THROW(DetectReader(text), Error);
  }
}

// The last node stands first: following its callers for each would take hours.
BOOST_AUTO_TEST_CASE(ADeepTreeTakesLinearTime) {
  constexpr int64_t kDepth = 100'000;
  std::string nodes;
  for (int64_t id = kDepth; id > 0; --id) nodes += Node(id, 1, id - 1, 1);
  const Profile profile = ReadSysprof(Document(Object(1, "f", kDepth), nodes));
  BOOST_TEST(profile.contexts->contexts.size() == kDepth);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
