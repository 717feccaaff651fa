#include "graph/compare/call_order.h"

#include <algorithm>
#include <utility>

namespace prof2cg {
namespace {

class Search {
 public:
  explicit Search(const JoinedGraph& graph)
      : graph_(graph), is_found_(graph.functions.size()) {}

  // Those that are left first stand first.
  std::vector<uint32_t> Run() {
    const auto functions = static_cast<uint32_t>(is_found_.size());
    for (uint32_t f = 0; f < functions; ++f) {
      if (IsRoot(f)) VisitFrom(f);
    }
    for (uint32_t f = 0; f < functions; ++f) VisitFrom(f);
    return std::move(left_);
  }

 private:
  struct Visit {
    uint32_t function;
    uint32_t next_call;
  };

  bool IsRoot(uint32_t f) const {
    return std::ranges::all_of(graph_.CallsOf(f), [&](uint32_t call) {
      return graph_.calls[call].caller == f;
    });
  }

  void VisitFrom(uint32_t root) {
    Enter(root);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      if (visit.next_call != graph_.calls_begin[visit.function + 1]) {
        Enter(graph_.calls[visit.next_call++].callee);
      } else {
        left_.push_back(visit.function);
        visits_.pop_back();
      }
    }
  }

  void Enter(uint32_t f) {
    if (is_found_[f]) return;
    is_found_[f] = true;
    visits_.push_back({f, graph_.calls_begin[f]});
  }

  const JoinedGraph& graph_;
  std::vector<bool> is_found_;
  std::vector<Visit> visits_;
  std::vector<uint32_t> left_;
};

}  // namespace

CallOrder::CallOrder(const JoinedGraph& graph)
    : functions_(Search(graph).Run()), places_(functions_.size()) {
  std::ranges::reverse(functions_);
  for (uint32_t place = 0; place < functions_.size(); ++place) {
    places_[functions_[place]] = place;
  }
}

}  // namespace prof2cg
