#include "converter/commands.h"

#include <malloc.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "converter/control.h"
#include "converter/convert.h"
#include "converter/diff.h"
#include "converter/filter.h"
#include "converter/help.h"
#include "converter/io/output.h"
#include "converter/load.h"
#include "converter/message.h"
#include "converter/process.h"
#include "converter/record.h"
#include "converter/script.h"
#include "converter/separate.h"
#include "converter/status.h"
#include "converter/terminal.h"
#include "converter/top/json.h"
#include "converter/top/outliers.h"
#include "converter/top/outliers_json.h"
#include "converter/top/outliers_text.h"
#include "converter/top/report.h"
#include "converter/top/stacks.h"
#include "converter/top/stacks_json.h"
#include "converter/top/stacks_text.h"
#include "converter/top/text.h"
#include "converter/viewer.h"
#include "converter/writers/snapshot.h"
#include "graph/compare/normalize_names.h"
#include "graph/error.h"
#include "graph/passes/snapshot.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

constexpr std::string_view kStream = "-";  // standard input or output

void Print(std::string_view text) {
  Output out(std::string(kStream), {});
  out.Write(text);
  out.Commit();
}

// The name of the result of `source` without -o, as pyprof2calltree has it.
std::string LogName(const std::string& source) {
  if (source == kStream) return "stdin.log";
  return std::filesystem::path(source).filename().string() + ".log";
}

const Writer& ChooseWriter(const Options& options) {
  const Writer* writer = options.writer;
  if (writer == nullptr) writer = FindWriterForFile(options.output);
  if (writer == nullptr) writer = FindWriter("callgrind");
  if (writer->draw == nullptr && !options.picture_flag.empty()) {
    throw Error(options.picture_flag +
                " is for pictures: name one by -o x.svg or -t dot");
  }
  if (writer->draw == nullptr && !options.event.empty() && !writer->is_report &&
      !HoldsOneEvent(*writer)) {
    throw Error("--event is for pictures and formats of one event, not " +
                std::string(writer->name));
  }
  if (options.separate_threads && writer->write_threads == nullptr) {
    throw Error("--separate-threads=yes is for callgrind, not " +
                std::string(writer->name));
  }
  return *writer;
}

PictureOptions ChoosePicture(const Options& options, const Writer& writer) {
  PictureOptions picture = options.picture;
  picture.theme =
      *FindTheme(options.colormap.empty() ? writer.colormap : options.colormap);
  if (options.skew > 0) picture.theme.skew = options.skew;
  return picture;
}

// What a picture is called that nobody gave a title: the profiled program, or
// the input.
std::string Title(const Profile& profile, const std::string& source) {
  if (!profile.command.empty()) return profile.command;
  return source == kStream ? "standard input"
                           : std::filesystem::path(source).filename().string();
}

// Where results go that are nothing to keep: standard output without -o.
std::string OutputOrStream(const Options& options) {
  return options.output.empty() ? std::string(kStream) : options.output;
}

bool IsCallgrind(const Writer& writer) { return writer.name == "callgrind"; }

// Where the result of `source` goes without -o.
std::string DefaultOutput(const Writer& writer, const std::string& source) {
  return IsCallgrind(writer) && source != kStream ? LogName(source)
                                                  : std::string(kStream);
}

// What the user wants to see of the inputs.
Profile LoadPart(const Options& options, const std::vector<std::string>& inputs,
                 const LoadOptions& load) {
  Profile profile = Load(inputs, load);
  const size_t told = profile.provenance.oddities.size();
  Filter(profile, options.filter);
  const std::string choice = Separate(profile, options.separate);
  if (!choice.empty()) Tell(choice);
  const std::span<const Oddity> oddities = profile.provenance.oddities;
  for (const Oddity& oddity : oddities.subspan(told)) {
    if (load.warns) Warn(oddity.Text());
  }
  return profile;
}

// What -r makes: the script's exit status, and its profile if it left one.
struct Recording {
  int status;
  std::optional<Profile> profile;
};

// The folder is gone before anything is written, which may block.
Recording Record(const Options& options) {
  const TemporaryFolder folder;
  const std::string dump = folder.File("script.pstats");
  Recording recording{ProfileScript(options.script, dump), std::nullopt};
  if (!std::filesystem::exists(dump)) return recording;
  LoadOptions load = options.load;
  load.name = options.script.front();
  Profile& profile = recording.profile.emplace(LoadPart(options, {dump}, load));
  profile.command = "python3";
  for (const std::string& word : options.script) profile.command += " " + word;
  return recording;
}

// Gives the viewer's exit status. A file of that name in a folder of its own
// serves without an output; the folder is there only once the input is read,
// which may take for ever.
int ConvertAndView(Profile profile, ConvertOptions convert,
                   const std::string& name, const std::string& viewer) {
  std::optional<TemporaryFolder> folder;
  if (convert.output.empty()) convert.output = folder.emplace().File(name);
  Convert(std::move(profile), convert);
  // A viewer may be open for hours, and needs the memory.
  malloc_trim(0);
  return View(viewer, convert.output);
}

// What is written about a profile, to people: to the output or the terminal.
TextOptions TextFor(const Options& options, const std::string& output) {
  return {TerminalWidth(output), UseColor(options.color, output)};
}

