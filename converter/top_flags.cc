#include <string>
#include <string_view>

#include "converter/flag_groups.h"
#include "converter/flag_values.h"

namespace prof2cg {

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

}  // namespace prof2cg
