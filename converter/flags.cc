#include "converter/flags.h"

#include <algorithm>

#include "converter/flag_groups.h"
#include "converter/flag_values.h"

namespace prof2cg {
namespace {

FlagGroup Snapshot() {
  return {
      "prof2cg snapshot",
      {{0, "least", "PERCENT",
        "functions with less of everything are one line; default: 0.1",
        [](Options& o, std::string_view a) {
          o.least_told = ToShare("--least", a);
        }},
       {0, "path-map", "s/FROM/TO/",
        "rename files by a regular expression; may be repeated", AddPathRule}},
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
