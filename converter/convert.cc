#include "converter/convert.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "converter/io/output.h"
#include "converter/io/utf8.h"
#include "converter/losses.h"
#include "converter/message.h"
#include "converter/names/choose.h"
#include "converter/names/function_name.h"
#include "converter/names/function_pattern.h"
#include "converter/picture/draw.h"
#include "graph/error.h"
#include "graph/passes/join_call_sites.h"
#include "graph/passes/keep_event.h"

namespace prof2cg {
namespace {

void CheckTarget(const ConvertOptions& options) {
  if (options.writer->is_binary && options.output == "-" &&
      isatty(STDOUT_FILENO) != 0) {
    throw Error(std::string(options.writer->name) +
                " is nothing for a terminal: -o names a file");
  }
}

// What a format shows if nothing else is asked for.
PictureOptions WithDefaults(PictureOptions picture, const Writer& writer) {
  if (!picture.most_nodes) picture.most_nodes = writer.most_nodes;
  return picture;
}

void Save(const Picture& picture, const ConvertOptions& options) {
  Output output(options.output, options.inputs);
  options.writer->draw(picture, output);
  output.Commit();
  if (!picture.cut.empty()) Warn(options.output + ": " + picture.cut);
}

void CheckThreads(const Profile& profile) {
  if (profile.contexts && !profile.threads.empty()) return;
  throw Error(
      "--separate-threads=yes: the input does not tell threads, as recordings "
      "do");
}

}  // namespace

void Convert(Profile profile, const ConvertOptions& options) {
  CheckTarget(options);
  const Writer& writer = *options.writer;
  if (writer.draw != nullptr) {
    JoinCallSites(profile);
    Save(Draw(profile, WithDefaults(options.picture, writer),
              writer.shows_all_events),
         options);
    return;
  }
  if (options.separate_threads) CheckThreads(profile);
  const std::string loss = LossText(profile, writer, options.separate_threads);
  if (HoldsOneEvent(writer)) {
    KeepEvent(profile, ChooseEvent(profile, options.event));
  }
  Output output(options.output, options.inputs);
  const auto write =
      options.separate_threads ? writer.write_threads : writer.write;
  const std::vector<Oddity> oddities = write(profile, output);
  output.Commit();
  if (!loss.empty()) Tell(options.output + ": " + loss);
  for (const Oddity& oddity : oddities) {
    Warn(options.output + ": " + oddity.Text());
  }
}

void Compare(Profile first, Profile second, const CompareOptions& comparison,
             const ConvertOptions& options) {
  CheckTarget(options);
  JoinCallSites(first);
  JoinCallSites(second);
  Save(DrawComparison(first, second,
                      WithDefaults(options.picture, *options.writer),
                      comparison),
       options);
}

std::string ListFunctions(Profile profile, const PictureOptions& options,
                          std::string_view select) {
  JoinCallSites(profile);
  const Picture picture = Draw(profile, options, false);
  const bool all = select == "+" || select == "*";
  const bool in_full = select.starts_with('%');
  if (in_full) select.remove_prefix(1);
  std::string text;
  for (size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    const std::string name = NameFunction(profile, node.function).name;
    if (!all && !MatchesGlob(name, select)) continue;
    if (!text.empty()) text += ",\n";
    if (all) text += std::to_string(node.function.row()) + ":\t";
    text += Printable(name);
    if (!in_full) continue;
    std::string figures = picture.views.front().nodes[i].label;
    std::ranges::replace(figures, '\n', ' ');
    text += "\t" + figures + "\t" + Printable(profile.File(node.function));
  }
  return text.empty() ? "" : text + "\n";
}

}  // namespace prof2cg
