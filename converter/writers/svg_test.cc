#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/utf8.h"
#include "converter/io/xml_tree.h"
#include "converter/writers/sample_picture.h"
#include "converter/writers/test_support.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

using nlohmann::json;

XmlElement Drawn(const Picture& picture) { return ParseXml(Svg(picture)); }

json ViewsOf(const XmlElement& element) {
  return json::parse(element.Get("data-views"));
}

// All text that can be seen of an element.
std::string TextOf(const XmlElement& element) {
  std::string text;
  element.Visit([&](const XmlElement& inner) {
    if (inner.name == "text" || inner.name == "tspan") text += inner.text + " ";
  });
  return text;
}

bool Has(std::string_view text, std::string_view piece) {
  return text.find(piece) != text.npos;
}

// main, whose name, file, object, event, notes and all else are `text`.
SamplePicture Named(const std::string& text) {
  SampleProfile builder(EventSet({{"e", text, Unit::kCount}}));
  const FunctionId f = builder.Add(text, text, 3, {1, 1}, {5}, {10}, text);
  const FunctionId g = builder.Add(text + "2", text, 4, {1, 1}, {5}, {5}, "");
  builder.Call(f, g, {1, 1}, {5}, {5});
  SamplePicture sample = DrawAll(builder.Build());
  Picture& picture = sample.picture;
  picture.title = text;
  picture.notes = {text, text};
  picture.clusters = {text};
  for (PictureNode& node : picture.nodes) {
    node.cluster = 0;
    node.place = node.label = node.tooltip = text;
    node.callers = {text};
    node.link = "https://example.org/" + text;
  }
  for (NodeFigures& figures : picture.views[0].nodes) figures.label = text;
  for (EdgeFigures& figures : picture.views[0].edges) figures.label = text;
  return sample;
}

BOOST_AUTO_TEST_SUITE(SvgWriter)

BOOST_AUTO_TEST_CASE(EveryNodeAndEdgeIsThereWithItsText) {
  const SamplePicture sample = RandomPicture(40, 1);
  const XmlElement svg = Drawn(sample.picture);
  const auto nodes = svg.WithClass("node");
  const auto edges = svg.WithClass("edge");
  BOOST_TEST(nodes.size() == sample.picture.nodes.size());
  BOOST_TEST(edges.size() == sample.picture.edges.size());
  for (size_t n = 0; n < nodes.size(); ++n) {
    const NodeFigures& figures = sample.picture.views[0].nodes[n];
    BOOST_TEST(nodes[n]->Get("data-name") == sample.picture.nodes[n].name);
    BOOST_TEST(Has(TextOf(*nodes[n]), SamplePercent(figures.total_share)));
    BOOST_TEST(Has(TextOf(*nodes[n]), sample.picture.nodes[n].place));
  }
}

BOOST_AUTO_TEST_CASE(EveryViewIsThereForTheScript) {
  const SamplePicture sample = SmallPicture();
  const XmlElement svg = Drawn(sample.picture);
  BOOST_TEST(json::parse(svg.Get("data-events")).dump() ==
             R"([["Time","100 ms",["0%","of the total","100%"]],)"
             R"(["Bytes","4.88 KiB",["0%","of the total","100%"]]])");
  // parse: 20 of 24 ms, 1000 of 4000 bytes.
  BOOST_TEST(ViewsOf(*svg.WithClass("node")[1]).dump(-1, ' ', true) ==
             "[[8,0.24,\"20.0 ms\",\"20.0%\",\"24.0 ms\",\"24.0%\","
             "[\"24.00%\\u2002(20.00%)\\u200210\\u00d7\"]],"
             "[26,0.8,\"1 000 B\",\"20.0%\",\"3.91 KiB\",\"80.0%\","
             "[\"80.00%\\u2002(20.00%)\\u200210\\u00d7\"]]]");
  // draw calls helper 234 times for 5 ms.
  const XmlElement& call = *svg.WithClass("edge")[4];
  BOOST_TEST(call.Get("data-caller") == "2");
  BOOST_TEST(call.Get("data-callee") == "3");
  BOOST_TEST(call.Get("data-calls") == "234");
  const json view = ViewsOf(call)[0];
  BOOST_TEST(view[2] == "5.00 ms");
  BOOST_TEST(view[3] == "5.0%");
  BOOST_TEST(view[4] == "21.4 µs");
  BOOST_TEST(view[5] == "6.7%");   // of draw's 75 ms
  BOOST_TEST(view[6] == "55.6%");  // of helper's 9 ms
}

