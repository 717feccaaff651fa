#include "converter/losses.h"

#include <algorithm>
#include <vector>

namespace prof2cg {
namespace {

bool HasCallCounts(const Profile& profile) {
  if (profile.contexts) return HaveCalls(*profile.contexts);
  return profile.provenance.call_counts != Origin::kAbsent;
}

bool HasLines(const Profile& profile) {
  if (profile.contexts) {
    return std::ranges::any_of(profile.contexts->contexts,
                               [](const Context& c) { return c.line != 0; });
  }
  return std::ranges::any_of(profile.graph.calls,
                             [](const Call& call) { return call.line != 0; });
}

std::vector<std::string> Losses(const Profile& profile, const Holds& holds) {
  std::vector<std::string> losses;
  const auto lose = [&](bool is_held, bool is_there, const char* what) {
    if (!is_held && is_there) losses.emplace_back(what);
  };
  const size_t others = profile.events.size() - 1;
  if (!holds.all_events && others > 0) {
    losses.push_back(std::to_string(others) + " event" +
                     (others == 1 ? "" : "s") + " (--event chooses)");
  }
  const auto& contexts = profile.contexts;
  lose(holds.stacks, contexts && !profile.separation,
       "stacks (--separate-callers keeps callers)");
  lose(holds.call_counts, HasCallCounts(profile), "call counts");
  lose(holds.lines, HasLines(profile), "lines of calls");
  lose(holds.threads, profile.threads.size() > 1, "threads");
  lose(holds.block_sizes, contexts && !contexts->sizes.empty(),
       "sizes of blocks");
  return losses;
}

}  // namespace

std::string LossText(const Profile& profile, const Writer& writer,
                     bool separates_threads) {
  if (!writer.holds) return "";
  Holds holds = *writer.holds;
  holds.threads |= separates_threads;
  std::string text;
  for (const std::string& loss : Losses(profile, holds)) {
    text += (text.empty() ? "" : ", ") + loss;
  }
  return text.empty() ? ""
                      : "left out, as " + std::string(writer.name) +
                            " has no place for it: " + text;
}

}  // namespace prof2cg
