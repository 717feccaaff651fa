#include "graph/compare/blame.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

namespace prof2cg {
namespace {

// Of the difference: less is not followed.
constexpr long double kLeastPart = .001L;

class Search {
 public:
  Search(const JoinedGraph& graph, const CallOrder& order, EventId event,
         uint32_t function)
      : graph_(graph),
        order_(order),
        changes_(graph, order, event),
        event_(event),
        function_(function),
        difference_(FunctionChange(graph, event, function).difference()) {}

  Blame Run() {
    if (difference_ != 0) Follow();
    return Conclude();
  }

 private:
  // What reached a function, and by which way most of it came.
  struct Flow {
    long double amount = 0;
    long double largest = 0;
    std::optional<uint32_t> call;
    uint32_t from = 0;
  };
  using Flows = std::map<uint32_t, Flow>;  // by place in the order
  // Up or down.
  struct Way {
    Flows agenda;
    Flows done;
  };
  struct Found {
    long double amount = 0;
    // How most of it was found: by which way, and the last function on it.
    long double largest = 0;
    const Way* way = nullptr;
    uint32_t at = 0;
  };
  using Causes = std::map<Cause, Found>;

  void Follow() {
    const long double by_calls = ByCalls();
    way_ = &up_;
    Send(function_, by_calls, {}, function_);
    while (!up_.agenda.empty()) FollowUp(Take(std::prev(up_.agenda.end())));
    way_ = &down_;
    Send(function_, difference_ - by_calls, {}, function_);
    while (!down_.agenda.empty()) FollowDown(Take(down_.agenda.begin()));
  }

  // The part of the difference that is since the function is called more.
  long double ByCalls() const {
    std::vector<Term> terms;
    const Change entries = changes_.AddEntries(function_, terms);
    long double by_calls = 0;
    for (const Term& term : terms) by_calls += term.change;
    return PartOf(difference_, by_calls, entries.difference() - by_calls);
  }

  // The part of an amount that goes where `change` is, beside `other`.
  static long double PartOf(long double amount, long double change,
                            long double other) {
    const auto same = [&](long double x) {
      return (x < 0) == (amount < 0) ? std::abs(x) : 0;
    };
    const long double sum = same(change) + same(other);
    return sum == 0 ? 0 : amount * (same(change) / sum);
  }

  // Takes the next function of the agenda.
  uint32_t Take(Flows::iterator next) {
    const auto taken = way_->done.insert(way_->agenda.extract(next));
    return order_.At(taken.position->first);
  }

  void Send(uint32_t function, long double amount, std::optional<uint32_t> call,
            uint32_t from) {
    if (amount == 0) return;
    Flow& flow = way_->agenda[order_.PlaceOf(function)];
    flow.amount += amount;
    if (std::abs(amount) <= flow.largest) return;
    flow.largest = std::abs(amount);
    flow.call = call;
    flow.from = from;
  }

  // Shares what reached a function out over what changed like it.
  void Distribute(long double amount, uint32_t function,
                  const std::vector<Term>& terms) {
    const auto is_alike = [&](const Term& term) {
      return term.change != 0 && (term.change < 0) == (amount < 0);
    };
    long double sum = 0;
    for (const Term& term : terms) {
      if (is_alike(term)) sum += term.change;
    }
    for (const Term& term : terms) {
      if (!is_alike(term)) continue;
      const long double share = amount * (term.change / sum);
      if (term.next) {
        Send(*term.next, share, term.cause.call, function);
      } else {
        AddCause(term.cause, share, function);
      }
    }
  }

  void AddCause(const Cause& cause, long double amount, uint32_t at) {
    Found& found = causes_[cause];
    found.amount += amount;
    if (std::abs(amount) <= found.largest) return;
    found.largest = std::abs(amount);
    found.way = way_;
    found.at = at;
  }

  bool IsSmall(long double amount) const {
    return std::abs(amount) < kLeastPart * std::abs(difference_);
  }

  const Flow& FlowOf(const Way& way, uint32_t function) const {
    return way.done.at(order_.PlaceOf(function));
  }

  // Why the function is called more.
  void FollowUp(uint32_t function) {
    const Flow& flow = FlowOf(up_, function);
    if (IsSmall(flow.amount)) return;
    std::vector<Term> terms;
    const Change entries = changes_.AddEntries(function, terms);
    // Of what was asked for, recursion is what makes a call cost more.
    if (flow.call) terms.push_back(changes_.Recursion(function, entries));
    Distribute(flow.amount, function, terms);
  }

  // Why calls of the function cost more.
  void FollowDown(uint32_t function) {
    const Flow& flow = FlowOf(down_, function);
    if (IsSmall(flow.amount)) return;
    std::vector<Term> terms;
    changes_.AddCosts(function, terms);
    Distribute(flow.amount, function, terms);
  }

  Blame Conclude() const {
    Blame blame;
    blame.parts = Parts();
    const auto most = std::ranges::max_element(
        causes_, {}, [](const auto& c) { return std::abs(c.second.amount); });
    if (most == causes_.end() ||
        2 * std::abs(most->second.amount) < std::abs(difference_)) {
      blame.cause = Unexplained();
      blame.steps.push_back(StepAt(function_, {}));
      return blame;
    }
    const auto& [cause, found] = *most;
    blame.cause = cause;
    blame.explained = Whole(found.amount);
    blame.steps = StepsTo(*found.way, found.at, cause.call);
    return blame;
  }

  Cause Unexplained() const {
    return {Cause::Kind::kUnexplained, function_, {}};
  }

  std::vector<BlamePart> Parts() const {
    std::vector<BlamePart> parts;
    long double left = difference_;
    for (const auto& [cause, found] : causes_) {
      if (IsSmall(found.amount) || Whole(found.amount) == 0) continue;
      parts.push_back({cause, Whole(found.amount)});
      left -= found.amount;
    }
    if (Whole(left) != 0) parts.push_back({Unexplained(), Whole(left)});
    std::ranges::stable_sort(parts, std::greater(), [](const BlamePart& part) {
      return std::abs(part.difference);
    });
    return parts;
  }

  static int64_t Whole(long double x) {
    return static_cast<int64_t>(std::llround(std::clamp(x, -0x1p62L, 0x1p62L)));
  }

  BlameStep StepAt(uint32_t function, std::optional<uint32_t> call) const {
    const auto cost = [&](const Figures& figures) {
      return figures.inclusive[function][event_.row()];
    };
    return {function, call, Difference(cost(graph_.base), cost(graph_.current)),
            SplitFunction(graph_, event_, function)};
  }

  // Back by the way that most came.
  std::vector<BlameStep> StepsTo(const Way& way, uint32_t at,
                                 std::optional<uint32_t> call) const {
    std::vector<BlameStep> steps = {StepAt(at, call)};
    while (at != function_) {
      const Flow& flow = FlowOf(way, at);
      at = flow.from;
      steps.push_back(StepAt(at, flow.call));
    }
    std::ranges::reverse(steps);
    return steps;
  }

  const JoinedGraph& graph_;
  const CallOrder& order_;
  const ChangeTerms changes_;
  const EventId event_;
  const uint32_t function_;
  const long double difference_;
  Way up_;
  Way down_;
  Way* way_ = &up_;  // that is being followed
  Causes causes_;
};

}  // namespace

Blame BlameFinder::Find(EventId event, uint32_t function) const {
  return Search(graph_, order_, event, function).Run();
}

}  // namespace prof2cg
