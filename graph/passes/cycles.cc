#include "graph/passes/cycles.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "graph/grouping.h"

namespace prof2cg {
namespace {

constexpr uint32_t kUnknown = UINT32_MAX;

// What each function calls, function by function.
struct Callees {
  explicit Callees(const CallGraph& graph) : functions(graph.calls.size()) {
    const auto caller = [&](size_t row) {
      return graph.calls[row].caller.row();
    };
    Grouping grouping(graph.calls.size(), graph.counts.size(), caller);
    for (size_t row = 0; row < functions.size(); ++row) {
      functions[grouping.Take(caller(row))] = graph.calls[row].callee.row();
    }
    begins = std::move(grouping).Begins();
  }

  std::vector<uint32_t> functions;
  std::vector<uint32_t> begins;  // a row per function: its first
};

class Search {
 public:
  explicit Search(const CallGraph& graph)
      : callees_(graph), places_(graph.counts.size()) {}

  std::vector<uint32_t> Run() {
    for (uint32_t f = 0; f < places_.size(); ++f) {
      if (places_[f].order == kUnknown) VisitFrom(f);
    }
    std::vector<uint32_t> cycles;
    cycles.reserve(places_.size());
    for (const Place& place : places_) cycles.push_back(place.cycle);
    return cycles;
  }

 private:
  // Of a function.
  struct Place {
    uint32_t order = kUnknown;  // in which functions were met
    uint32_t lowest = 0;        // order that calls from here lead back to
    uint32_t cycle = kUnknown;
  };
  // A function whose calls are being followed.
  struct Visit {
    uint32_t function;
    uint32_t next_call;  // a place in callees_
  };

  void VisitFrom(uint32_t root) {
    Open(root);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      const uint32_t f = visit.function;
      if (visit.next_call == callees_.begins[f + 1]) {
        visits_.pop_back();
        Close(f);
        if (!visits_.empty()) {
          uint32_t& lowest = places_[visits_.back().function].lowest;
          lowest = std::min(lowest, places_[f].lowest);
        }
        continue;
      }
      const uint32_t callee = callees_.functions[visit.next_call++];
      const Place& place = places_[callee];
      if (place.order == kUnknown) {
        Open(callee);
      } else if (place.cycle == kUnknown) {
        places_[f].lowest = std::min(places_[f].lowest, place.order);
      }
    }
  }

  void Open(uint32_t f) {
    places_[f].order = places_[f].lowest = next_order_++;
    open_.push_back(f);
    visits_.push_back({f, callees_.begins[f]});
    for (uint32_t i = callees_.begins[f]; i < callees_.begins[f + 1]; ++i) {
      __builtin_prefetch(&places_[callees_.functions[i]]);
    }
  }

  // All calls of `f` were followed. If none leads further back than to it, it
  // and those that were opened after it make up a component.
  void Close(uint32_t f) {
    if (places_[f].lowest != places_[f].order) return;
    uint32_t member;
    do {
      member = open_.back();
      open_.pop_back();
      places_[member].cycle = next_cycle_;
    } while (member != f);
    ++next_cycle_;
  }

  const Callees callees_;
  std::vector<Place> places_;   // per function
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
