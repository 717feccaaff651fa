// The SVG in a real browser, driven by mouse, touch and keys.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/writers/browser.h"
#include "converter/writers/sample_picture.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

using nlohmann::json;

// The one browser of this program, for all cases.
struct Started {
  Started() : browser(folder / "") { it = this; }
  ~Started() { it = nullptr; }

  static inline Started* it = nullptr;
  TestFolder folder;
  Browser browser;
};
BOOST_TEST_GLOBAL_FIXTURE(Started);

// A page with the picture; afterwards it must have had nothing to complain of.
class Page {
 public:
  explicit Page(const std::string& content, const char* name = "picture.svg")
      : path_(Started::it->folder / name) {
    std::ofstream(path_) << content;
    browser().Emulate("", false);
    browser().Open(path_);
  }
  ~Page() {
    for (const std::string& complaint : browser().TakeComplaints()) {
      BOOST_ERROR(complaint);
    }
  }
  Page(const Page&) = delete;

  Browser& browser() { return Started::it->browser; }
  Browser* operator->() { return &browser(); }

  // Of the elements of a selector, in the order of the document.
  std::vector<std::string> Names(const std::string& selector) {
    return browser().Evaluate("[...document.querySelectorAll(" +
                              json(selector).dump() +
                              ")].map((e) => e.dataset.name)");
  }
  size_t Count(const std::string& selector) {
    return browser().Evaluate("document.querySelectorAll(" +
                              json(selector).dump() + ").length");
  }
  std::string Text(const std::string& selector) {
    return browser().Evaluate("document.querySelector(" +
                              json(selector).dump() + ").textContent");
  }
  json Style(const std::string& selector, const std::string& property) {
    return browser().Evaluate("getComputedStyle(document.querySelector(" +
                              json(selector).dump() + "))." + property);
  }
  // Where the graph is: x, y, scale.
  std::vector<double> Place() {
    return browser().Evaluate(
        "document.querySelector('.graph').getAttribute('transform')"
        ".match(/-?[\\d.]+(e-?\\d+)?/g).map(Number)");
  }
  std::string Focused() {
    return browser().Evaluate("document.activeElement.dataset.name || ''");
  }
  void Focus(const std::string& name) {
    browser().Evaluate("document.querySelector('[data-name=" +
                       json(name).dump() + "]').focus()");
  }

 private:
  std::string path_;
};

std::string Node(const std::string& name) {
  return ".node[data-name=\"" + name + "\"]";
}

std::string Edge(int caller, int callee) {
  return ".edge[data-caller=\"" + std::to_string(caller) +
         "\"][data-callee=\"" + std::to_string(callee) + "\"]";
}

constexpr const char* kSearch = "input[type=search]";
constexpr const char* kPanel = ".panel:not([hidden])";

using Strings = std::vector<std::string>;

// main -> parse -> helper, main -> draw -> helper, draw -> draw.
BOOST_AUTO_TEST_SUITE(SvgInBrowser)

BOOST_AUTO_TEST_CASE(SearchFindsCountsAndJumps) {
  Page page(Svg(SmallPicture().picture));
  page->Press("/");
  page->Type("r");
  BOOST_TEST(page.Names(".found") == Strings({"parse", "draw", "helper"}),
             boost::test_tools::per_element());
  BOOST_TEST(page.Text(".status") == "1 of 3");
  BOOST_TEST(page.Names(".current") == Strings({"parse"}));
  page->Press("Enter");
  BOOST_TEST(page.Text(".status") == "2 of 3");
  BOOST_TEST(page.Names(".current") == Strings({"draw"}));
  page->Press("Enter", true);
  page->Press("Enter", true);
  BOOST_TEST(page.Text(".status") == "3 of 3");
  page->Press("Escape");
  BOOST_TEST(page.Count(".found") == 0u);
  BOOST_TEST(page.Text(".status") == "");
}

