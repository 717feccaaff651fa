#include "graph/passes/cycles.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "graph/ids.h"
#include "graph/passes/call_index.h"

namespace prof2cg {
namespace {

constexpr uint32_t kUnknown = UINT32_MAX;

class Search {
 public:
  explicit Search(const CallGraph& graph)
      : graph_(graph),
        calls_(IndexByCaller(graph)),
        orders_(graph.counts.size(), kUnknown),
        lowest_(graph.counts.size()),
        cycles_(graph.counts.size(), kUnknown) {}

  std::vector<uint32_t> Run() {
    for (uint32_t f = 0; f < cycles_.size(); ++f) {
      if (orders_[f] == kUnknown) VisitFrom(f);
    }
    return std::move(cycles_);
  }

 private:
  // A function whose calls are being followed.
  struct Visit {
    uint32_t function;
    uint32_t next_call;  // a place in calls_
  };

  void VisitFrom(uint32_t root) {
    Open(root);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      const uint32_t f = visit.function;
      if (visit.next_call == calls_.begins[f + 1]) {
        visits_.pop_back();
        Close(f);
        if (!visits_.empty()) {
          uint32_t& lowest = lowest_[visits_.back().function];
          lowest = std::min(lowest, lowest_[f]);
        }
        continue;
      }
      const CallId call = calls_.calls[visit.next_call++];
      const uint32_t callee = graph_.calls[call.row()].callee.row();
      if (orders_[callee] == kUnknown) {
        Open(callee);
      } else if (cycles_[callee] == kUnknown) {
        lowest_[f] = std::min(lowest_[f], orders_[callee]);
      }
    }
  }

  void Open(uint32_t f) {
    orders_[f] = lowest_[f] = next_order_++;
    open_.push_back(f);
    visits_.push_back({f, calls_.begins[f]});
  }

  // All calls of `f` were followed. If none leads further back than to it, it
  // and those that were opened after it make up a component.
  void Close(uint32_t f) {
    if (lowest_[f] != orders_[f]) return;
    uint32_t member;
    do {
      member = open_.back();
      open_.pop_back();
      cycles_[member] = next_cycle_;
    } while (member != f);
    ++next_cycle_;
  }

  const CallGraph& graph_;
  const CallIndex calls_;
  std::vector<uint32_t> orders_;  // in which functions were met
  std::vector<uint32_t> lowest_;  // order that calls from here lead back to
  std::vector<uint32_t> cycles_;
  std::vector<uint32_t> open_;  // met, but without a component yet
  std::vector<Visit> visits_;
  uint32_t next_order_ = 0;
  uint32_t next_cycle_ = 0;
};

}  // namespace

std::vector<uint32_t> NumberCycles(const CallGraph& graph) {
  return Search(graph).Run();
}

std::vector<uint32_t> NumberCyclesAmong(const CallGraph& graph,
                                        const std::vector<bool>& among) {
  CallGraph part;
  part.counts.resize(graph.counts.size());
  std::ranges::copy_if(
      graph.calls, std::back_inserter(part.calls), [&](const Call& call) {
        return among[call.caller.row()] && among[call.callee.row()];
      });
  return NumberCycles(part);
}

std::vector<bool> FindMutualRecursion(const std::vector<uint32_t>& cycles) {
  std::vector<uint32_t> members(cycles.size());
  for (const uint32_t cycle : cycles) ++members[cycle];
  std::vector<bool> found;
  for (const uint32_t cycle : cycles) found.push_back(members[cycle] > 1);
  return found;
}

}  // namespace prof2cg
