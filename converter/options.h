// What the command line asks for.
#ifndef PROF2CG_CONVERTER_OPTIONS_H_
#define PROF2CG_CONVERTER_OPTIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/options.h"
#include "converter/filter.h"
#include "converter/load.h"
#include "converter/picture/compare.h"
#include "converter/picture/options.h"
#include "converter/record.h"
#include "converter/separate.h"
#include "converter/top/outliers.h"
#include "converter/top/report.h"
#include "converter/top/stacks.h"
#include "converter/writers/writer.h"
#include "graph/compare/normalize_names.h"

namespace prof2cg {

enum class Command {
  kConvert,
  kTop,
  kDiff,
  kRecord,
  kControl,
  kSnapshot,
  kHelp,
  kFullHelp,
  kVersion
};

struct Options {
  Command command = Command::kConvert;
  std::vector<std::string> inputs;
  std::string output;  // "": not given
  std::string event;   // "": the first
  LoadOptions load;
  FilterOptions filter;
  SeparateOptions separate;
  const Writer* writer = nullptr;  // null: not given; of `diff`: no picture
  bool separate_threads = false;
  bool view = false;                // -k
  std::vector<std::string> script;  // -r: the script and its arguments

  // What is drawn and how; but for these, which depend on more than one flag.
  PictureOptions picture;
  std::string_view colormap;         // "": the output format's own
  double skew = 0;                   // 0: none
  std::vector<NodeLine> node_lines;  // none: the usual ones
  std::vector<EdgeLine> edge_lines;
  std::optional<std::string> list_functions;
  bool compares = false;
  CompareOptions comparison;
  std::string picture_flag;  // one that was given; "": none

  // Of `diff` and `snapshot`: what files are called.
  std::vector<PathRule> path_rules;

  DiffOptions diff;
  // Where words go that are no options: a side of `diff`; null: to `inputs`.
  std::vector<std::string> DiffOptions::*diff_side = nullptr;

  RecordOptions record;
  std::optional<bool> switches_on;  // control -i

  // Functions with less of all that a snapshot tells are one line of it.
  double least_told = .001;

  TopOptions top;
  bool by_stacks = false;  // top's other reports
  bool by_outliers = false;
  OutlierOptions outliers;
  StackOptions stacks;
  std::string list_flag;    // one that is for functions only; "": none given
  std::string stacks_flag;  // the same of stacks
  bool as_json = false;
  std::string color = "auto";  // always, never
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_OPTIONS_H_
