#include "converter/diff/make_report.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

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

double ShareOf(int64_t part, int64_t whole) {
  return whole <= 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

int64_t SumOf(const std::vector<int64_t>& figures) {
  int64_t sum = 0;
  for (const int64_t figure : figures) sum = SaturatingAdd(sum, figure);
  return sum;
}

// A finding with what explains it.
struct Explained {
  const Finding* finding;
  std::optional<Blame> blame;
};

// How far a finding is from its cause: the cause's own figure, what is called
// by it, another.
int DistanceToCause(const Explained& explained) {
  const Subject& subject = explained.finding->subject;
  const Cause& cause = explained.blame->cause;
  using Kind = Subject::Kind;
  if (cause.call) {
    if (subject == Subject{Kind::kCall, *cause.call}) return 0;
    const bool is_callee =
        subject.kind != Kind::kCall && subject.row == cause.function;
    return is_callee ? 1 : 2;
  }
  const bool is_function =
      subject.kind != Kind::kCall && subject.row == cause.function;
  if (!is_function) return 2;
  return subject.kind == Kind::kSelf ? 0 : 1;
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
  // What has one cause; or none, and is of one event.
  using Group = std::vector<Explained>;
  struct GroupKey {
    Answer answer;
    Cause cause;
    std::string event;

    friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
  };

  DiffSide Of(const Side& side, FunctionId FunctionPair::*of_side) const;
  bool IsJudged(std::string_view event) const {
    return std::ranges::count(judgement_.events, event) != 0;
  }
  void AddTotals();
  void AddTotalOfCalls();
  void AddFindings();
  void AddProbablePairs();

  static GroupKey KeyOf(const Explained& explained);
  double ShareOfTotal(const Finding& finding) const;
  void Sort(Group& group) const;
  DiffFinding Tell(Group& group) const;
  DiffFinding Tell(const Explained& explained) const;
  DiffBlame Tell(const Blame& blame, std::string_view event) const;
  DiffFunction Name(uint32_t function) const {
    return NameFunction(sides_, graph_, function);
  }
  DiffCall NameCall(uint32_t call) const;

  const Sides& sides_;
  const JoinedGraph& graph_;
  const Judgement& judgement_;
  const Gate& gate_;
  const Explainer explainer_;
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

void ReportMaker::AddTotals() {
  for (size_t e = 0; e < graph_.events.size(); ++e) {
    const EventId event(e);
    DiffTotal total{.event = graph_.events[event]};
    int64_t only_base = 0;
    int64_t only_current = 0;
    for (size_t f = 0; f < graph_.functions.size(); ++f) {
      const int64_t base = graph_.base.self[f][e];
      const int64_t current = graph_.current.self[f][e];
      total.base = SaturatingAdd(total.base, base);
      total.current = SaturatingAdd(total.current, current);
      if (graph_.functions[f].is_matched()) continue;
      only_base = SaturatingAdd(only_base, base);
      only_current = SaturatingAdd(only_current, current);
    }
    total.is_judged = IsJudged(total.event.name);
    total.base_unmatched = ShareOf(only_base, total.base);
    total.current_unmatched = ShareOf(only_current, total.current);
    for (const CommonChange& common : judgement_.common_changes) {
      if (common.event == total.event.name) total.common_factor = common.factor;
    }
    whole_[total.event.name] = std::max(total.base, total.current);
    report_.totals.push_back(std::move(total));
  }
  AddTotalOfCalls();
}

void ReportMaker::AddTotalOfCalls() {
  DiffTotal total{.event = EventNamed(graph_, kCallsEvent),
                  .is_judged = IsJudged(kCallsEvent),
                  .base = SumOf(graph_.base.calls),
                  .current = SumOf(graph_.current.calls)};
  const bool is_new =
      whole_.try_emplace(total.event.name, std::max(total.base, total.current))
          .second;
  if (is_new && total.is_judged) report_.totals.push_back(std::move(total));
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
// of it; so are falls, as far as they are blamed. The others stand alone.
void ReportMaker::AddFindings() {
  std::map<GroupKey, size_t> places;
  std::vector<Group> groups;
  size_t falls = 0;
  size_t others = 0;
  for (const Finding& finding : judgement_.findings) {
    const bool is_worse = finding.answer == Answer::kWorse;
    if (!is_worse && ++others > kMostOthers) {
      ++report_.more;
      continue;
    }
    const bool is_blamed = is_worse || (finding.reason == Reason::kLess &&
                                        ++falls <= kMostBlamedFalls);
    Explained explained{&finding, std::nullopt};
    if (!is_blamed) {
      groups.push_back({std::move(explained)});
      continue;
    }
    explained.blame = explainer_.Explain(finding.subject, finding.event);
    const auto [place, is_new] =
        places.try_emplace(KeyOf(explained), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(std::move(explained));
  }
  for (Group& group : groups) Sort(group);
  std::ranges::stable_sort(groups, {}, [&](const Group& group) {
    const Finding& first = *group.front().finding;
    const bool has_cause = !KeyOf(group.front()).event.empty();
    return std::tuple(-static_cast<int>(first.answer), has_cause,
                      -ShareOfTotal(first));
  });
  for (Group& group : groups) report_.findings.push_back(Tell(group));
}

ReportMaker::GroupKey ReportMaker::KeyOf(const Explained& explained) {
  const Finding& finding = *explained.finding;
  const bool has_cause = explained.blame && explained.blame->cause.kind !=
                                                Cause::Kind::kUnexplained;
  if (has_cause) return {finding.answer, explained.blame->cause, ""};
  return {finding.answer, {}, finding.event};
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

DiffBlame ReportMaker::Tell(const Blame& blame, std::string_view event) const {
  DiffBlame told{.kind = blame.cause.kind,
                 .function = Name(blame.cause.function),
                 .explained = blame.explained};
  const std::optional<EventId> id = FindEvent(graph_, event);
  const auto fill = [&](const Figures& side, int64_t& calls, int64_t& cost) {
    if (blame.cause.call) {
      const uint32_t call = *blame.cause.call;
      calls = side.call_calls[call];
      cost = id ? side.call_inclusive[call][id->row()] : calls;
    } else {
      const uint32_t f = blame.cause.function;
      calls = side.calls[f];
      cost = id ? side.self[f][id->row()] : calls;
    }
  };
  fill(graph_.base, told.base_calls, told.base_cost);
  fill(graph_.current, told.current_calls, told.current_cost);
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
