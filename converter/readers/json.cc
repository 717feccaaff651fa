// Events with their stacks as JSON, in the schema of gprof2dot (version 0):
//
//   {"version": 0,
//    "costs": [{"description": "Time", "unit": "seconds"}],
//    "functions": [{"name": "f", "module": "app", "process": "app:12"}],
//    "events": [{"callchain": [0, 2, 1], "cost": [0.25]}]}
//
// A callchain has functions by their place, the last one first. Every kind of
// cost becomes an event of the profile. Seconds and their parts become whole
// nanoseconds; where another cost is no whole number, its column is in
// millionths. A module is its functions' file, a process their object.
//
// Members may come in any order, and others are skipped. A function's calls are
// the events that it ends, as gprof2dot has them: the format knows no others,
// and none of calls. Accepted and counted: events with fewer costs than are
// described, or more; costs that are too large, or too small to be seen.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "converter/readers/amount.h"
#include "converter/readers/event_columns.h"
#include "converter/readers/json_contents.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

class JsonReader {
 public:
  explicit JsonReader(const JsonContents& contents)
      : contents_(contents),
        columns_(Columns()),
        builder_(EventsOf(columns_)),
        tree_(columns_.size()) {}

  Profile Read() {
    for (const JsonContents::Function& function : contents_.functions) {
      functions_.push_back(AddFunction(function));
    }
    JsonContents::Event before{};
    for (const JsonContents::Event& event : contents_.events) {
      AddEvent(before, event);
      before = event;
    }
    NoteOddities();
    builder_.profile().naming = Naming::kFileName;
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  std::vector<AmountColumn> Columns() const;
  FunctionId AddFunction(const JsonContents::Function& function);
  void AddEvent(const JsonContents::Event& before,
                const JsonContents::Event& event);
  ContextId EnterStack(const JsonContents::Event& before,
                       const JsonContents::Event& event);
  std::vector<int64_t> Costs(const JsonContents::Event& before,
                             const JsonContents::Event& event);
  int64_t Scale(Amount amount, Amount size);
  void NoteOddities();

  const JsonContents& contents_;
  const std::vector<AmountColumn> columns_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  std::vector<FunctionId> functions_;  // per function of the file
  int64_t lacking_ = 0;
  int64_t undescribed_ = 0;
  int64_t out_of_range_ = 0;
};

// At least one: files that gprof2dot reads may describe none.
std::vector<AmountColumn> JsonReader::Columns() const {
  std::vector<JsonContents::Cost> costs = contents_.costs;
  if (costs.empty()) costs.push_back({"Cost", ""});
  std::vector<bool> has_fractions(costs.size());
  size_t begin = 0;
  for (const JsonContents::Event& event : contents_.events) {
    const size_t end = std::min(event.cost_end, begin + costs.size());
    for (size_t i = begin; i < end; ++i) {
      if (!IsWhole(contents_.amounts[i])) has_fractions[i - begin] = true;
    }
    begin = event.cost_end;
  }
  std::vector<AmountColumn> columns;
  EventNames names;
  for (size_t i = 0; i < costs.size(); ++i) {
    const JsonContents::Cost& cost = costs[i];
    columns.push_back(ColumnOf(EventIdentifier(cost.description),
                               cost.description, cost.unit, has_fractions[i]));
    columns.back().name = names.Add(columns.back().name);
  }
  return columns;
}

FunctionId JsonReader::AddFunction(const JsonContents::Function& function) {
  return builder_.AddFunction({builder_.Intern(function.name),
                               builder_.Intern(function.module),
                               builder_.Intern(function.process), 0});
}

void JsonReader::AddEvent(const JsonContents::Event& before,
                          const JsonContents::Event& event) {
  tree_.AddSelf(EnterStack(before, event), Costs(before, event));
  const uint64_t last = contents_.callchains[before.callchain_end];
  builder_.AddCounts(functions_[last], {1, 1});
}

ContextId JsonReader::EnterStack(const JsonContents::Event& before,
                                 const JsonContents::Event& event) {
  ContextId context;
  for (size_t i = event.callchain_end; i-- > before.callchain_end;) {
    const uint64_t number = contents_.callchains[i];
    if (number >= functions_.size()) {
      throw Error("the event before calls function " + std::to_string(number) +
                      " of " + std::to_string(functions_.size()),
                  event.offset);
    }
    context = tree_.Enter(context, functions_[number], 0);
  }
  return context;
}

std::vector<int64_t> JsonReader::Costs(const JsonContents::Event& before,
                                       const JsonContents::Event& event) {
  const size_t given = event.cost_end - before.cost_end;
  lacking_ += given < columns_.size();
  undescribed_ += given > columns_.size();
  std::vector<int64_t> costs(columns_.size());
  for (size_t i = 0; i < std::min(given, costs.size()); ++i) {
    costs[i] = Scale(contents_.amounts[before.cost_end + i], columns_[i].size);
  }
  return costs;
}

int64_t JsonReader::Scale(Amount amount, Amount size) {
  if (const auto cost = CostOf(amount, size)) return *cost;
  ++out_of_range_;
  return 0;
}

void JsonReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kEstimated;
  provenance.Note("event has fewer costs than are described: the others are 0",
                  "events have fewer costs than are described: the others are "
                  "0",
                  lacking_);
  provenance.Note("event has more costs than are described: they are left out",
                  "events have more costs than are described: they are left "
                  "out",
                  undescribed_);
  provenance.Note("cost is too large or too small: taken as 0",
                  "costs are too large or too small: taken as 0",
                  out_of_range_);
  provenance.lost = undescribed_ + out_of_range_;
}

// An object whose first member is one of the schema, and its first member too.
bool Sniff(std::string_view head) {
  const auto take = [&](std::string_view text) {
    const size_t begin = head.find_first_not_of(" \t\r\n");
    head.remove_prefix(std::min(begin, head.size()));
    const bool is_there = head.starts_with(text);
    if (is_there) head.remove_prefix(text.size());
    return is_there;
  };
  take("\xef\xbb\xbf");
  if (!take("{")) return false;
  if (take("\"version\"")) return take(":") && take("0");
  constexpr std::string_view kArrays[][3] = {
      {"\"costs\"", "\"description\"", "\"unit\""},
      {"\"functions\"", "\"name\"", "\"module\""},
      {"\"events\"", "\"callchain\"", "\"cost\""},
  };
  for (const auto& [array, member, other] : kArrays) {
    if (!take(array)) continue;
    if (!take(":") || !take("[")) return false;
    return take("]") || (take("{") && (take(member) || take(other)));
  }
  return false;
}

Profile Read(std::string_view bytes) {
  const JsonContents contents = ParseJsonContents(bytes);
  return JsonReader(contents).Read();
}

}  // namespace

extern constinit const Reader kJson = {
    .name = "json",
    .description = "JSON in gprof2dot's schema",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
