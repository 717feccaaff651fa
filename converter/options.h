// The command line: one table of flags, from which it is parsed and explained.
#ifndef PROF2CG_CONVERTER_OPTIONS_H_
#define PROF2CG_CONVERTER_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "converter/load.h"
#include "converter/writers/writer.h"

namespace prof2cg {

enum class Command { kConvert, kTop, kHelp, kFullHelp, kVersion };

// What `prof2cg top` was asked for; see converter/top/report.h.
struct TopFlags {
  std::optional<size_t> rows;
  std::string sort = "self";
  std::string event;   // "": the first
  std::string filter;  // patterns of functions; "": all, none, none
  std::string callers;
  std::string callees;
  bool json = false;
};

struct Options {
  Command command = Command::kConvert;
  std::vector<std::string> inputs;
  std::string output;  // "": not given
  LoadOptions load;
  const Writer* writer = nullptr;   // null: not given
  bool view = false;                // -k
  std::vector<std::string> script;  // -r: the script and its arguments
  std::string color = "auto";       // always, never
  TopFlags top;
};

// Long options may be shortened and options stand anywhere; after -r all is the
// script's, after -- all are inputs. Throws Error.
Options ParseOptions(int argc, char** argv);

// What -h and --help print.
std::string ShortHelp();
std::string FullHelp();
std::string VersionText();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_OPTIONS_H_
