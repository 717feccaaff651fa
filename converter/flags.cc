#include "converter/flags.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>

#include "converter/diff/report_formats.h"
#include "graph/compare/normalize_names.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// What gprof2dot reads and we do not yet.
constexpr std::string_view kFutureFormats[] = {
    "axe", "hprof", "perf", "prof", "sleepy", "sysprof", "xperf"};

const Reader* ReaderNamed(std::string_view name) {
  const Reader* reader = FindReader(name);
  if (reader != nullptr) return reader;
  std::string known;
  for (const Reader* r : Readers()) known += " " + std::string(r->name);
  const bool is_future =
      std::ranges::find(kFutureFormats, name) != std::end(kFutureFormats);
  throw Error("-f " + std::string(name) +
              (is_future ? ": a format of gprof2dot's that is not read yet"
                         : ": not an input format that I know") +
              "; there are:" + known);
}

const Writer* WriterNamed(std::string_view name) {
  const Writer* writer = FindWriter(name);
  if (writer != nullptr) return writer;
  std::string known;
  for (const Writer* w : Writers()) known += " " + std::string(w->name);
  throw Error("-t " + std::string(name) +
              ": not an output format that I know; there are:" + known);
}

// A word of the command line and what it stands for.
template <class Value>
using Words = std::initializer_list<std::pair<const char*, Value>>;

template <class Value>
Value OneOf(const char* flag, std::string_view word, Words<Value> words) {
  std::string known;
  for (const auto& [w, value] : words) {
    if (word == w) return value;
    known += std::string(known.empty() ? "" : ", ") + w;
  }
  throw Error(std::string(flag) + " takes " + known + ", not " +
              std::string(word));
}

template <class Number>
Number ToNumber(const char* flag, std::string_view text, const char* what) {
  Number number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error(std::string(flag) + " takes " + what + ", not " +
                std::string(text));
  }
  return number;
}

double ToPositive(const char* flag, std::string_view text, const char* what) {
  const double number = ToNumber<double>(flag, text, what);
  if (number >= 0 && std::isfinite(number)) return number;
  throw Error(std::string(flag) + " takes " + what + ", not " +
              std::string(text));
}

uint32_t ToNumberWithin(const char* flag, std::string_view text, uint32_t least,
                        uint32_t most) {
  const std::string range =
      "a number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto number = ToNumber<uint64_t>(flag, text, range.c_str());
  if (least <= number && number <= most) return static_cast<uint32_t>(number);
  throw Error(std::string(flag) + " takes " + range + ", not " +
              std::string(text));
}

// A share, from percent.
double ToShare(const char* flag, std::string_view text) {
  return ToPositive(flag, text, "a percentage") / 100;
}

