#include "converter/writers/label.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "converter/display/display_width.h"
#include "converter/writers/sample_picture.h"

namespace prof2cg {
namespace {

std::string Glued(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

std::string Shown(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += (text.empty() ? "" : "|") + line;
  }
  return text;
}

// Whether all lines are within the box, and none below another.
void CheckFits(const TextBlock& block, Size box, double& bottom) {
  for (size_t i = 0; i < block.lines.size(); ++i) {
    BOOST_TEST(block.font.Width(block.lines[i]) <= box.width);
    const double top =
        block.top + static_cast<double>(i) * block.font.LineHeight();
    BOOST_TEST(top >= bottom - 1e-6);
    bottom = top + block.font.LineHeight();
    BOOST_TEST(bottom <= box.height / 2 + 1e-6);
    BOOST_TEST(block.Baseline(i) > top);
    BOOST_TEST(block.Baseline(i) < bottom);
  }
}

BOOST_AUTO_TEST_SUITE(Label)

BOOST_AUTO_TEST_CASE(EveryLineIsInsideItsBoxInEveryView) {
  for (const Theme& theme : Themes()) {
    const SamplePicture sample = RandomPicture(60, 5, theme.name);
    for (size_t n = 0; n < sample.picture.nodes.size(); ++n) {
      const NodeLabel label = LabelOfNode(sample.picture, n);
      BOOST_TEST(label.figures.size() == sample.picture.views.size());
      for (const TextBlock& figures : label.figures) {
        double bottom = -label.box.height / 2;
        CheckFits(label.name, label.box, bottom);
        CheckFits(label.place, label.box, bottom);
        CheckFits(figures, label.box, bottom);
      }
    }
    for (size_t e = 0; e < sample.picture.edges.size(); ++e) {
      const EdgeLabel label = LabelOfEdge(sample.picture, e);
      for (const TextBlock& figures : label.figures) {
        double bottom = -label.box.height / 2;
        CheckFits(figures, label.box, bottom);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(NoFigureIsLost) {
  const SamplePicture sample = SmallPicture();
  for (size_t v = 0; v < 2; ++v) {
    const NodeFigures& figures = sample.picture.views[v].nodes[3];
    std::string shown = Glued(LabelOfNode(sample.picture, 3).figures[v].lines);
    for (const std::string& part :
         {SamplePercent(figures.total_share),
          "(" + SamplePercent(figures.self_share) + ")",
          std::string("1234×")}) {
      BOOST_TEST(shown.find(part) != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(AnEdgeWithoutTextHasNoSize) {
  SamplePicture sample = SmallPicture();
  for (PictureView& view : sample.picture.views) view.edges[0].label = "";
  BOOST_TEST(LabelOfEdge(sample.picture, 0).box.width == 0);
  BOOST_TEST(LabelOfEdge(sample.picture, 1).box.width > 0);
}

BOOST_AUTO_TEST_CASE(ShortNamesStayOnOneLine) {
  BOOST_TEST(Shown(BreakName("decode", 32, 3)) == "decode");
  BOOST_TEST(Shown(BreakName("", 32, 3)) == "");
}

BOOST_AUTO_TEST_CASE(NamesBreakAtTheirJoints) {
  BOOST_TEST(Shown(BreakName("std::vector<int>::push_back(int&&)", 20, 3)) ==
             "std::vector<int>::|push_back(int&&)");
  BOOST_TEST(Shown(BreakName("email.message.Message.get_payload", 16, 3)) ==
             "email.message.|Message.get_|payload");
}

BOOST_AUTO_TEST_CASE(AnyNameFitsAndIsWholeUnlessItIsTooLong) {
  for (const std::string& name :
       {std::string(500, 'x'), std::string(500, '_'),
        std::string("漢字漢字漢字漢字漢字漢字漢字漢字漢字"),
        std::string(
            "e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301e\u0301"),
        std::string("a b c d e f g h i j k l m n o p q r s t u v w")}) {
    const Lines lines = BreakName(name, 12, 3);
    BOOST_TEST(lines.size() <= 3);
    for (const std::string& line : lines) {
      BOOST_TEST(DisplayWidth(line) <= 12);
    }
    if (DisplayWidth(name) <= 24) BOOST_TEST(Glued(lines) == name);
  }
}

BOOST_AUTO_TEST_CASE(CallersStandOnFewLinesWithTheNearestAndTheLast) {
  const Lines callers = {"recursion 2", "← parse", "← load", "← main"};
  BOOST_TEST(Shown(FillLines(callers, 40, 3)) ==
             "recursion 2 ← parse ← load ← main");
  BOOST_TEST(Shown(FillLines(callers, 16, 3)) ==
             "recursion 2|← parse ← load|← main");
  BOOST_TEST(Shown(FillLines(callers, 16, 2)) == "recursion 2 ← …|← main");
  BOOST_TEST(Shown(FillLines({"← " + std::string(20, 'x')}, 10, 2)) ==
             "← x…xxxxxx");
  BOOST_TEST(FillLines({}, 10, 2).empty());
}

BOOST_AUTO_TEST_CASE(AnyNumberOfCallersFits) {
  for (size_t number = 1; number < 60; ++number) {
    Lines callers;
    for (size_t i = 0; i < number; ++i) {
      callers.push_back("← " + std::string(i * 7 % 19, 'c'));
    }
    const Lines lines = FillLines(callers, 20, 3);
    BOOST_TEST(lines.size() <= 3);
    BOOST_TEST(lines.front().starts_with(callers.front()));
    BOOST_TEST(lines.back().ends_with(callers.back()));
    for (const std::string& line : lines) BOOST_TEST(DisplayWidth(line) <= 20);
  }
}

BOOST_AUTO_TEST_CASE(ControlsAreShownAsEscapes) {
  BOOST_TEST(Shown(BreakName("f\x1b\u202e", 32, 3)) == "f\\x1b\\u202e");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
