// The search for what caused a difference, whatever it goes over.
#ifndef PROF2CG_GRAPH_COMPARE_BLAME_SEARCH_H_
#define PROF2CG_GRAPH_COMPARE_BLAME_SEARCH_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "graph/compare/blame.h"
#include "graph/compare/change_terms.h"
#include "graph/compare/split.h"

namespace prof2cg {

// Goes over nodes, functions or paths, as BlameFinder says (blame.h). `Changes`
// gives their terms as ChangeTerms does, and the order in which calls lead
// forward. O(n log n) of the terms that a thousandth of the difference leads
// to.
template <class Changes>
class BlameSearch {
 public:
  // `difference` is that of the node, as far as it can be calculated with.
  BlameSearch(Changes changes, uint32_t node, long double difference)
      : changes_(std::move(changes)), node_(node), difference_(difference) {}

  Blame Run() {
    if (difference_ != 0) Follow();
    return Conclude();
  }
  // Where the cause was found: the node itself, or on the way from there.
  uint32_t end() const { return end_; }

 private:
  // Of the difference: less is not followed.
  static constexpr long double kLeastPart = .001L;

  // What reached a node, and by which way most of it came.
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
    // How most of it was found: by which way, and the last node on it.
    long double largest = 0;
    const Way* way = nullptr;
    uint32_t at = 0;
  };
  using Causes = std::map<Cause, Found>;

  void Follow() {
    const long double by_calls = ByCalls();
    way_ = &up_;
    Send(node_, by_calls, {}, node_);
    while (!up_.agenda.empty()) FollowUp(Take(std::prev(up_.agenda.end())));
    way_ = &down_;
    Send(node_, difference_ - by_calls, {}, node_);
    while (!down_.agenda.empty()) FollowDown(Take(down_.agenda.begin()));
  }

  // The part of the difference that is since the function is called more.
  long double ByCalls() const {
    std::vector<Term> terms;
    const Change entries = changes_.AddEntries(node_, terms);
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

  // Takes the next node of the agenda.
  uint32_t Take(Flows::iterator next) {
    const auto taken = way_->done.insert(way_->agenda.extract(next));
    return changes_.At(taken.position->first);
  }

  void Send(uint32_t node, long double amount, std::optional<uint32_t> call,
            uint32_t from) {
    if (amount == 0) return;
    Flow& flow = way_->agenda[changes_.PlaceOf(node)];
    flow.amount += amount;
    if (std::abs(amount) <= flow.largest) return;
    flow.largest = std::abs(amount);
    flow.call = call;
    flow.from = from;
  }

  // Shares what reached a node out over what changed like it.
  void Distribute(long double amount, uint32_t node,
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
        Send(*term.next, share, term.cause.call, node);
      } else {
        AddCause(term.cause, share, node);
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

  const Flow& FlowOf(const Way& way, uint32_t node) const {
    return way.done.at(changes_.PlaceOf(node));
  }

  // Why the function is called more.
  void FollowUp(uint32_t node) {
    const Flow& flow = FlowOf(up_, node);
    if (IsSmall(flow.amount)) return;
    std::vector<Term> terms;
    const Change entries = changes_.AddEntries(node, terms);
    // Of what was asked for, recursion is what makes a call cost more.
    if (flow.call) terms.push_back(changes_.Recursion(node, entries));
    Distribute(flow.amount, node, terms);
  }

  // Why calls of the function cost more.
  void FollowDown(uint32_t node) {
    const Flow& flow = FlowOf(down_, node);
    if (IsSmall(flow.amount)) return;
    std::vector<Term> terms;
    changes_.AddCosts(node, terms);
    Distribute(flow.amount, node, terms);
  }

  Blame Conclude() {
    Blame blame;
    blame.parts = Parts();
    const auto most = std::ranges::max_element(
        causes_, {}, [](const auto& c) { return std::abs(c.second.amount); });
    if (most == causes_.end() ||
        2 * std::abs(most->second.amount) < std::abs(difference_)) {
      blame.cause = Unexplained();
      blame.steps.push_back(StepAt(node_, {}));
      return blame;
    }
    const auto& [cause, found] = *most;
    blame.cause = cause;
    blame.explained = Whole(found.amount);
    end_ = found.at;
    blame.steps = StepsTo(*found.way, found.at, cause.call);
    return blame;
  }

  Cause Unexplained() const {
    return {Cause::Kind::kUnexplained, changes_.FunctionOf(node_), {}};
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

  BlameStep StepAt(uint32_t node, std::optional<uint32_t> call) const {
    return {changes_.FunctionOf(node), call, changes_.DifferenceOf(node),
            changes_.SplitOf(node)};
  }

  // Back by the way that most came.
  std::vector<BlameStep> StepsTo(const Way& way, uint32_t at,
                                 std::optional<uint32_t> call) const {
    std::vector<BlameStep> steps = {StepAt(at, call)};
    while (at != node_) {
      const Flow& flow = FlowOf(way, at);
      at = flow.from;
      steps.push_back(StepAt(at, flow.call));
    }
    std::ranges::reverse(steps);
    return steps;
  }

  const Changes changes_;
  const uint32_t node_;
  const long double difference_;
  uint32_t end_ = node_;
  Way up_;
  Way down_;
  Way* way_ = &up_;  // that is being followed
  Causes causes_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_BLAME_SEARCH_H_
