#include "graph/passes/refine_calls.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/passes/share_call.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

class CallRefiner {
 public:
  CallRefiner(Refinement& at, const RecursionWeights& recursion_weights)
      : at_(at),
        estimate_(at.estimate),
        recursion_weights_(recursion_weights) {}

  void Run();

 private:
  void AddPart(size_t of, size_t context, std::span<const int64_t> figures,
               bool is_all);

  Refinement& at_;
  EstimatedContexts& estimate_;
  const RecursionWeights& recursion_weights_;
};

void CallRefiner::Run() {
  CallSharer sharer(estimate_.call_figures.events());
  std::vector<int64_t> figures;  // rows move when their table grows
  uint32_t shared = kNone;
  for (size_t place = 0; place < at_.from.parts.size(); ++place) {
    at_.PrefetchParts(place);
    const uint32_t i = at_.from.parts[place];
    const EstimatedCall call = estimate_.calls[i];
    const Siblings children = at_.ChildrenOf(call.caller);
    if (children.size() == 0 || !at_.NeedsRefining(call)) continue;
    estimate_.calls[i].is_refined = true;
    const auto whole = std::as_const(estimate_.call_figures)[i];
    figures.assign(whole.begin(), whole.end());
    if (children.size() == 1) {
      AddPart(i, children.begin, figures, true);
      continue;
    }
    if (at_.IsRecursion(call)) {
      sharer.ShareBy(recursion_weights_.at(call.caller));
      shared = kNone;
    } else if (std::exchange(shared, call.caller) != call.caller) {
      sharer.ShareBy(at_.WeighChildren(call.caller));
    }
    sharer.Share(figures, [&](size_t child, std::span<const int64_t> part) {
      AddPart(i, children.begin + child, part, false);
    });
  }
}

void CallRefiner::AddPart(size_t of, size_t context,
                          std::span<const int64_t> figures, bool is_all) {
  const EstimatedCall call = estimate_.calls[of];
  const auto caller = static_cast<uint32_t>(context);
  const bool is_certain = is_all && !estimate_.contexts[caller].is_estimated;
  estimate_.calls.push_back(
      {.call = call.call,
       .caller = caller,
       .callee = at_.IsRecursion(call) ? caller : call.callee,
       .is_estimated = call.is_estimated || !is_certain});
  estimate_.call_figures.Append(figures);
}

}  // namespace

void RefineCalls(Refinement& at, const RecursionWeights& recursion_weights) {
  CallRefiner(at, recursion_weights).Run();
}

}  // namespace prof2cg
