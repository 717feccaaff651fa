#include "graph/compare/judge.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "graph/compare/common_factors.h"
#include "graph/compare/judge_by_ranks.h"
#include "graph/compare/judge_exactly.h"
#include "graph/compare/known_units.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// None: calls.
using JudgedEvent = std::optional<EventId>;

std::string NameOf(const JoinedGraph& graph, JudgedEvent event) {
  return event ? graph.events[*event].name : std::string(kCallsEvent);
}

bool Scatters(const JoinedGraph& graph, JudgedEvent event) {
  return event && !IsDeterministic(graph.events[*event]);
}

std::vector<JudgedEvent> EventsOf(const JoinedGraph& graph, const Gate& gate) {
  std::vector<JudgedEvent> events;
  for (const std::string& name : gate.events) {
    const JudgedEvent event = RequireEvent(graph, name);
    if (std::ranges::find(events, event) == events.end()) {
      events.push_back(event);
    }
  }
  if (!gate.events.empty()) return events;
  events.push_back(std::nullopt);
  for (size_t e = 0; e < graph.events.size(); ++e) {
    if (IsStable(graph.events[EventId(e)])) events.push_back(EventId(e));
  }
  return events;
}

void CheckUnit(const JoinedGraph& graph, JudgedEvent event, const Gate& gate) {
  const auto own = gate.thresholds.find(NameOf(graph, event));
  if (own == gate.thresholds.end() || !own->second.unit) return;
  const Unit unit = event ? graph.events[*event].unit : Unit::kCount;
  if (own->second.unit == unit) return;
  throw Error("the threshold of " + own->first + " has another unit: it is " +
              std::string(UnitName(unit)));
}

class EventJudge {
 public:
  EventJudge(const JoinedGraph& graph, const Repeats& repeats, const Gate& gate,
             JudgedEvent event)
      : graph_(graph),
        repeats_(repeats),
        gate_(gate),
        event_(event),
        base_(repeats.base, event),
        current_(repeats.current, event) {
    CheckUnit(graph, event, gate);
  }

  // Adds the findings; false if there is no figure on either side.
  bool Judge(Judgement& judgement) const {
    if (!WasMeasured(base_) && !WasMeasured(current_)) return false;
    std::vector<Finding> findings = Scatters(graph_, event_)
                                        ? ByRanks(judgement.common_changes)
                                        : Exactly(judgement.equal);
    judgement.events.push_back(NameOf(graph_, event_));
    if (IsUnmatched()) MarkUnmatched(findings);
    for (Finding& finding : findings) {
      if (finding.reason == Reason::kEqual) {
        ++judgement.equal;
        continue;
      }
      finding.event = NameOf(graph_, event_);
      judgement.findings.push_back(std::move(finding));
    }
    return true;
  }

 private:
  static bool WasMeasured(const SideFigures& side) {
    for (size_t profile = 0; profile < side.size(); ++profile) {
      if (side.total(profile) != 0) return true;
    }
    return false;
  }

  // Of paths there may be very many: light ones, which are never worse, are
  // left out. Calls visit(Subject).
  template <class Visit>
  void ForEachJudged(Visit visit) const {
    ForEachSubject(graph_, event_, [&](const Subject& subject) {
      const bool is_path = subject.kind == Subject::Kind::kPath;
      if (is_path && IsLight(base_, subject) && IsLight(current_, subject)) {
        return;
      }
      visit(subject);
    });
  }
  bool IsLight(const SideFigures& side, const Subject& subject) const {
    for (size_t profile = 0; profile < side.size(); ++profile) {
      const auto least =
          gate_.least_share * static_cast<double>(side.total(profile));
      if (static_cast<double>(side.Of(subject, profile)) >= least) return false;
    }
    return true;
  }