// "a,b" as two words, none of them empty.
std::vector<std::string> SplitList(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    if (end != 0) words.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

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

void SetOutput(Options& options, std::string_view name) {
  if (name.empty()) throw Error("-o '': a file has a name");
  options.output = name;
}

void SetEvent(Options& options, std::string_view name) {
  if (!options.event.empty() && options.event != name) {
    throw Error("--event, --leaks and --peak show one event: " + options.event +
                " or " + std::string(name));
  }
  options.event = name;
}

void SetColor(Options& options, std::string_view when) {
  options.color = OneOf<const char*>(
      "--color", when,
      {{"auto", "auto"}, {"always", "always"}, {"never", "never"}});
}

FlagGroup InputAndOutput() {
  return {
      "Input and output",
      {{'i', "infile", "FILE", "read FILE; may be repeated: profiles are added",
        [](Options& o, std::string_view a) { o.inputs.emplace_back(a); }},
       {'o', "outfile", "FILE", "write to FILE; - is standard output",
        SetOutput, Times::kOnce},
       {0, "output", "FILE", nullptr, SetOutput, Times::kOnce},
       {'f', "format", "FORMAT", "of the input; default: found by content",
        [](Options& o, std::string_view a) { o.load.reader = ReaderNamed(a); }},
       {0, "reader", "native|python",
        "who decodes pstats: prof2cg, or CPython by a plugin",
        [](Options& o, std::string_view a) {
          o.load.with_python =
              OneOf<bool>("--reader", a, {{"native", false}, {"python", true}});
        }},
       {0, "event", "NAME", "the cost to show; default: the first", SetEvent}},
      {Command::kConvert, Command::kTop, Command::kSnapshot}};
}

FlagGroup Filters() {
  return {
      "Parts of the profile",
      {{0, "focus", "PATTERN", "only stacks that hold one of these functions",
        [](Options& o, std::string_view a) { o.filter.focus.emplace_back(a); }},
       {0, "ignore", "PATTERN", "only stacks that hold none of these",
        [](Options& o, std::string_view a) {
          o.filter.ignore.emplace_back(a);
        }},
       {0, "hide", "PATTERN", "leave these out: their callers have their cost",
        [](Options& o, std::string_view a) { o.filter.hide.emplace_back(a); }},
       {0, "show", "PATTERN", "leave all others out",
        [](Options& o, std::string_view a) { o.filter.show.emplace_back(a); }}},
      {Command::kConvert, Command::kTop, Command::kSnapshot}};
}

uint32_t ToCallers(const char* flag, std::string_view text) {
  return ToNumberWithin(flag, text, 0, SeparateOptions::kMostCallers);
}

uint32_t ToLevels(const char* flag, std::string_view text) {
  return ToNumberWithin(flag, text, 1, SeparateOptions::kMostLevels);
}

void SetCallers(Options& options, std::string_view number) {
  SeparateOptions& separate = options.separate;
  separate.chooses_callers = number == "auto";
  separate.callers.of_all.reset();
  if (separate.chooses_callers) return;
  separate.callers.of_all = ToCallers("--separate-callers", number);
}

FlagGroup Separating() {
  return {"Functions told apart by their callers, as Callgrind does it",
          {{0, "separate-callers", "N|auto",
            "by the last N callers: f'caller'caller2; or where callers differ",
            SetCallers},
           {0, "separate-callers", "PATTERN",
            "N callers of these functions only", nullptr, Times::kAny,
            [](Options& o, std::string_view n, std::string_view a) {
              o.separate.callers.of_some.push_back(
                  {std::string(a), ToCallers("--separate-callersN", n)});
            }},
           {0, "separate-recs", "N",
            "N levels of recursion, f'2; with callers 2, else 1",
            [](Options& o, std::string_view a) {
              o.separate.levels.of_all = ToLevels("--separate-recs", a);
            }},
           {0, "separate-recs", "PATTERN", "N levels of these functions only",
            nullptr, Times::kAny,
            [](Options& o, std::string_view n, std::string_view a) {
              o.separate.levels.of_some.push_back(
                  {std::string(a), ToLevels("--separate-recsN", n)});
            }},
           {0, "max-names", "N", "functions at most: 1000000; 0 is any number",
            [](Options& o, std::string_view a) {
              o.separate.max_names =
                  ToNumber<size_t>("--max-names", a, "a number of functions");
            }}},
          {Command::kConvert, Command::kTop, Command::kSnapshot}};
}

FlagGroup Converting() {
  return {"Converting",
          {{'t', "to", "FORMAT",
            "of the output; default: by -o's extension, else callgrind",
            [](Options& o, std::string_view a) { o.writer = WriterNamed(a); }},
           {0, "separate-threads", "yes|no",
            "threads of a recording as parts of a callgrind file",
            [](Options& o, std::string_view a) {
              o.separate_threads = OneOf<bool>("--separate-threads", a,
                                               {{"yes", true}, {"no", false}});
            }},
           {'k', "kcachegrind", nullptr,
            "open the result in KCachegrind or QCachegrind",
            [](Options& o, std::string_view) { o.view = true; }},
           {'r', "run-script", "SCRIPT [ARG]...",
            "run SCRIPT under python3 and cProfile, then convert",
            [](Options& o, std::string_view a) { o.script.emplace_back(a); }}},
          {Command::kConvert}};
}

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

FlagGroup Top() {
  return {
      "prof2cg top",
      {{'n', "rows", "N", "show N functions, not 30; 0 is all",
        [](Options& o, std::string_view a) {
          o.top.rows = ToNumber<size_t>("-n", a, "a number of functions");
          o.stacks.rows = o.top.rows;
          o.outliers.rows = o.top.rows;
        }},
       {0, "sort", "KEY", "by self (default), inclusive, calls or name",
        [](Options& o, std::string_view a) {
          o.list_flag = "--sort";
          o.top.order = OneOf<TopOrder>("--sort", a,
                                        {{"self", TopOrder::kSelf},
                                         {"inclusive", TopOrder::kInclusive},
                                         {"calls", TopOrder::kCalls},
                                         {"name", TopOrder::kName}});
        }},
       {0, "columns", "LIST",
        "these columns, with commas between them: see below",
        [](Options& o, std::string_view a) {
          o.list_flag = "--columns";
          o.top.columns = SplitList(a);
        }},
       {0, "filter", "PATTERN",
        "only functions, files and packages like PATTERN",
        [](Options& o, std::string_view a) {
          o.list_flag = "--filter";
          o.top.filter = a;
        },
        Times::kOnce},
       {0, "callers", "PATTERN", "who calls the functions like PATTERN",
        [](Options& o, std::string_view a) {
          o.list_flag = "--callers";
          o.top.callers_of = a;
        },
        Times::kOnce},
       {0, "callees", "PATTERN", "what the functions like PATTERN call",
        [](Options& o, std::string_view a) {
          o.list_flag = "--callees";
          o.top.callees_of = a;
        },
        Times::kOnce},
       {0, "stacks", nullptr, "by stacks: functions, and their callers below",
        [](Options& o, std::string_view) { o.by_stacks = true; }},
       {0, "leaks", nullptr, "what a recording held at its end, by stacks",
        [](Options& o, std::string_view) {
          o.by_stacks = true;
          SetEvent(o, "live_bytes");
        }},
       {0, "peak", nullptr, "what it held when it held most, by stacks",
        [](Options& o, std::string_view) {
          o.by_stacks = true;
          SetEvent(o, "peak_bytes");
        }},
       {0, "num-callers", "N",
        "callers of a stack, not 12, up to 100; 0 is 100",
        [](Options& o, std::string_view a) {
          o.stacks_flag = "--num-callers";
          o.stacks.callers =
              ToNumber<size_t>("--num-callers", a, "a number of callers");
        }},
       {0, "least", "PERCENT", "stacks from this share on; default: 1",
        [](Options& o, std::string_view a) {
          o.stacks_flag = "--least";
          o.stacks.least_share = ToShare("--least", a);
        }},
       {0, "outliers", nullptr,
        "how costs scatter over many inputs, and which are odd",
        [](Options& o, std::string_view) { o.by_outliers = true; }},
       {0, "json", nullptr, "the report as JSON, exact",
        [](Options& o, std::string_view) { o.as_json = true; }},
       {0, "color", "WHEN", "auto (default), always or never", SetColor}},
      {Command::kTop}};
}

void StartSide(Options& options, std::string_view file,
               std::vector<std::string> DiffOptions::*side) {
  options.diff_side = side;
  (options.diff.*side).emplace_back(file);
}

const ReportFormat* ReportFormatNamed(std::string_view name) {
  const ReportFormat* format = FindReportFormat(name);
  if (format != nullptr) return format;
  std::string known;
  for (const ReportFormat& f : ReportFormats()) {
    known += " " + std::string(f.name);
  }
  throw Error("--report " + std::string(name) + ": there are:" + known);
}

// "json=FILE", or "json" for standard output.
void AddReport(Options& options, std::string_view report) {
  const size_t equals = std::min(report.find('='), report.size());
  const std::string file(report.substr(std::min(equals + 1, report.size())));
  options.diff.reports.push_back(
      {ReportFormatNamed(report.substr(0, equals)), file.empty() ? "-" : file});
}

FlagGroup Sides() {
  return {"prof2cg diff: what is compared",
          {{0, "base", "FILE", "old profile, and all files that follow it",
            [](Options& o, std::string_view a) {
              StartSide(o, a, &DiffOptions::base);
            }},
           {0, "new", "FILE", "new profile, and all files that follow it",
            [](Options& o, std::string_view a) {
              StartSide(o, a, &DiffOptions::current);
            }},
           {0, "path-map", "s/FROM/TO/",
            "rename files by a regular expression; may be repeated",
            [](Options& o, std::string_view a) {
              o.diff.path_rules.push_back(ParsePathRule(a));
            }},
           {'f', "format", "FORMAT", "of all files; default: found by content",
            [](Options& o, std::string_view a) {
              o.load.reader = ReaderNamed(a);
            }}},
          {Command::kDiff}};
}

FlagGroup Gates() {
  return {
      "prof2cg diff: what counts as worse",
      {{0, "config", "FILE",
        "what follows, and budgets; default: prof2cg.toml, if there is one",
        [](Options& o, std::string_view a) { o.diff.config = a; },
        Times::kOnce},
       {0, "gate", "LIST",
        "judge these events; default: all that do not scatter, as calls do",
        [](Options& o, std::string_view a) {
          o.diff.settings.events = SplitList(a);
        }},
       {0, "threshold", "[EVENT:]SIZE",
        "more than SIZE, 5% or +100 or ns:+2ms; of both, both",
        [](Options& o, std::string_view a) {
          o.diff.settings.thresholds.emplace_back(a);
        }},
       {0, "min-share", "PERCENT",
        "nothing below this share of an event; default: 0.1",
        [](Options& o, std::string_view a) {
          o.diff.settings.least_share = ToShare("--min-share", a);
        }},
       {0, "alpha", "PART",
        "of what is told of time, so much may be chance; default: 0.05",
        [](Options& o, std::string_view a) {
          o.diff.settings.alpha = ToPositive("--alpha", a, "a part of 1");
        }},
       {0, "paired", nullptr, "the nth of each side ran side by side",
        [](Options& o, std::string_view) { o.diff.settings.is_paired = true; }},
       {0, "max-unmatched", "PERCENT",
        "of cost without counterpart; more: cannot tell; default: 50",
        [](Options& o, std::string_view a) {
          o.diff.settings.most_unmatched = ToShare("--max-unmatched", a);
        }},
       {0, "self-test", nullptr,
        "plant what should be found, and show that it is",
        [](Options& o, std::string_view) { o.diff.tests_itself = true; }},
       {0, "fail-inconclusive", nullptr, "status 3 where it cannot be told",
        [](Options& o, std::string_view) { o.diff.fails_inconclusive = true; }},
       {0, "bisect", nullptr, "status 125 for that, and for any trouble",
        [](Options& o, std::string_view) { o.diff.is_bisecting = true; }}},
      {Command::kDiff}};
}

FlagGroup Reports() {
  return {
      "prof2cg diff: how it is told",
      {{0, "all", nullptr, "all that differs, not only what counts",
        [](Options& o, std::string_view) { o.diff.shows_all = true; }},
       {0, "report", "FORMAT[=FILE]",
        "as json, md, junit, sarif or github, too; may be repeated", AddReport},
       {'o', "outfile", "FILE",
        "write the text to FILE; or a picture, as x.svg, beside the text",
        SetOutput, Times::kOnce},
       {'t', "to", "FORMAT", "of the picture; default: by -o's extension",
        [](Options& o, std::string_view a) { o.writer = WriterNamed(a); }},
       {0, "event", "NAME",
        "what the picture is coloured by; default: the first that is judged",
        SetEvent},
       {0, "color", "WHEN", "auto (default), always or never", SetColor}},
      {Command::kDiff}};
}

// Those without a function are the recorder's own: prof2cg_record/options.py
// tells the same of them, and checks what they are given.
FlagGroup Recording() {
  return {
      "prof2cg record",
      {{'m', nullptr, "MODULE", "run a module, as python -m does",
        [](Options& o, std::string_view a) {
          o.record.program = {"-m", std::string(a)};
        }},
       {'c', nullptr, "CODE", "run code, as python -c does",
        [](Options& o, std::string_view a) {
          o.record.program = {"-c", std::string(a)};
        }},
       {0, "python", "PYTHON",
        "the interpreter; default: $VIRTUAL_ENV's, else python3",
        [](Options& o, std::string_view a) { o.record.python = a; }},
       {'o', "outfile", "FILE",
        "write to FILE; default: SCRIPT or MODULE with .pstats", nullptr},
       {0, "events", "LIST",
        "of time,cpu,alloc,live,peak,arenas,sizes; default: but sizes",
        nullptr},
       {0, "clock", "CLOCK", "tsc (default where it is steady) or monotonic",
        nullptr},
       {0, "max-contexts", "N",
        "beyond N calling contexts, fold; default: 1048576", nullptr},
       {0, "instr-atstart", "yes|no",
        "no: `prof2cg control` or the program switches it on", nullptr},
       {0, "control", nullptr, "let `prof2cg control` switch it off and on",
        nullptr},
       {0, "valgrind", "bypass|annotate",
        "under Valgrind: leave memory to malloc (default), or annotate",
        nullptr},
       {0, "children", "no|each|merge",
        "forked and multiprocessing ones: FILE.PID (default), or all in FILE",
        nullptr},
       {0, "snapshot", "SECONDS", "write what there is every so often, too",
        nullptr},
       {0, "anonymous", nullptr, "leave out arguments, folders and the machine",
        nullptr},
       {'q', "quiet", nullptr, "do not say what was written", nullptr}},
      {Command::kRecord}};
}

FlagGroup Control() {
  return {
      "prof2cg control",
      {{'i', "instr", "on|off", "record from now on, or not",
        [](Options& o, std::string_view a) {
          o.switches_on = OneOf<bool>("-i", a, {{"on", true}, {"off", false}});
        }}},
      {Command::kControl}};
}

FlagGroup Snapshot() {
  return {"prof2cg snapshot",
          {{0, "least", "PERCENT",
            "functions with less of everything are one line; default: 0.1",
            [](Options& o, std::string_view a) {
              o.least_told = ToShare("--least", a);
            }}},
          {Command::kSnapshot}};
}

FlagGroup Help() {
  return {
      "Help",
      {{'h', nullptr, nullptr, "the most useful commands",
        [](Options& o, std::string_view) { o.command = Command::kHelp; }},
       {0, "help", nullptr, "this text",
        [](Options& o, std::string_view) { o.command = Command::kFullHelp; }},
       {'V', "version", nullptr, "versions and formats",
        [](Options& o, std::string_view) { o.command = Command::kVersion; }}},
      {Command::kConvert, Command::kTop, Command::kDiff, Command::kSnapshot,
       Command::kRecord, Command::kControl}};
}

}  // namespace

bool FlagGroup::IsOf(Command command) const {
  return std::ranges::find(commands, command) != commands.end();
}

const std::vector<FlagGroup>& FlagGroups() {
  static const std::vector<FlagGroup> groups = {InputAndOutput(),
                                                Filters(),
                                                Separating(),
                                                Converting(),
                                                Thresholds(),
                                                Choosing(),
                                                Looks(),
                                                Comparing(),
                                                Top(),
                                                Sides(),
                                                Gates(),
                                                Reports(),
                                                Snapshot(),
                                                Recording(),
                                                Control(),
                                                Help()};
  return groups;
}

}  // namespace prof2cg