BOOST_AUTO_TEST_CASE(WithoutAScriptTitlesTellEveryEvent) {
  const SamplePicture sample = SmallPicture();
  const XmlElement svg = Drawn(sample.picture);
  BOOST_TEST(svg.WithClass("node")[1]->Find("title")->text ==
             "parse\n/app/parser.py:20\n"
             "Time: 24.0 ms 24.0%, self 20.0 ms 20.0%\n"
             "Bytes: 3.91 KiB 80.0%, self 1 000 B 20.0%\n10 calls");
  BOOST_TEST(svg.WithClass("edge")[4]->Find("title")->text ==
             "draw → helper\nTime: 5.00 ms 5.0%\nBytes: 400 B 8.0%\n"
             "234 calls");
}

BOOST_AUTO_TEST_CASE(TitleTotalNotesAndLegendAreInTheDrawing) {
  const SamplePicture sample = SmallPicture();
  const XmlElement svg = Drawn(sample.picture);
  const std::string caption = TextOf(*svg.WithClass("caption")[0]);
  for (const char* line :
       {"app.py --fast", "Time: 100 ms in total",
        "measured 100.0 %, estimated 0.0 %, lost 0", "100%"}) {
    BOOST_TEST(Has(caption, line));
  }
  BOOST_TEST(svg.WithClass("swatch").size() == 33u);
}

BOOST_AUTO_TEST_CASE(WhatIsEstimatedHasDashesAndSaysSo) {
  SamplePicture sample = SmallPicture();
  sample.picture.nodes[1].is_estimated = true;
  sample.picture.edges[2].is_estimated = true;
  const XmlElement svg = Drawn(sample.picture);
  const auto check = [](const auto& elements, const char* shape, size_t which) {
    for (size_t i = 0; i < elements.size(); ++i) {
      const bool has_dashes =
          elements[i]->Find(shape)->attributes.contains("stroke-dasharray");
      BOOST_TEST(has_dashes == (i == which));
      BOOST_TEST(elements[i]->Find("title")->text.ends_with("\nestimated") ==
                 (i == which));
    }
  };
  check(svg.WithClass("node"), "rect", 1);
  check(svg.WithClass("edge"), "path", 2);
}

BOOST_AUTO_TEST_CASE(BondsLieBehindTheNodesThatTheyLeadTo) {
  SamplePicture sample = SmallPicture();
  BOOST_TEST(Drawn(sample.picture).WithClass("bond").empty());
  sample.picture.bonds = {{1, 3}, {2, 2}};
  const XmlElement svg = Drawn(sample.picture);
  const auto bonds = svg.WithClass("bond");
  BOOST_REQUIRE(bonds.size() == 2u);
  const auto place = [&](size_t n) {
    const std::string transform = svg.WithClass("node")[n]->Get("transform");
    const size_t begin = transform.find('(') + 1;
    return transform.substr(begin, transform.find(')') - begin);
  };
  BOOST_TEST(bonds[0]->Get("d").starts_with("M" + place(1)));
  BOOST_TEST(Has(bonds[0]->Get("d"), place(3) + " "));
  BOOST_TEST(!Has(bonds[1]->Get("d"), "nan"));
}

// A strict policy leaves presentation attributes only.
BOOST_AUTO_TEST_CASE(ColorsAndFontsStandInAttributes) {
  for (const Theme& theme : Themes()) {
    const SamplePicture sample = SmallPicture(theme.name);
    const XmlElement svg = Drawn(sample.picture);
    for (const XmlElement* node : svg.WithClass("node")) {
      BOOST_TEST(node->Get("fill").size() == 7u);
      BOOST_TEST(node->Find("rect")->Get("fill").size() == 7u);
      BOOST_TEST(node->Find("rect")->Get("stroke").size() == 7u);
      BOOST_TEST(std::stod(node->Find("text")->Get("font-size")) > 8);
    }
    for (const XmlElement* edge : svg.WithClass("edge")) {
      BOOST_TEST(edge->Find("path")->Get("stroke").size() == 7u);
      BOOST_TEST(edge->Find("path")->Get("fill") == "none");
    }
    svg.Visit([](const XmlElement& element) {
      BOOST_TEST(!element.attributes.contains("style"));
      BOOST_TEST(!element.attributes.contains("id"));
    });
  }
}

