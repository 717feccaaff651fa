#include "converter/top/stacks.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "converter/names/choose.h"
#include "converter/names/plain_name.h"
#include "graph/error.h"
#include "graph/passes/find_callers.h"

namespace prof2cg {
namespace {

constexpr size_t kMostCallers = 100;

// The event that counts the blocks of an event of bytes: a recording names them
// alike.
std::optional<EventId> EventOfBlocks(const Profile& profile, EventId event) {
  constexpr std::string_view kBytes = "_bytes";
  const std::string& name = profile.events[event].name;
  if (!name.ends_with(kBytes)) return std::nullopt;
  return profile.events.Find(name.substr(0, name.size() - kBytes.size()) +
                             "_blocks");
}

// A stack with a cost, from the frame on that the walk has come to.
struct Stack {
  ContextId frame;
  uint32_t line = 0;  // of the call in the frame; 0 in the function at its end
  int64_t cost = 0;
  int64_t blocks = 0;
};

// Stacks that are alike as far as the walk has come.
struct Group {
  size_t depth = 0;
  int64_t cost = 0;
  int64_t blocks = 0;
  std::vector<Stack> stacks = {};  // not empty
};

class StackReporter {
 public:
  StackReporter(const Profile& profile, const StackOptions& options)
      : profile_(profile),
        contexts_(profile.contexts->contexts),
        callers_(FindCallers(contexts_)),
        options_(options),
        most_callers_(options.callers == 0
                          ? kMostCallers
                          : std::min(options.callers, kMostCallers)),
        event_(ChooseEvent(profile, options.event)),
        blocks_(EventOfBlocks(profile, event_)) {}

  StackReport Make() {
    Summarise();
    std::vector<Group> functions = Split(FindStacks(), 0);
    report_.functions = functions.size();
    Cut(functions);
    report_.shown = functions.size();
    Walk(std::move(functions));
    return std::move(report_);
  }

 private:
  FunctionId FunctionOf(ContextId context) const {
    return contexts_[context.row()].function;
  }

  void Summarise();
  std::vector<Stack> FindStacks();
  std::vector<Group> Split(std::vector<Stack> stacks, size_t depth) const;
  void Cut(std::vector<Group>& functions) const;
  bool IsShown(const Group& group) const;
  std::vector<Stack> Callers(const Group& group) const;
  void Walk(std::vector<Group> groups);
  StackRow Describe(const Group& group) const;

  const Profile& profile_;
  const std::vector<Context>& contexts_;
  const std::vector<Caller> callers_;  // per context
  const StackOptions& options_;
  const size_t most_callers_;
  const EventId event_;
  const std::optional<EventId> blocks_;
  StackReport report_;
};

void StackReporter::Summarise() {
  report_.event = profile_.events[event_];
  if (blocks_) report_.blocks = profile_.events[*blocks_];
  report_.oddities = profile_.provenance.oddities;
}

std::vector<Stack> StackReporter::FindStacks() {
  std::vector<Stack> stacks;
  for (size_t row = 0; row < contexts_.size(); ++row) {
    const auto costs = std::as_const(profile_.contexts->self)[row];
    const int64_t cost = costs[event_.row()];
    const int64_t blocks = blocks_ ? costs[blocks_->row()] : 0;
    if (cost == 0 && blocks == 0) continue;
    stacks.push_back({ContextId(row), 0, cost, blocks});
    report_.cost = SaturatingAdd(report_.cost, cost);
    report_.block_count = SaturatingAdd(report_.block_count, blocks);
  }
  return stacks;
}

// By function and line, the costliest first.
std::vector<Group> StackReporter::Split(std::vector<Stack> stacks,
                                        size_t depth) const {
  const auto key = [&](const Stack& stack) {
    return std::tuple(FunctionOf(stack.frame), stack.line);
  };
  std::ranges::stable_sort(stacks, {}, key);
  std::vector<Group> groups;
  for (const Stack& stack : stacks) {
    if (groups.empty() || key(groups.back().stacks[0]) != key(stack)) {
      groups.push_back({.depth = depth});
    }
    Group& group = groups.back();
    group.cost = SaturatingAdd(group.cost, stack.cost);
    group.blocks = SaturatingAdd(group.blocks, stack.blocks);
    group.stacks.push_back(stack);
  }
  std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
    return std::tie(a.cost, a.blocks) > std::tie(b.cost, b.blocks);
  });
  return groups;
}

bool StackReporter::IsShown(const Group& group) const {
  const double least =
      std::abs(static_cast<double>(report_.cost)) * options_.least_share;
  return std::abs(static_cast<double>(group.cost)) >= least;
}

void StackReporter::Cut(std::vector<Group>& functions) const {
  std::erase_if(functions,
                [this](const Group& group) { return !IsShown(group); });
  if (options_.rows != 0 && functions.size() > options_.rows) {
    functions.resize(options_.rows);
  }
}

// One function nearer to the root; what has none ends.
std::vector<Stack> StackReporter::Callers(const Group& group) const {
  std::vector<Stack> callers;
  for (Stack stack : group.stacks) {
    const Caller& caller = callers_[stack.frame.row()];
    if (!caller.context.is_valid()) continue;
    stack.frame = caller.context;
    stack.line = caller.line;
    callers.push_back(stack);
  }
  return callers;
}

// Each group before its callers.
void StackReporter::Walk(std::vector<Group> groups) {
  std::ranges::reverse(groups);
  while (!groups.empty()) {
    const Group group = std::move(groups.back());
    groups.pop_back();
    StackRow& row = report_.rows.emplace_back(Describe(group));
    std::vector<Stack> callers = Callers(group);
    row.has_cut = group.depth == most_callers_ && !callers.empty();
    if (row.has_cut) continue;
    std::vector<Group> more = Split(std::move(callers), group.depth + 1);
    std::erase_if(more, [this](const Group& g) { return !IsShown(g); });
    std::move(more.rbegin(), more.rend(), std::back_inserter(groups));
  }
}

StackRow StackReporter::Describe(const Group& group) const {
  const Stack& first = group.stacks[0];
  const FunctionId function = FunctionOf(first.frame);
  const Function& f = profile_.functions[function.row()];
  return {group.depth,
          std::string(profile_.strings[f.name]),
          PlainName(profile_, function),
          std::string(profile_.strings[f.file]),
          std::string(profile_.strings[f.object]),
          group.depth == 0 ? f.line : first.line,
          group.cost,
          group.blocks};
}

}  // namespace

StackReport MakeStackReport(const Profile& profile,
                            const StackOptions& options) {
  if (!profile.contexts) {
    throw Error(
        "--stacks needs stacks, which this profile does not have: recordings "
        "have them, and samples");
  }
  return StackReporter(profile, options).Make();
}

}  // namespace prof2cg
