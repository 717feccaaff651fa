#include <string>
#include <string_view>

#include "converter/flag_groups.h"
#include "converter/flag_values.h"

namespace prof2cg {
namespace {

Theme ThemeNamed(std::string_view name) {
  const Theme* theme = FindTheme(name);
  if (theme != nullptr) return *theme;
  std::string known;
  for (const Theme& t : Themes()) known += " " + std::string(t.name);
  throw Error("-c " + std::string(name) + ": there are:" + known);
}

// Hops; any number below zero is no limit, as gprof2dot has it.
uint32_t ToDepth(std::string_view text) {
  const auto depth = ToNumber<int64_t>("--depth", text, "a number of calls");
  const bool is_limit = depth >= 0 && depth < int64_t{kAnyDepth};
  return is_limit ? static_cast<uint32_t>(depth) : kAnyDepth;
}

}  // namespace

FlagGroup Thresholds() {
  return {
      "Pictures: how much is drawn",
      {{'n', "node-thres", "PERCENT",
        "functions from this share on; default: 0.5",
        [](Options& o, std::string_view a) {
          o.picture.node_threshold = ToShare("-n", a);
        }},
       {'e', "edge-thres", "PERCENT", "calls from this share on; default: 0.1",
        [](Options& o, std::string_view a) {
          o.picture.edge_threshold = ToShare("-e", a);
        }},
       {0, "nodecount", "N", "the N costliest functions; 0 is all",
        [](Options& o, std::string_view a) {
          o.picture.most_nodes =
              ToNumber<size_t>("--nodecount", a, "a number of functions");
        }}},
      {Command::kConvert, Command::kDiff},
      true};
}

FlagGroup Choosing() {
  return {
      "Pictures: what is drawn",
      {{'z', "root", "PATTERN", "these functions and what they call",
        [](Options& o, std::string_view a) {
          o.picture.roots.emplace_back(a);
        }},
       {'l', "leaf", "PATTERN", "these functions and what calls them",
        [](Options& o, std::string_view a) {
          o.picture.leaves.emplace_back(a);
        }},
       {0, "depth", "N", "at most N calls away from these",
        [](Options& o, std::string_view a) { o.picture.depth = ToDepth(a); }},
       {0, "near", "PATTERN",
        "these functions and what is near, whatever costs",
        [](Options& o, std::string_view a) { o.picture.near.emplace_back(a); }},
       {0, "hops", "N", "so many calls are near; default: 1",
        [](Options& o, std::string_view a) {
          o.picture.hops = ToNumber<uint32_t>("--hops", a, "a number of calls");
        }},
       {'p', "path", "PATH",
        "functions of this file, folder or package; may be repeated",
        [](Options& o, std::string_view a) {
          o.picture.paths.emplace_back(a);
        }},
       {0, "total", "RULE",
        "of samples: callratios (default) or callstacks, exact",
        [](Options& o, std::string_view a) {
          o.picture.total_by =
              OneOf<TotalBy>("--total", a,
                             {{"callratios", TotalBy::kCallRatios},
                              {"callstacks", TotalBy::kCallStacks}});
        }},
       {0, "list-functions", "SELECT",
        "list what would be drawn: all (+) or by a glob",
        [](Options& o, std::string_view a) { o.list_functions = a; }}},
      {Command::kConvert},
      true};
}

FlagGroup Looks() {
  return {
      "Pictures: how it is drawn",
      {{'c', "colormap", "MAP", "color, pink, gray, bw, print or heat",
        [](Options& o, std::string_view a) {
          o.colormap = ThemeNamed(a).name;
        }},
       {0, "skew", "BASE", "bends the colours: below 1 warmer, above 1 colder",
        [](Options& o, std::string_view a) {
          o.skew = ToPositive("--skew", a, "a positive number");
        }},
       {0, "color-nodes-by-selftime", nullptr, "not by inclusive cost",
        [](Options& o, std::string_view) { o.picture.colors_by_self = true; }},
       {0, "colour-nodes-by-selftime", nullptr, nullptr,
        [](Options& o, std::string_view) { o.picture.colors_by_self = true; }},
       {0, "node-label", "LINE",
        "a line of functions; may be repeated (see below)",
        [](Options& o, std::string_view a) {
          o.node_lines.push_back(
              OneOf<NodeLine>("--node-label", a,
                              {{"total-time-percentage", NodeLine::kTotalShare},
                               {"self-time-percentage", NodeLine::kSelfShare},
                               {"total-time", NodeLine::kTotalTime},
                               {"self-time", NodeLine::kSelfTime},
                               {"total", NodeLine::kTotal},
                               {"self", NodeLine::kSelf},
                               {"total-per-call", NodeLine::kTotalPerCall},
                               {"self-per-call", NodeLine::kSelfPerCall}}));
        }},
       {0, "edge-label", "LINE", "the same of calls",
        [](Options& o, std::string_view a) {
          o.edge_lines.push_back(OneOf<EdgeLine>(
              "--edge-label", a,
              {{"total-percentage", EdgeLine::kTotalShare},
               {"calls", EdgeLine::kCalls},
               {"total", EdgeLine::kTotal},
               {"total-per-call", EdgeLine::kTotalPerCall},
               {"percentage-of-caller", EdgeLine::kShareOfCaller},
               {"percentage-of-callee", EdgeLine::kShareOfCallee}}));
        }},
       {0, "time-format", "FORMAT", "printf's, of seconds; default: %.7g",
        [](Options& o, std::string_view a) {
          o.picture.time_format = TimeFormat(a);
        }},
       {0, "show-samples", nullptr, "the count of samples in functions",
        [](Options& o, std::string_view) { o.picture.shows_samples = true; }},
       {'s', "strip", nullptr,
        "names without parameters and template arguments",
        [](Options& o, std::string_view) { o.picture.strips_names = true; }},
       {'w', "wrap", nullptr, "long names on several lines",
        [](Options& o, std::string_view) { o.picture.wraps_names = true; }},
       {0, "cluster", "package|file|function", "functions of one in a frame",
        [](Options& o, std::string_view a) {
          o.picture.cluster_by =
              OneOf<ClusterBy>("--cluster", a,
                               {{"package", ClusterBy::kPackage},
                                {"file", ClusterBy::kFile},
                                {"function", ClusterBy::kFunction}});
        }},
       {0, "link", "URL",
        "to sources, with {file}, {line} and {name} for the function's",
        [](Options& o, std::string_view a) { o.picture.link = a; }},
       {0, "title", "TEXT", "of the picture; default: the program or input",
        [](Options& o, std::string_view a) { o.picture.title = a; }}},
      {Command::kConvert},
      true};
}

FlagGroup Comparing() {
  return {
      "Pictures of two profiles",
      {{0, "compare", nullptr,
        "draw the first input, and what the second has more or less",
        [](Options& o, std::string_view) { o.compares = true; }},
       {0, "compare-tolerance", "PERCENT",
        "smaller differences are none; default: 0.001",
        [](Options& o, std::string_view a) {
          o.comparison.tolerance =
              ToPositive("--compare-tolerance", a, "a percentage");
        }},
       {0, "compare-only-slower", nullptr, "mark only what grew",
        [](Options& o, std::string_view) {
          o.comparison.marks_shrunk = false;
        }},
       {0, "compare-only-faster", nullptr, "mark only what shrank",
        [](Options& o, std::string_view) { o.comparison.marks_grown = false; }},
       {0, "compare-color-by-difference", nullptr,
        "colour by how much a share changed",
        [](Options& o, std::string_view) {
          o.comparison.colors_by_difference = true;
        }}},
      {Command::kConvert},
      true};
}

}  // namespace prof2cg
