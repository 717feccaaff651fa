#include "converter/diff/make_report.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "converter/diff/finding_groups.h"
#include "converter/diff/naming.h"
#include "converter/diff/sentences.h"
#include "graph/compare/call_sites.h"
#include "graph/compare/explain.h"
#include "graph/compare/probable_pairs.h"
#include "graph/compare/split.h"
#include "graph/compare/subjects.h"

namespace prof2cg {
namespace {

// Findings that are told, and blamed, beside those that are worse.
constexpr size_t kMostOthers = 10'000;
constexpr size_t kMostBlamedFalls = 100;
// Functions of each end of a long path.
constexpr size_t kMostOfPathEnd = 50;

double ShareOf(int64_t part, int64_t whole) {
  return whole <= 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

class ReportMaker {
 public:
  ReportMaker(const Sides& sides, const JoinedGraph& graph,
              const Judgement& judgement, const Gate& gate)
      : sides_(sides),
        graph_(graph),
        judgement_(judgement),
        gate_(gate),
        explainer_(graph),
        call_sites_(sides.base.sum, sides.current.sum, graph) {}

  DiffReport Make() {
    report_.base = Of(sides_.base, &FunctionPair::base);
    report_.current = Of(sides_.current, &FunctionPair::current);
    report_.base_prefix = sides_.prefixes.base;
    report_.current_prefix = sides_.prefixes.current;
    report_.answer = judgement_.answer;
    report_.equal = static_cast<int64_t>(judgement_.equal);
    report_.alpha = gate_.alpha;
    AddTotals();
    AddFindings();
    AddProbablePairs();
    report_.why = VerdictText(report_);
    return std::move(report_);
  }

 private:
  DiffSide Of(const Side& side, FunctionId FunctionPair::*of_side) const;
  bool IsJudged(std::string_view event) const {
    return std::ranges::count(judgement_.events, event) != 0;
  }
  void AddTotals();
  void AddTotal(const Event& event);
  void AddFindings();
  std::vector<Group> GroupFindings();
  void AddProbablePairs();

  double ShareOfTotal(const Finding& finding) const;
  void Sort(Group& group) const;
  DiffFinding Tell(Group& group) const;
  DiffFinding Tell(const Explained& explained) const;
  DiffBlame Tell(const Blame& blame, std::string_view event) const;
  DiffFunction Name(uint32_t function) const {
    return NameFunction(sides_, graph_, function);
  }
  std::pair<int64_t, int64_t> FiguresOf(const Blame& blame, const Figures& side,
                                        std::optional<EventId> id) const;
  DiffCall NameCall(uint32_t call) const;
  std::vector<DiffFunction> NamePath(uint32_t path) const;

  const Sides& sides_;
  const JoinedGraph& graph_;
  const Judgement& judgement_;
  const Gate& gate_;
  Explainer explainer_;
  const CallSiteFinder call_sites_;
  std::map<std::string, int64_t> whole_;  // of an event, on the greater side
  DiffReport report_;
};

DiffSide ReportMaker::Of(const Side& side,
                         FunctionId FunctionPair::*of_side) const {
  DiffSide told{side.files, side.sum.command};
  for (const FunctionPair& pair : graph_.functions) {
    if (!(pair.*of_side).is_valid()) continue;
    ++told.functions;
    told.unmatched_functions += !pair.is_matched();
  }
  return told;
}

DiffCall ReportMaker::NameCall(uint32_t call) const {
  const auto [caller, callee] = graph_.calls[call];
  DiffCall named{Name(caller), Name(callee), {}, {}};
  for (const CallSite& site : call_sites_.Find(call)) {
    if (site.is_new()) named.new_lines.push_back(*site.current);
    if (site.is_gone()) named.gone_lines.push_back(*site.base);
  }
  return named;
}

std::vector<DiffFunction> ReportMaker::NamePath(uint32_t path) const {
  std::vector<uint32_t> chain = graph_.paths.ChainOf(path);
  if (chain.size() > 2 * kMostOfPathEnd) {
    chain.erase(chain.begin() + kMostOfPathEnd, chain.end() - kMostOfPathEnd);
  }
  std::vector<DiffFunction> names;
  for (const uint32_t p : chain) {
    names.push_back(Name(graph_.paths[p].function));
  }
  return names;
}

// Of calls only where they are judged.
void ReportMaker::AddTotals() {
  for (const Event& event : graph_.events) {
    if (event.name != kCallsEvent) AddTotal(event);
  }
  if (IsJudged(kCallsEvent)) AddTotal(EventNamed(graph_, kCallsEvent));
}

void ReportMaker::AddTotal(const Event& event) {
  const std::optional<EventId> id = FindEvent(graph_, event.name);
  const SideFigures base({&graph_.base, 1}, id);
  const SideFigures current({&graph_.current, 1}, id);
  DiffTotal total{.event = event,
                  .is_judged = IsJudged(event.name),
                  .base = base.total(0),
                  .current = current.total(0),
                  .base_unmatched = UnmatchedShare(graph_, base),
                  .current_unmatched = UnmatchedShare(graph_, current)};
  for (const CommonChange& common : judgement_.common_changes) {
    if (common.event == event.name) total.common_factor = common.factor;
  }
  whole_[event.name] = std::max(total.base, total.current);
  report_.totals.push_back(std::move(total));
}

void ReportMaker::AddProbablePairs() {
  for (const ProbablePair& pair : FindProbablePairs(
           sides_.base.sum, sides_.current.sum, graph_.functions)) {
    report_.probable_pairs.push_back(
        {NameIn(sides_.base.sum, pair.base, DiffFunction::Side::kBase),
         NameIn(sides_.current.sum, pair.current, DiffFunction::Side::kCurrent),
         pair.change});
  }
}

// What is worse is grouped by its cause, and by event where no cause has most
// of it; so are falls, as far as they are blamed. The others stand alone, but
// for paths that cost less: the greatest are told by their cause.
std::vector<Group> ReportMaker::GroupFindings() {
  FindingGroups groups;
  const auto add_blamed = [&](const Finding& finding) {
    report_.more += !groups.AddBlamed(finding, [this](const Finding& f) {
      return explainer_.Explain(f.subject, f.event);
    });
  };
  size_t falls = 0;
  size_t others = 0;
  std::vector<const Finding*> path_falls;  // the greatest last
  for (const Finding& finding : judgement_.findings) {
    const bool is_worse = finding.answer == Answer::kWorse;
    const bool is_fall = finding.reason == Reason::kLess;
    if (is_fall && IsOfPath(finding)) {
      path_falls.push_back(&finding);
    } else if (!is_worse && ++others > kMostOthers) {
      ++report_.more;
    } else if (is_worse || (is_fall && ++falls <= kMostBlamedFalls)) {
      add_blamed(finding);
    } else {
      groups.AddAlone(finding);
    }
  }
  const size_t told = std::min(path_falls.size(), kMostBlamedFalls);
  report_.more += static_cast<int64_t>(path_falls.size() - told);
  path_falls.erase(path_falls.begin(),
                   path_falls.end() - static_cast<ptrdiff_t>(told));
  for (const Finding* finding : path_falls) add_blamed(*finding);
  return std::move(groups).Take();
}

void ReportMaker::AddFindings() {
  std::vector<Group> groups = GroupFindings();
  for (Group& group : groups) Sort(group);
  std::ranges::stable_sort(groups, {}, [&](const Group& group) {
    const Finding& first = *group.front().finding;
    const bool lacks_cause = !KeyOf(group.front()).event.empty();
    return std::tuple(-static_cast<int>(first.answer), lacks_cause,
                      -ShareOfTotal(first));
  });
  for (Group& group : groups) report_.findings.push_back(Tell(group));
}

double ReportMaker::ShareOfTotal(const Finding& finding) const {
  return ShareOf(std::llabs(Difference(finding.base, finding.current)),
                 whole_.find(finding.event)->second);
}

// The nearest to the cause first, and of these that of the greatest part of its
// event's total.
void ReportMaker::Sort(Group& group) const {
  std::ranges::stable_sort(group, {}, [&](const Explained& explained) {
    const int distance = explained.blame ? DistanceToCause(explained) : 0;
    return std::pair(distance, -ShareOfTotal(*explained.finding));
  });
}

DiffFinding ReportMaker::Tell(Group& group) const {
  DiffFinding first = Tell(group.front());
  for (size_t i = 1; i < group.size(); ++i) {
    group[i].blame.reset();  // the same
    first.others.push_back(Tell(group[i]));
  }
  return first;
}

DiffFinding ReportMaker::Tell(const Explained& explained) const {
  const Finding& finding = *explained.finding;
  DiffFinding told{.kind = finding.subject.kind,
                   .event = EventNamed(graph_, finding.event),
                   .answer = finding.answer,
                   .reason = finding.reason,
                   .base = finding.base,
                   .current = finding.current,
                   .p = finding.p,
                   .detectable = finding.detectable};
  if (told.kind == Subject::Kind::kCall) {
    told.call = NameCall(finding.subject.row);
    told.function = told.call->callee;
  } else if (told.kind == Subject::Kind::kPath) {
    told.path = NamePath(finding.subject.row);
    told.function = told.path.back();
  } else if (told.kind != Subject::Kind::kTotal) {
    told.function = Name(finding.subject.row);
  }
  if (explained.blame) {
    told.blame = Tell(*explained.blame, finding.event);
    told.blame->sentence = BlameText(told);
  }
  told.why =
      ReasonText(told, {gate_.Of(finding.event), gate_.least_share,
                        static_cast<int64_t>(sides_.base.profiles.size()),
                        static_cast<int64_t>(sides_.current.profiles.size())});
  return told;
}

// How many calls the cause is of, and what they cost, or the function itself.
std::pair<int64_t, int64_t> ReportMaker::FiguresOf(
    const Blame& blame, const Figures& side, std::optional<EventId> id) const {
  const std::optional<uint32_t> call = blame.cause.call;
  const uint32_t f = blame.cause.function;
  const auto& path_calls = call ? side.path_entries : side.path_calls;
  const int64_t calls = blame.path ? path_calls[*blame.path]
                        : call     ? side.call_calls[*call]
                                   : side.calls[f];
  if (!id) return {calls, calls};
  const uint32_t e = id->row();
  if (!blame.path) {
    return {calls, call ? side.call_inclusive[*call][e] : side.self[f][e]};
  }
  return {calls, call ? side.path_inclusive[*blame.path][e]
                      : PathSelf(graph_, side, *id, *blame.path)};
}

DiffBlame ReportMaker::Tell(const Blame& blame, std::string_view event) const {
  DiffBlame told{.kind = blame.cause.kind,
                 .function = Name(blame.cause.function),
                 .explained = blame.explained};
  const std::optional<EventId> id = FindEvent(graph_, event);
  std::tie(told.base_calls, told.base_cost) = FiguresOf(blame, graph_.base, id);
  std::tie(told.current_calls, told.current_cost) =
      FiguresOf(blame, graph_.current, id);
  if (blame.path) told.path = NamePath(*blame.path);
  if (blame.cause.call) told.call = NameCall(*blame.cause.call);
  for (const BlameStep& step : blame.steps) {
    told.steps.push_back({Name(step.function), step.difference, step.split});
  }
  return told;
}

}  // namespace

DiffReport MakeDiffReport(const Sides& sides, const JoinedGraph& graph,
                          const Judgement& judgement, const Gate& gate) {
  return ReportMaker(sides, graph, judgement, gate).Make();
}

}  // namespace prof2cg