BOOST_AUTO_TEST_CASE(SearchTakesFilesAndRegularExpressions) {
  Page page(Svg(SmallPicture().picture));
  page->Press("f", false, true);
  page->Type("CANVAS.py");
  BOOST_TEST(page.Names(".found") == Strings({"draw"}));
  page->Press("Escape");
  page->Press("/");
  page->Type("/^(main|help.*)$/");
  BOOST_TEST(page.Names(".found") == Strings({"main", "helper"}));
  page->Press("Escape");
  page->Press("/");
  page->Type("/(/");
  BOOST_TEST(page.Count(".found") == 0u);
  BOOST_TEST(page.Text(".status") == "none");
  BOOST_TEST(page.Count("input.bad") == 1u);
}

BOOST_AUTO_TEST_CASE(AFoundFunctionComesIntoView) {
  const SamplePicture sample = RandomPicture(300, 1);
  Page page(Svg(sample.picture));
  const std::string last = page.Names(".node").back();
  page->Press("/");
  page->Type("py:300");  // the last one's file and line
  BOOST_TEST(page.Text(".status") == "1 of 1");
  const json box = page->Evaluate(
      "(({x, y, right, bottom}) => [x, y, right, bottom])("
      "document.querySelector('.current').getBoundingClientRect())");
  BOOST_TEST(box[0] >= 0);
  BOOST_TEST(box[1] >= 40);  // below the bar
  BOOST_TEST(box[2] <= 1400);
  BOOST_TEST(box[3] <= 900);
  BOOST_TEST(page.Place()[2] >= .69);  // and can be read
}

BOOST_AUTO_TEST_CASE(HoverShowsEveryEventOfANode) {
  Page page(Svg(SmallPicture().picture));
  BOOST_TEST(page.Count(kPanel) == 0u);
  page->MoveTo(Node("parse"));
  BOOST_TEST(page.Count(kPanel) == 1u);
  const std::string text = page.Text(kPanel);
  for (const char* piece :
       {"parse", "/app/parser.py:20", "10 calls", "24.0 ms", "24.0%", "20.0 ms",
        "20.0%", "3.91 KiB", "80.0%", "1 000 B"}) {
    BOOST_TEST(text.find(piece) != text.npos, piece);
  }
  BOOST_TEST(page.Count(std::string(kPanel) + " tr") == 3u);
}

BOOST_AUTO_TEST_CASE(HoverShowsACallWithItsPartOfBothSides) {
  Page page(Svg(SmallPicture().picture));
  page->MoveTo(Edge(2, 3) + " > path");
  const std::string text = page.Text(kPanel);
  for (const char* piece : {"draw → helper", "234 calls", "5.00 ms", "5.0%",
                            "21.4 µs", "6.7%", "55.6%", "400 B"}) {
    BOOST_TEST(text.find(piece) != text.npos, piece);
  }
}

BOOST_AUTO_TEST_CASE(AClickLightsUpCallersAndCalleesAndDimsTheRest) {
  Page page(Svg(SmallPicture().picture));
  page->Click(Node("parse"));
  BOOST_TEST(page.Names(".node.chosen") == Strings({"parse"}));
  BOOST_TEST(page.Names(".node.near") == Strings({"main", "helper"}));
  BOOST_TEST(page.Style(Node("parse"), "opacity") == "1");
  BOOST_TEST(page.Style(Node("main"), "opacity") == "1");
  BOOST_TEST(page.Style(Edge(0, 1), "opacity") == "1");
  for (const std::string& other : {Node("draw"), Edge(0, 2), Edge(2, 3)}) {
    BOOST_TEST(std::stod(page.Style(other, "opacity").get<std::string>()) < .3);
  }
  page->Click(Node("parse"));
  BOOST_TEST(page.Count(".chosen") == 0u);
  BOOST_TEST(page.Style(Node("draw"), "opacity") == "1");
}

BOOST_AUTO_TEST_CASE(PathsGoOnBeyondNeighbours) {
  const SamplePicture sample = RandomPicture(40, 3);
  Page page(Svg(sample.picture));
  // Reached along calls from node 10, by an obvious search.
  const std::vector<PictureEdge>& edges = sample.picture.edges;
  const auto reach = [&](auto from, auto to) {
    std::vector<bool> seen(sample.picture.nodes.size());
    seen[10] = true;
    for (size_t round = 0; round < seen.size(); ++round) {
      for (const PictureEdge& edge : edges) {
        if (seen[edge.*from]) seen[edge.*to] = true;
      }
    }
    return seen;
  };
  const auto down = reach(&PictureEdge::caller, &PictureEdge::callee);
  const auto up = reach(&PictureEdge::callee, &PictureEdge::caller);
  page->Evaluate("document.querySelectorAll('.node')[10].focus()");
  page->Press("Enter");
  const std::vector<bool> lit = page->Evaluate(
      "[...document.querySelectorAll('.node')].map("
      "(e) => e.classList.contains('path'))");
  for (size_t n = 0; n < lit.size(); ++n) {
    BOOST_TEST(lit[n] == (down[n] || up[n]), "node " << n);
  }
  page->Press("Escape");
  BOOST_TEST(page.Count(".path") == 0u);
}

