#include "converter/picture/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/display/fixed_text.h"
#include "converter/display/lines.h"
#include "converter/names/choose.h"
#include "converter/names/function_name.h"
#include "converter/picture/draw.h"
#include "converter/picture/find_figures.h"
#include "converter/picture/labels.h"
#include "graph/compare/match_functions.h"

namespace prof2cg {
namespace {

// The functions by what gprof2dot knows them by: their module and name alone.
Profile NamedAsInPictures(const Profile& profile) {
  Profile named;
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    const FunctionName name = NameFunction(profile, FunctionId(row));
    const StringId none = named.strings.Intern("");
    named.functions.push_back({named.strings.Intern(name.name),
                               named.strings.Intern(name.module), none,
                               profile.functions[row].line});
  }
  return named;
}

// The function of the second for each of the first's, if there is one.
std::vector<FunctionId> Matches(const Profile& first, const Profile& second) {
  std::vector<FunctionId> matches(first.functions.size());
  for (const auto& [base, current] :
       MatchFunctions(NamedAsInPictures(first), NamedAsInPictures(second))) {
    if (base.is_valid()) matches[base.row()] = current;
  }
  return matches;
}

// A difference in percent points, rounded to the digits that the tolerance has:
// "2.0", "0.137", and "30.0" for a tolerance of 10.
std::string DifferenceText(double points, double tolerance) {
  const double digits = std::min(-std::floor(std::log10(tolerance)), 9.);
  const double tens = std::pow(10, std::max(-digits, 0.));
  std::string text = FixedText(std::nearbyint(points / tens) * tens, 1);
  if (digits > 0) text = FixedText(points, static_cast<int>(digits));
  while (text.ends_with('0') && text[text.size() - 2] != '.') text.pop_back();
  return text;
}

double PercentPoints(double share, double other) {
  return std::abs(other - share) * 100;
}

bool IsShare(NodeLine line) {
  return line == NodeLine::kSelfShare || line == NodeLine::kTotalShare;
}

class Comparing {
 public:
  Comparing(const Profile& first, const Profile& second,
            const PictureOptions& options, const CompareOptions& comparison)
      : first_(first),
        second_(second),
        options_(options),
        comparison_(comparison),
        matches_(Matches(first, second)),
        event_(ChooseEvent(second, options.event)),
        shares_(FindShares(second, event_, options.total_by)),
        picture_(Draw(first, options, false)) {
    picture_.is_comparison = true;
    for (size_t row = 0; row < second.graph.calls.size(); ++row) {
      const Call& call = second.graph.calls[row];
      calls_[{call.caller, call.callee}] = CallId(row);
    }
  }

  Picture Run() && {
    PictureView& view = picture_.views.front();
    for (size_t i = 0; i < picture_.edges.size(); ++i) {
      CompareEdge(view, picture_.edges[i], view.edges[i]);
    }
    std::vector<double> differences;
    for (size_t i = 0; i < picture_.nodes.size(); ++i) {
      differences.push_back(
          CompareNode(view.event, picture_.nodes[i], view.nodes[i]));
    }
    if (comparison_.colors_by_difference) Recolor(differences, view);
    return std::move(picture_);
  }

 private:
  // Gives the difference that is marked, 0 for none.
  double CompareNode(EventId event, PictureNode& node, NodeFigures& figures) {
    const FunctionId match = matches_[node.function.row()];
    if (!match.is_valid()) return 0;
    const NodeFigures other = FindFigures(second_, event_, shares_, match);
    std::string label;
    for (const NodeLine line : options_.node_lines) {
      std::string text =
          NodeLineText(first_, event, options_, line, node.function, figures);
      const std::string other_text =
          NodeLineText(second_, event_, options_, line, match, other);
      if (IsShare(line)) {
        text += line == NodeLine::kSelfShare
                    ? Change(figures.self_share, other.self_share)
                    : MarkedChange(figures, other);
      } else if (!other_text.empty()) {
        text += " / " + other_text;
      }
      AddLine(label, text);
    }
    const std::string calls = CallsText(first_, node.function);
    const std::string other_calls = CallsText(second_, match);
    const bool have_calls = !calls.empty() && !other_calls.empty();
    AddLine(label, have_calls ? calls + " / " + other_calls : calls);
    figures.label = label;
    if (!IsMarked(figures.total_share, other.total_share)) return 0;
    node.trend =
        other.total_share > figures.total_share ? Trend::kGrew : Trend::kShrank;
    return std::abs(other.total_share - figures.total_share);
  }

  std::string MarkedChange(const NodeFigures& figures,
                           const NodeFigures& other) const {
    return IsMarked(figures.total_share, other.total_share)
               ? Change(figures.total_share, other.total_share)
               : "";
  }

  bool IsMarked(double share, double other) const {
    if (!(PercentPoints(share, other) >= comparison_.tolerance)) return false;
    return other > share ? comparison_.marks_grown : comparison_.marks_shrunk;
  }

  // " + 2.0%"; "" within the tolerance.
  std::string Change(double share, double other) const {
    const double points = PercentPoints(share, other);
    if (!(points >= comparison_.tolerance) || points == 0) return "";
    return (other > share ? " + " : " - ") +
           DifferenceText(points, comparison_.tolerance) + "%";
  }

  void CompareEdge(const PictureView& view, const PictureEdge& edge,
                   EdgeFigures& figures) {
    const Call& call = first_.graph.calls[edge.call.row()];
    const auto match =
        calls_.find({matches_[call.caller.row()], matches_[call.callee.row()]});
    if (match == calls_.end()) return;
    const EdgeFigures other = FindFigures(second_, shares_, match->second);
    const Call& other_call = second_.graph.calls[match->second.row()];
    const auto of = [&](FunctionId function) {
      return FindFigures(second_, event_, shares_, function);
    };
    std::string label;
    for (const EdgeLine line : options_.edge_lines) {
      std::string text =
          EdgeLineText(first_, view.event, line, edge.call, figures,
                       view.nodes[edge.caller], view.nodes[edge.callee]);
      const std::string other_text =
          EdgeLineText(second_, event_, line, match->second, other,
                       of(other_call.caller), of(other_call.callee));
      if (!text.empty() && !other_text.empty()) text += " / " + other_text;
      AddLine(label, text);
    }
    figures.label = label;
  }

  // From the least difference to the greatest.
  static void Recolor(const std::vector<double>& differences,
                      PictureView& view) {
    if (differences.empty()) return;
    const auto [least, most] = std::ranges::minmax(differences);
    for (size_t i = 0; i < view.nodes.size(); ++i) {
      const double above = differences[i] - least;
      view.nodes[i].weight = most > least ? above / (most - least) : 0;
    }
    for (EdgeFigures& figures : view.edges) {
      figures.weight = figures.breadth = 0;
    }
  }

  const Profile& first_;
  const Profile& second_;
  const PictureOptions& options_;
  const CompareOptions& comparison_;
  const std::vector<FunctionId> matches_;  // of the second, a row per first's
  const EventId event_;                    // of the second
  const Shares shares_;                    // of the second
  absl::flat_hash_map<std::pair<FunctionId, FunctionId>, CallId> calls_;
  Picture picture_;
};

}  // namespace

Picture DrawComparison(const Profile& first, const Profile& second,
                       const PictureOptions& options,
                       const CompareOptions& comparison) {
  return Comparing(first, second, options, comparison).Run();
}

}  // namespace prof2cg