BOOST_AUTO_TEST_CASE(EverythingHasARoleANameAndAPlaceInTheTabOrder) {
  const SamplePicture sample = SmallPicture();
  const XmlElement svg = Drawn(sample.picture);
  BOOST_TEST(svg.Get("role") == "graphics-document");
  BOOST_TEST(svg.Get("aria-label") == "app.py --fast");
  for (const char* kind : {"node", "edge"}) {
    for (const XmlElement* part : svg.WithClass(kind)) {
      BOOST_TEST(part->Get("tabindex") == "0");
      BOOST_TEST(part->Get("role") == "img");
      BOOST_TEST(part->children.front().name == "title");
      BOOST_TEST(!part->children.front().text.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(CallsStandBehindTheirCaller) {
  const SamplePicture sample = RandomPicture(30, 2);
  const XmlElement svg = Drawn(sample.picture);
  int64_t node = -1;
  svg.Visit([&](const XmlElement& element) {
    if (element.HasClass("node")) ++node;
    if (element.HasClass("edge")) {
      BOOST_TEST(element.Get("data-caller") == std::to_string(node));
    }
  });
}

BOOST_AUTO_TEST_CASE(NodesLinkToTheirSourceUnlessThatCouldRunAScript) {
  SamplePicture sample = SmallPicture();
  sample.picture.nodes[0].link = "https://example.org/?a=1&b=\"#L3";
  sample.picture.nodes[1].link = " javascript:alert(1)";
  const XmlElement svg = Drawn(sample.picture);
  const auto nodes = svg.WithClass("node");
  BOOST_TEST(nodes[0]->name == "a");
  BOOST_TEST(nodes[0]->Get("href") == sample.picture.nodes[0].link);
  for (size_t n = 1; n < nodes.size(); ++n) {
    BOOST_TEST(nodes[n]->name == "g");
    BOOST_TEST(nodes[n]->Get("href") == "");
  }
}

BOOST_AUTO_TEST_CASE(HostileTextChangesNoStructure) {
  const auto shape = [](const XmlElement& svg) {
    std::vector<std::string> words;
    svg.Visit([&](const XmlElement& element) {
      // Longer names have more lines.
      if (element.name == "tspan") return;
      words.push_back(element.name);
      for (const auto& [name, value] : element.attributes) {
        words.push_back(name);
      }
    });
    return words;
  };
  const std::vector<std::string> plain = shape(Drawn(Named("f").picture));
  std::vector<std::string> names = {"</script><script>alert(1)</script>",
                                    "]]>",
                                    "' onload='alert(1)",
                                    "\" onload=\"alert(1)",
                                    "<!--",
                                    "&#0;",
                                    "&lt;script&gt;",
                                    "\xef\xbf\xbf\xef\xbf\xbe",
                                    "</title></text></g></svg>"};
  for (const NastyName& nasty : NastyNames()) {
    if (!nasty.name.empty()) names.push_back(nasty.name);
  }
  for (const std::string& name : names) {
    const SamplePicture sample = Named(name);
    const std::string text = Svg(sample.picture);
    const XmlElement svg = ParseXml(text);
    BOOST_TEST((shape(svg) == plain));
    // Nothing but what is printed on one line.
    for (const XmlElement* node : svg.WithClass("node")) {
      BOOST_TEST(!Has(node->Get("data-name"), "\x1b"));
      BOOST_TEST(!Has(node->Get("data-name"), "\xe2\x80\xae"));
    }
  }
}

BOOST_AUTO_TEST_CASE(ScriptAndStyleAreTheSameForEveryProfile) {
  const auto constants = [](const XmlElement& svg) {
    return svg.Find("style")->text + svg.Find("script")->text;
  };
  const std::string plain = constants(Drawn(Named("f").picture));
  BOOST_TEST(constants(Drawn(Named("</script>").picture)) == plain);
  BOOST_TEST(constants(Drawn(RandomPicture(30, 1).picture)) == plain);
}

// As XML and as HTML, which reads script and style to their end tags.
BOOST_AUTO_TEST_CASE(ScriptAndStyleEndWhereTheyAreMeantTo) {
  const std::string text = Svg(SmallPicture().picture);
  const auto count = [&](std::string_view piece) {
    size_t found = 0;
    for (size_t at = text.find(piece); at != text.npos;
         at = text.find(piece, at + 1)) {
      ++found;
    }
    return found;
  };
  BOOST_TEST(count("]]>") == 1u);
  BOOST_TEST(count("</script") == 1u);
  BOOST_TEST(count("</style") == 1u);
  BOOST_TEST(count("<!--") == 1u);
}

BOOST_AUTO_TEST_CASE(ItAsksForNothingElse) {
  const XmlElement svg = Drawn(SmallPicture().picture);
  svg.Visit([](const XmlElement& element) {
    BOOST_TEST(element.Get("src") == "");
    BOOST_TEST(element.Get("href") == "");
    BOOST_TEST(!Has(element.text, "url("));
    BOOST_TEST(!Has(element.text, "@import"));
    BOOST_TEST(!Has(element.text, "fetch("));
    BOOST_TEST(!Has(element.text, "innerHTML"));
  });
}

BOOST_AUTO_TEST_CASE(TheViewBoxIsTheSizeAndHoldsAll) {
  const SamplePicture sample = RandomPicture(60, 3);
  const XmlElement svg = Drawn(sample.picture);
  BOOST_TEST(svg.Get("viewBox") ==
             "0 0 " + svg.Get("width") + " " + svg.Get("height"));
  BOOST_TEST(std::stod(svg.Get("width")) >= std::stod(svg.Get("data-width")));
  BOOST_TEST(std::stod(svg.Get("height")) > std::stod(svg.Get("data-height")));
}

BOOST_AUTO_TEST_CASE(UnknownSharesAreLeftOut) {
  SamplePicture sample = SmallPicture();
  for (PictureView& view : sample.picture.views) {
    view.nodes[1].total_share = view.nodes[1].weight = std::nan("");
  }
  const XmlElement svg = Drawn(sample.picture);
  const json view = ViewsOf(*svg.WithClass("node")[1])[0];
  BOOST_TEST(view[0] == 0);
  BOOST_TEST(view[1].is_null());
  BOOST_TEST(view[5] == "");
}

BOOST_AUTO_TEST_CASE(ComparedFunctionsShowWhereTheirShareWent) {
  SamplePicture sample = SmallPicture();
  sample.picture.is_comparison = true;
  sample.picture.nodes[1].trend = Trend::kGrew;
  sample.picture.nodes[2].trend = Trend::kShrank;
  const XmlElement svg = Drawn(sample.picture);
  const auto nodes = svg.WithClass("node");
  BOOST_TEST((nodes[0]->Find("polygon") == nullptr));
  BOOST_TEST(nodes[1]->Find("polygon")->Get("points") !=
             nodes[2]->Find("polygon")->Get("points"));
  BOOST_TEST(nodes[1]->Get("data-trend") == "grew");
  BOOST_TEST(Has(nodes[2]->Find("title")->text, "shrank"));
}

BOOST_AUTO_TEST_CASE(ManyEdgesAreWithoutTextButTellItInTitles) {
  const SamplePicture sample = RandomPicture(500, 3);
  BOOST_REQUIRE(sample.picture.edges.size() > 600u);
  const XmlElement svg = Drawn(sample.picture);
  const auto edges = svg.WithClass("edge");
  BOOST_TEST(edges.size() == sample.picture.edges.size());
  for (const XmlElement* edge : edges) {
    BOOST_TEST((edge->Find("text") == nullptr));
    BOOST_TEST(Has(edge->Find("title")->text, "Time: "));
  }
}

BOOST_AUTO_TEST_CASE(TheSamePictureIsTheSameBytes) {
  const std::string first = Svg(RandomPicture(40, 4).picture);
  BOOST_TEST(first == Svg(RandomPicture(40, 4).picture));
}

BOOST_AUTO_TEST_CASE(APictureOfNothingIsADocumentToo) {
  SamplePicture sample = DrawAll(SampleProfile().Build());
  sample.picture.title = "";
  const XmlElement svg = Drawn(sample.picture);
  BOOST_TEST(svg.WithClass("node").empty());
  BOOST_TEST(svg.Get("aria-label") == "Call graph");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