BOOST_AUTO_TEST_CASE(TabReachesEveryFunctionAndCallInTheirOrder) {
  const SamplePicture sample = SmallPicture();
  Page page(Svg(sample.picture));
  const size_t parts =
      sample.picture.nodes.size() + sample.picture.edges.size();
  Strings labels;
  page->Press("Tab");  // to the document
  for (size_t i = 0; i < parts; ++i) {
    page->Press("Tab");
    labels.push_back(page->Evaluate(
        "document.activeElement.getAttribute('aria-label').split('\\n')[0]"));
  }
  BOOST_TEST(labels == Strings({"main", "main → parse", "main → draw", "parse",
                                "parse → helper", "draw", "draw → draw",
                                "draw → helper", "helper"}),
             boost::test_tools::per_element());
  // Then the controls, down to the last button.
  Strings controls;
  for (size_t i = 0; i < 10; ++i) {
    page->Press("Tab");
    controls.push_back(page->Evaluate(
        "document.activeElement.getAttribute('aria-label') || ''"));
  }
  BOOST_TEST((std::ranges::find(controls, "Event") != controls.end()));
  BOOST_TEST((std::ranges::find(controls, "Keys") != controls.end()));
}

BOOST_AUTO_TEST_CASE(FocusShowsWhatHoverShows) {
  Page page(Svg(SmallPicture().picture));
  page->Press("Tab");  // to the document
  page->Press("Tab");
  BOOST_TEST(page.Text(kPanel).starts_with("main"));
  page->Press("Tab");
  BOOST_TEST(page.Text(kPanel).starts_with("main → parse"));
}

BOOST_AUTO_TEST_CASE(ArrowsGoAlongTheHeaviestCallsAndToNeighbours) {
  Page page(Svg(SmallPicture().picture));
  page.Focus("main");
  page->Press("ArrowDown");
  BOOST_TEST(page.Focused() == "draw");  // 75 of 100 ms
  page->Press("ArrowLeft");
  BOOST_TEST(page.Focused() == "parse");
  page->Press("ArrowRight");
  BOOST_TEST(page.Focused() == "draw");
  page->Press("ArrowDown");
  BOOST_TEST(page.Focused() == "helper");
  page->Press("ArrowUp");
  BOOST_TEST(page.Focused() == "draw");
}

BOOST_AUTO_TEST_CASE(AnotherEventRecolorsAndRelabels) {
  SamplePicture sample = SmallPicture();
  sample.picture.views[1].scale = {"-2 KiB", "as before", "+2 KiB"};
  Page page(Svg(sample.picture));
  BOOST_TEST(page.Text(".bar .legend").find("of the total") !=
             std::string::npos);
  const json by_time = page.Style(Node("parse") + " > rect", "fill");
  const std::string label = Node("parse") + " .figures";
  const json width = page.Style(Edge(0, 1) + " > path", "strokeWidth");
  BOOST_TEST(page.Text(label) == "24.00%\u2002(20.00%)\u200210×");
  page->Evaluate("document.querySelector('select').focus()");
  page->Press("ArrowDown");
  BOOST_TEST(page.Text(label) == "80.00%\u2002(20.00%)\u200210×");
  BOOST_TEST(page.Style(Node("parse") + " > rect", "fill") != by_time);
  BOOST_TEST(page.Style(Edge(0, 1) + " > path", "strokeWidth") != width);
  BOOST_TEST(page.Text(Edge(0, 1) + " .figures") == "80.00%10×");
  BOOST_TEST(page.Text(".about").find("Bytes: 4.88 KiB in total") !=
             std::string::npos);
  BOOST_TEST(page.Text(".bar .legend").find("+2 KiB") != std::string::npos);
  page->Press("ArrowUp");
  BOOST_TEST(page.Style(Node("parse") + " > rect", "fill") == by_time);
}

