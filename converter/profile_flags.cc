#include <string>
#include <string_view>

#include "converter/flag_groups.h"
#include "converter/flag_values.h"

namespace prof2cg {
namespace {

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

}  // namespace

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

}  // namespace prof2cg
