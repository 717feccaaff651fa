#include "converter/commands.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/convert.h"
#include "converter/io/output.h"
#include "converter/message.h"
#include "converter/process.h"
#include "converter/script.h"
#include "converter/terminal.h"
#include "converter/top/json.h"
#include "converter/top/report.h"
#include "converter/top/text.h"
#include "converter/viewer.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr std::string_view kStream = "-";  // standard input or output

void Print(std::string_view text) {
  Output out(std::string(kStream), {});
  out.Write(text);
  out.Commit();
}

const Writer& ChooseWriter(const Options& options) {
  if (options.writer != nullptr) return *options.writer;
  const Writer* by_name = FindWriterForFile(options.output);
  return by_name != nullptr ? *by_name : *FindWriter("callgrind");
}

// Where the result goes without -o, as pyprof2calltree has it.
std::string DefaultOutput(const std::string& source) {
  if (source == kStream) return std::string(kStream);
  return std::filesystem::path(source).filename().string() + ".log";
}

int RunConvert(const Options& options) {
  ConvertOptions convert{options.inputs, options.load, options.output,
                         &ChooseWriter(options), ""};
  std::optional<TemporaryFolder> temporary;
  const auto temporary_file = [&](const char* name) {
    if (!temporary) temporary.emplace();
    return temporary->File(name);
  };
  const std::string viewer = options.view ? FindViewer() : "";

  int status = 0;
  std::string source =
      options.script.empty() ? options.inputs.front() : options.script.front();
  if (!options.script.empty()) {
    const std::string dump = temporary_file("script.pstats");
    status = ProfileScript(options.script, dump);
    if (!std::filesystem::exists(dump)) {
      throw Error("ended with status " + std::to_string(status) +
                      " and left no profile",
                  std::nullopt, source);
    }
    convert.inputs = {dump};
    convert.command = "python3";
    for (const std::string& word : options.script) {
      convert.command += " " + word;
    }
  }
  if (convert.output.empty()) {
    convert.output =
        options.view ? temporary_file("callgrind.out") : DefaultOutput(source);
    if (!options.view && convert.output != kStream) {
      Tell("writing " + convert.output);
    }
  }
  if (options.view && convert.output == kStream) {
    throw Error("-k needs a file to open, not standard output");
  }
  Convert(convert);
  if (options.view) View(viewer, convert.output);
  return status;
}

TopOrder Order(const std::string& word) {
  if (word == "inclusive") return TopOrder::kInclusive;
  if (word == "calls") return TopOrder::kCalls;
  return word == "name" ? TopOrder::kName : TopOrder::kSelf;
}

int RunTop(const Options& options) {
  const TopFlags& flags = options.top;
  TopOptions top;
  top.event = flags.event;
  top.order = Order(flags.sort);
  if (flags.rows) top.rows = *flags.rows;
  top.filter = flags.filter;
  top.callers_of = flags.callers;
  top.callees_of = flags.callees;

  const TopReport report =
      MakeTopReport(Load(options.inputs, options.load), top);
  const std::string output =
      options.output.empty() ? std::string(kStream) : options.output;
  Output out(output, options.inputs);
  out.Write(flags.json ? TopJson(report)
                       : TopText(report, {TerminalWidth(output),
                                          UseColor(options.color, output)}));
  out.Commit();
  return 0;
}

}  // namespace

int RunCommand(Options options) {
  switch (options.command) {
    case Command::kHelp:
      Print(ShortHelp());
      return 0;
    case Command::kFullHelp:
      Print(FullHelp());
      return 0;
    case Command::kVersion:
      Print(VersionText());
      return 0;
    case Command::kTop:
      return RunTop(options);
    case Command::kConvert:
      return RunConvert(options);
  }
  return 0;
}

}  // namespace prof2cg