BOOST_AUTO_TEST_CASE(OneEventNeedsNoChoice) {
  SampleProfile profile;
  profile.Add("main", {1, 1}, {1}, {1});
  Page page(Svg(DrawAll(profile.Build()).picture));
  BOOST_TEST(page.Count("select") == 0u);
}

BOOST_AUTO_TEST_CASE(TheSliderHidesSmallFunctionsWithTheirCalls) {
  Page page(Svg(SmallPicture().picture));
  const auto slide = [&](int value) {
    page->Evaluate(
        "(() => { const s = document.querySelector('input[type=range]');"
        "s.value = " +
        std::to_string(value) +
        ";"
        "s.dispatchEvent(new Event('input')); })()");
  };
  const std::string hidden = ".node[style*=none]";
  slide(50);  // 12.5 %: helper has 9
  BOOST_TEST(page.Names(hidden) == Strings({"helper"}));
  BOOST_TEST(page.Style(Edge(2, 3), "display") == "none");
  BOOST_TEST(page.Style(Edge(0, 1), "display") != "none");
  BOOST_TEST(page.Text("label:has(input[type=range])").find("1 hidden") !=
             std::string::npos);
  slide(70);  // 34.3 %
  BOOST_TEST(page.Names(hidden) == Strings({"parse", "helper"}));
  slide(0);
  BOOST_TEST(page.Count(hidden) == 0u);
}

BOOST_AUTO_TEST_CASE(MouseAndKeysMoveAndZoom) {
  Page page(Svg(SmallPicture().picture));
  const auto first = page.Place();
  page->Drag(Node("parse"), 50, 30);
  auto now = page.Place();
  BOOST_TEST(now[0] == first[0] + 50, boost::test_tools::tolerance(.01));
  BOOST_TEST(now[1] == first[1] + 30, boost::test_tools::tolerance(.01));
  BOOST_TEST(page.Count(".chosen") == 0u);
  page->Wheel(Node("draw"), -200);
  BOOST_TEST(page.Place()[2] > first[2]);
  page->Press("0");
  BOOST_TEST(page.Place() == first, boost::test_tools::per_element());
  page->Press("+");
  BOOST_TEST(page.Place()[2] > first[2]);
  page->Press("0");
  page->Evaluate("document.activeElement.blur()");
  page->Press("ArrowDown");
  BOOST_TEST(page.Place()[1] < first[1]);
}

BOOST_AUTO_TEST_CASE(TheWheelKeepsThePointUnderThePointer) {
  Page page(Svg(SmallPicture().picture));
  const auto middle = [&] {
    return page->Evaluate(
        "(({x, y, width, height}) => [x + width / 2, y + height / 2])("
        "document.querySelector('[data-name=draw]').getBoundingClientRect())");
  };
  const json before = middle();
  page->Wheel(Node("draw"), -300);
  const json after = middle();
  for (const size_t i : {0, 1}) {
    BOOST_TEST(std::abs(before[i].get<double>() - after[i].get<double>()) < 2);
  }
}

BOOST_AUTO_TEST_CASE(TwoFingersZoom) {
  Page page(Svg(SmallPicture().picture));
  const double scale = page.Place()[2];
  page->Pinch(Node("draw"), 2);
  BOOST_TEST(page.Place()[2] == 2 * scale, boost::test_tools::tolerance(.1));
}

BOOST_AUTO_TEST_CASE(OOpensTheSource) {
  SamplePicture sample = SmallPicture();
  for (PictureNode& node : sample.picture.nodes) {
    node.link = "https://example.org/" + node.name;
  }
  Page page(Svg(sample.picture));
  page->Evaluate("window.open = (link) => { window.opened = link; }, 0");
  page.Focus("draw");
  page->Press("o");
  BOOST_TEST(page->Evaluate("opened") == "https://example.org/draw");
  page->Click(Node("parse"));  // goes nowhere
  BOOST_TEST(page.Names(".chosen") == Strings({"parse"}));
  BOOST_TEST(page->Evaluate("document.querySelector('.panel a').href") ==
             "https://example.org/parse");
}