  // Without those that are equal, but for the total.
  std::vector<Finding> Exactly(size_t& equal) const {
    const Threshold threshold = gate_.Of(NameOf(graph_, event_));
    const ExactJudge judge(base_, current_, gate_, threshold);
    std::vector<Finding> findings;
    ForEachJudged([&](const Subject& subject) {
      Finding finding = judge.Of(subject);
      const bool is_needed = finding.reason != Reason::kEqual ||
                             subject.kind == Subject::Kind::kTotal;
      if (!is_needed) {
        ++equal;
        return;
      }
      finding.subject = subject;
      findings.push_back(std::move(finding));
    });
    return findings;
  }

  std::vector<Finding> ByRanks(std::vector<CommonChange>& changes) const {
    const std::string name = NameOf(graph_, event_);
    const CommonFactors factors =
        FindCommonFactors(repeats_.base, repeats_.current, *event_);
    std::vector<Subject> subjects;
    ForEachJudged([&](const Subject& subject) { subjects.push_back(subject); });
    return JudgeByRanks(subjects, base_, current_, factors, gate_,
                        gate_.Of(name), changes.emplace_back(name));
  }

  bool IsUnmatched() const {
    return UnmatchedShare(graph_, base_) > gate_.most_unmatched ||
           UnmatchedShare(graph_, current_) > gate_.most_unmatched;
  }

  // What is worse may be the same under another name. The first is the total.
  static void MarkUnmatched(std::vector<Finding>& findings) {
    findings[0].answer = Answer::kWorse;
    for (Finding& finding : findings) {
      if (finding.answer != Answer::kWorse) continue;
      finding.answer = Answer::kCannotTell;
      finding.reason = Reason::kUnmatched;
    }
  }

  const JoinedGraph& graph_;
  const Repeats& repeats_;
  const Gate& gate_;
  JudgedEvent event_;
  SideFigures base_;
  SideFigures current_;
};

// Sorts places, since findings are large.
void SortWorstFirst(std::vector<Finding>& findings) {
  struct Key {
    Answer answer;
    double difference;
    size_t place;
  };
  std::vector<Key> keys;
  keys.reserve(findings.size());
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    keys.push_back({finding.answer,
                    static_cast<double>(finding.current) -
                        static_cast<double>(finding.base),
                    i});
  }
  std::ranges::sort(keys, [](const Key& a, const Key& b) {
    return std::tie(b.answer, b.difference, a.place) <
           std::tie(a.answer, a.difference, b.place);
  });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (const Key& key : keys) sorted.push_back(std::move(findings[key.place]));
  findings = std::move(sorted);
}

// Of an event that was asked for, or of all that are judged unasked.
[[noreturn]] void RefuseUnmeasured(const JoinedGraph& graph,
                                   const std::string& named) {
  if (!named.empty()) throw Error("nothing was measured of " + named);
  std::string message = "nothing was measured that is the same in every run";
  const char* separator = ": name one of the events to judge, ";
  for (const Event& event : graph.events) {
    if (IsDeterministic(event)) continue;
    message += separator + event.name;
    separator = ", ";
  }
  throw Error(message);
}

void CheckPairs(const Repeats& repeats) {
  const size_t base = repeats.base.size();
  const size_t current = repeats.current.size();
  if (base == current) return;
  throw Error("pairs need as many profiles on each side, not " +
              std::to_string(base) + " and " + std::to_string(current));
}

}  // namespace

Judgement Judge(const JoinedGraph& graph, const Repeats& repeats,
                const Gate& gate) {
  assert(!repeats.base.empty() && !repeats.current.empty());
  if (gate.is_paired) CheckPairs(repeats);
  Judgement judgement;
  bool was_measured = false;
  for (const JudgedEvent event : EventsOf(graph, gate)) {
    const bool is_measured =
        EventJudge(graph, repeats, gate, event).Judge(judgement);
    if (!is_measured && !gate.events.empty()) {
      RefuseUnmeasured(graph, NameOf(graph, event));
    }
    was_measured |= is_measured;
  }
  if (!was_measured) RefuseUnmeasured(graph, "");
  SortWorstFirst(judgement.findings);
  for (const Finding& finding : judgement.findings) {
    judgement.answer = std::max(judgement.answer, finding.answer);
  }
  return judgement;
}

}  // namespace prof2cg