// All functions with their callers and callees, the costliest first.
void WriteReport(const Profile& profile, const Options& options) {
  TopOptions all = options.top;
  all.order = TopOrder::kInclusive;
  all.callers_of = all.callees_of = "*";
  all.sections = all.neighbours = 0;
  const std::string output = OutputOrStream(options);
  const std::string report =
      TopText(MakeTopReport(profile, all), TextFor(options, output));
  Output out(output, options.inputs);
  out.Write(report);
  out.Commit();
}

int RunConvert(const Options& options) {
  if (options.view && options.output == kStream) {
    throw Error("-k needs a file to open, not standard output");
  }
  const Writer& writer = ChooseWriter(options);
  if (options.view && !IsCallgrind(writer)) {
    throw Error("-k opens callgrind files, not " + std::string(writer.name));
  }
  const std::string viewer = options.view ? FindViewer() : "";
  const bool runs = !options.script.empty();
  auto [status, profile] =
      runs ? Record(options)
           : Recording{0, LoadPart(options, options.inputs, options.load)};
  if (!profile) {
    Tell(options.script.front() + ": ended with status " +
         std::to_string(status) + " and left no profile");
    return status != 0 ? status : kTrouble;
  }
  if (writer.is_report) {
    WriteReport(*profile, options);
    return status;
  }
  const std::string source =
      runs ? options.script.front() : options.inputs.front();
  ConvertOptions convert{options.inputs,
                         options.output,
                         &writer,
                         options.event,
                         ChoosePicture(options, writer),
                         options.separate_threads};
  std::string& title = convert.picture.title;
  if (title.empty()) title = Title(*profile, source);
  if (options.view) {
    const int viewed =
        ConvertAndView(std::move(*profile), convert, LogName(source), viewer);
    if (viewed == 0) return status;
    Tell(std::filesystem::path(viewer).filename().string() +
         " ended with status " + std::to_string(viewed));
    return status != 0 ? status : kTrouble;
  }
  if (convert.output.empty()) convert.output = DefaultOutput(writer, source);
  Convert(std::move(*profile), convert);
  if (options.output.empty() && convert.output != kStream) {
    Tell("wrote " + convert.output);
  }
  return status;
}

int RunList(const Options& options) {
  const PictureOptions picture = ChoosePicture(options, *FindWriter("dot"));
  Print(ListFunctions(LoadPart(options, options.inputs, options.load), picture,
                      *options.list_functions));
  return 0;
}

int RunCompare(const Options& options) {
  const Writer& writer = ChooseWriter(options);
  Profile first = LoadPart(options, {options.inputs[0]}, options.load);
  Profile second = LoadPart(options, {options.inputs[1]}, options.load);
  ConvertOptions convert{options.inputs, OutputOrStream(options), &writer,
                         options.event, ChoosePicture(options, writer)};
  std::string& title = convert.picture.title;
  if (title.empty()) {
    title = Title(first, options.inputs[0]) + " and " +
            Title(second, options.inputs[1]);
  }
  Compare(std::move(first), std::move(second), options.comparison, convert);
  return 0;
}

// As text or JSON.
std::string ReportOutliers(const Options& options, const LoadOptions& load,
                           const TextOptions& text) {
  const OutlierReport report = MakeOutlierReport(
      options.inputs,
      [&](const std::string& input) {
        return LoadPart(options, {input}, load);
      },
      options.outliers);
  return options.as_json ? OutliersJson(report) : OutliersText(report, text);
}

std::string ReportTop(const Options& options, const LoadOptions& load,
                      const TextOptions& text) {
  const Profile profile = LoadPart(options, options.inputs, load);
  if (options.by_stacks) {
    const StackReport stacks = MakeStackReport(profile, options.stacks);
    return options.as_json ? StacksJson(stacks) : StacksText(stacks, text);
  }
  const TopReport top = MakeTopReport(profile, options.top);
  return options.as_json ? TopJson(top) : TopText(top, text);
}

int RunTop(const Options& options) {
  LoadOptions load = options.load;
  load.warns = false;  // the report tells what is odd
  const std::string output = OutputOrStream(options);
  const TextOptions text = TextFor(options, output);
  const std::string report = options.by_outliers
                                 ? ReportOutliers(options, load, text)
                                 : ReportTop(options, load, text);
  Output out(output, options.inputs);
  out.Write(report);
  out.Commit();
  return 0;
}

// The folder that the command runs in, as files in it begin.
std::string CurrentFolder() {
  return (std::filesystem::current_path() / "").string();
}

int RunSnapshot(const Options& options) {
  Profile profile = LoadPart(options, options.inputs, options.load);
  profile = NormalizeNames(std::move(profile), options.path_rules);
  profile = DropPrefix(std::move(profile), CurrentFolder());
  Output out(OutputOrStream(options), options.inputs);
  WriteSnapshot(MakeSnapshot(profile, options.least_told), out);
  out.Commit();
  return 0;
}

int RunControl(const Options& options) {
  const std::string& process = options.inputs.front();
  Tell(process + ": " + ControlRecording(process, *options.switches_on));
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
    case Command::kDiff:
      return RunDiff(options);
    case Command::kRecord:
      RecordProgram(options.record);
    case Command::kControl:
      return RunControl(options);
    case Command::kSnapshot:
      return RunSnapshot(options);
    case Command::kConvert:
      if (options.list_functions) return RunList(options);
      return options.compares ? RunCompare(options) : RunConvert(options);
  }
  return 0;
}

}  // namespace prof2cg