BOOST_AUTO_TEST_CASE(LightAndDarkFollowTheReaderAndTheButton) {
  Page page(Svg(SmallPicture().picture));
  const json light = page.Style(".paper", "fill");
  const json fill = page.Style(Node("helper") + " > rect", "fill");
  BOOST_TEST(light == "rgb(255, 255, 255)");
  page->Emulate("", true);
  const json dark = page.Style(".paper", "fill");
  BOOST_TEST(dark != light);
  BOOST_TEST(page.Style(Node("helper") + " > rect", "fill") != fill);
  page->Click("button[title='Light or dark']");
  BOOST_TEST(page.Style(".paper", "fill") == light);
  page->Click("button[title='Light or dark']");
  BOOST_TEST(page.Style(".paper", "fill") == dark);
}

BOOST_AUTO_TEST_CASE(PrintIsTheWholePictureOnWhiteWithoutControls) {
  const std::string svg = Svg(SmallPicture().picture);
  Page page(svg);
  page->Emulate("print", true);
  page->Evaluate("dispatchEvent(new Event('beforeprint'))");
  BOOST_TEST(page.Style(".paper", "fill") == "rgb(255, 255, 255)");
  BOOST_TEST(page.Style("foreignObject", "display") == "none");
  BOOST_TEST(page.Style(".caption", "display") != "none");
  const std::string box =
      page->Evaluate("document.documentElement.getAttribute('viewBox')");
  BOOST_TEST(svg.find("viewBox=\"" + box + "\"") != svg.npos);
  page->Emulate("", false);
  page->Evaluate("dispatchEvent(new Event('afterprint'))");
  BOOST_TEST(page.Style("foreignObject", "display") != "none");
}

// Every text within its box, with the fonts that are here.
BOOST_AUTO_TEST_CASE(LabelsFitTheirNodes) {
  for (const Theme& theme : Themes()) {
    Page page(Svg(RandomPicture(60, 9, theme.name).picture));
    for (const char* step : {"0", "document.querySelector('select').focus()"}) {
      page->Evaluate(step);
      page->Press("ArrowDown");
      const json outside = page->Evaluate(
          "[...document.querySelectorAll('.node')].filter((node) => {"
          "  const box = node.querySelector('rect').getBBox();"
          "  return [...node.querySelectorAll('text')].some((text) => {"
          "    const {x, y, width, height} = text.getBBox();"
          "    return x < box.x || x + width > box.x + box.width ||"
          "        y < box.y || y + height > box.y + box.height;"
          "  });"
          "}).map((node) => node.dataset.name)");
      BOOST_TEST(outside.empty(), theme.name << ": " << outside);
    }
  }
}

BOOST_AUTO_TEST_CASE(AStrictPolicyLeavesItReadable) {
  const std::string svg = Svg(SmallPicture().picture);
  const std::string head =
      "<!doctype html><meta charset=utf-8>"
      "<meta http-equiv=Content-Security-Policy content=\"default-src "
      "'none'\">";
  {
    Page page(head + svg, "strict.html");
    // It complains, rightly: of a style and of a script.
    const auto complaints = page->TakeComplaints();
    BOOST_TEST(complaints.size() >= 2u);
    for (const std::string& complaint : complaints) {
      BOOST_TEST(complaint.find("Content Security Policy") !=
                 std::string::npos);
    }
    BOOST_TEST(page.Count(".live") == 0u);
    BOOST_TEST(page.Count("foreignObject") == 0u);
    BOOST_TEST(page.Names(".node").size() == 4u);
    BOOST_TEST(page.Style(Node("main") + " > rect", "fill") != "rgb(0, 0, 0)");
    BOOST_TEST(page.Style(Node("main") + " > text", "fontSize") == "13px");
    BOOST_TEST(page.Style(Edge(0, 1) + " > path", "fill") == "none");
    const json height = page->Evaluate(
        "document.querySelector('svg').getBoundingClientRect().height");
    BOOST_TEST(height > 300);
  }
}

// As a viewer of a build's files shows it.
BOOST_AUTO_TEST_CASE(InAFrameWithoutScriptsItIsStill) {
  std::ofstream(Started::it->folder / "framed.svg")
      << Svg(SmallPicture().picture);
  Page page(
      "<!doctype html><iframe sandbox src=framed.svg></iframe>"
      "<img src=framed.svg>",
      "frame.html");
  for (const std::string& complaint : page->TakeComplaints()) {
    BOOST_TEST(complaint.find("sandboxed") != std::string::npos, complaint);
  }
  BOOST_TEST(page->Evaluate("document.images[0].naturalHeight") > 300);
}

BOOST_AUTO_TEST_CASE(TwoPicturesStandInOnePage) {
  const std::string svg = Svg(SmallPicture().picture);
  Page page("<!doctype html><meta charset=utf-8><title>x</title><p>one</p>" +
                svg + "<p>two</p>" + svg,
            "inline.html");
  BOOST_TEST(page.Count("svg.prof2cg.live") == 2u);
  BOOST_TEST(page.Count("foreignObject") == 2u);
  page->MoveTo(Node("parse"));
  BOOST_TEST(page.Count(kPanel) == 1u);
  page->Click(Node("parse"));
  BOOST_TEST(page.Count("svg.lit") == 1u);
  // Keys are a picture's only where it has the focus.
  page->Evaluate("document.activeElement.blur()");
  page->Press("/");
  BOOST_TEST(page->Evaluate("document.activeElement.tagName") == "BODY");
}

BOOST_AUTO_TEST_CASE(HostileNamesNeitherRunNorBreakAnything) {
  const Strings names = {"</script><script>hacked = 1</script>",
                         "]]><script>hacked = 1</script>",
                         "'><img src=x onerror='hacked = 1'>",
                         "\" onmouseover=\"hacked = 1\" x=\"",
                         "</style><svg onload=hacked=1>",
                         "<!-- <![CDATA[ --> &lt;script>hacked=1&lt;/script>",
                         "javascript:hacked=1",
                         "\x1b]0;x\x07 \u202egnp.exe \u2066 \x7f \xff",
                         "${hacked=1}`'\\u0022\\",
                         "漢字 e\u0301 \U0001f600"};
  SampleProfile profile(
      EventSet({{"a", names[0], Unit::kCount}, {"b", names[2], Unit::kBytes}}));
  for (const std::string& name : names) {
    profile.Add(name, name, 1, {1, 1}, {1, 1}, {9, 9}, name);
  }
  for (size_t n = 1; n < names.size(); ++n) {
    profile.Call(FunctionId(0), FunctionId(n), {1, 1}, {1, 1}, {1, 1});
  }
  SamplePicture sample = DrawAll(profile.Build());
  sample.picture.title = names[1];
  sample.picture.notes = names;
  for (PictureNode& node : sample.picture.nodes) node.link = node.name;
  const std::string svg = Svg(sample.picture);
  for (const bool is_inline : {false, true}) {
    std::optional<Page> page;
    if (is_inline) {
      page.emplace("<!doctype html><meta charset=utf-8>" + svg, "x.html");
    } else {
      page.emplace(svg);
    }
    Browser& browser = page->browser();
    BOOST_TEST(page->Count(".live") == 1u);
    BOOST_TEST(page->Count(".node") == names.size());
    BOOST_TEST(page->Count("script") == 1u);
    BOOST_TEST(page->Count("img, [onload], [onerror], [onmouseover]") == 0u);
    for (size_t n = 0; n < names.size(); ++n) {
      browser.Evaluate("document.querySelectorAll('.node')[" +
                       std::to_string(n) + "].focus()");
      BOOST_TEST(page->Count(kPanel) == 1u);
    }
    browser.Press("/");
    browser.Type("<script>");
    BOOST_TEST(page->Count(".found") >= 2u);
    BOOST_TEST(browser.Evaluate("typeof hacked") == "undefined");
    BOOST_TEST(page->Count("img, [onload], [onerror], [onmouseover]") == 0u);
    BOOST_TEST(page->Count("a[href^=javascript]") == 0u);
    const std::string text =
        browser.Evaluate("document.documentElement.textContent");
    BOOST_TEST(text.find("\u202e") == text.npos);
    BOOST_TEST(text.find('\x1b') == text.npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
