#include "graph/profile.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

namespace prof2cg {
namespace {

// The first pair of equal neighbours after sorting row numbers by `key`.
template <class Key>
bool AllDiffer(size_t rows, Key key) {
  std::vector<size_t> order(rows);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return key(a) < key(b); });
  return std::adjacent_find(order.begin(), order.end(),
                            [&](size_t a, size_t b) {
                              return key(a) == key(b);
                            }) == order.end();
}

std::string CheckFunctions(const Profile& profile) {
  const size_t rows = profile.functions.size();
  const CallGraph& graph = profile.graph;
  if (graph.counts.size() != rows || graph.self.rows() != rows ||
      graph.inclusive.rows() != rows) {
    return "a function table has another size than the functions";
  }
  for (const Function& f : profile.functions) {
    for (const StringId text : {f.name, f.file, f.object}) {
      if (text.row() >= profile.strings.size()) {
        return "a function refers to no string";
      }
    }
  }
  const std::vector<bool>& estimated = profile.provenance.estimated_functions;
  if (!estimated.empty() && estimated.size() != rows) {
    return "the marks of estimated functions have another size than those";
  }
  const bool differ = AllDiffer(rows, [&](size_t row) {
    const Function& f = profile.functions[row];
    return std::tuple(f.name, f.file, f.object, f.line);
  });
  return differ ? "" : "two functions are equal";
}

std::string CheckCalls(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  const size_t rows = graph.calls.size();
  if (graph.call_inclusive.rows() != rows ||
      (graph.call_self.rows() != 0 && graph.call_self.rows() != rows)) {
    return "a call table has another size than the calls";
  }
  const std::vector<bool>& estimated = profile.provenance.estimated_calls;
  if (!estimated.empty() && estimated.size() != rows) {
    return "the marks of estimated calls have another size than the calls";
  }
  for (const Call& call : graph.calls) {
    if (call.caller.row() >= profile.functions.size() ||
        call.callee.row() >= profile.functions.size()) {
      return "a call refers to no function";
    }
  }
  const bool differ = AllDiffer(rows, [&](size_t row) {
    const Call& call = graph.calls[row];
    return std::tuple(call.caller, call.callee, call.line);
  });
  return differ ? "" : "two calls are equal";
}

std::string CheckContexts(const Profile& profile) {
  if (!profile.contexts) return "";
  const std::vector<Context>& contexts = profile.contexts->contexts;
  if (profile.contexts->self.events() != profile.events.size()) {
    return "the contexts' costs have another width than the events";
  }
  if (profile.contexts->self.rows() != contexts.size()) {
    return "the contexts' costs have another size than the contexts";
  }
  for (size_t row = 0; row < contexts.size(); ++row) {
    if (contexts[row].function.row() >= profile.functions.size()) {
      return "a context refers to no function";
    }
    const ContextId parent = contexts[row].parent;
    if (parent.is_valid() && parent.row() >= row) {
      return "a context stands before its parent";
    }
    if (parent.is_valid() &&
        contexts[row].thread != contexts[parent.row()].thread) {
      return "a context is of another thread than its parent";
    }
    if (contexts[row].thread >= std::max<size_t>(1, profile.threads.size())) {
      return "a context refers to no thread";
    }
  }
  const bool differ = AllDiffer(contexts.size(), [&](size_t row) {
    const Context& context = contexts[row];
    return std::tuple(context.parent, context.function, context.line,
                      context.thread);
  });
  return differ ? "" : "two contexts are equal";
}

std::string CheckSizes(const Profile& profile) {
  if (!profile.contexts) return "";
  const std::vector<SizeCount>& sizes = profile.contexts->sizes;
  for (const SizeCount& size : sizes) {
    if (size.context.row() >= profile.contexts->contexts.size()) {
      return "a count of sizes refers to no context";
    }
    if (size.least < 0 || (size.least & (size.least - 1)) != 0) {
      return "a count is of sizes from no power of two";
    }
  }
  const bool differ = AllDiffer(sizes.size(), [&](size_t row) {
    return std::tuple(sizes[row].context, sizes[row].least);
  });
  return differ ? "" : "two counts are of the same sizes";
}

std::string CheckSeparation(const Profile& profile) {
  if (!profile.separation) return "";
  const Separation& separation = *profile.separation;
  if (separation.functions.size() != profile.functions.size()) {
    return "the separation has another size than the functions";
  }
  const size_t bases = separation.bases.size();
  FunctionId last(0);
  for (const SeparatedFunction& f : separation.functions) {
    if (f.base.row() >= bases) return "a separated function has no base";
    if (f.base < last) return "separated functions do not stand by their bases";
    last = f.base;
    if (f.callers > f.callers_end ||
        f.callers_end > separation.callers.size()) {
      return "a separated function refers to no callers";
    }
  }
  for (const FunctionId caller : separation.callers) {
    if (caller.row() >= bases) return "a separated function has no such caller";
  }
  return "";
}

std::string CheckThreads(const Profile& profile) {
  for (const StringId name : profile.threads) {
    if (name.row() >= profile.strings.size()) {
      return "a thread refers to no string";
    }
  }
  return "";
}

bool IsNegative(CallCounts counts) {
  return counts.total < 0 || counts.primitive < 0;
}

// See Contradictions. Less than a thousandth is no news.
int64_t MissingSelf(const CallGraph& graph) {
  if (graph.self.rows() == 0) return 0;
  int64_t self = 0;
  int64_t inclusive = 0;
  for (size_t f = 0; f < graph.self.rows(); ++f) {
    self = SaturatingAdd(self, graph.self[f][0]);
    inclusive = std::max(inclusive, graph.inclusive[f][0]);
  }
  const int64_t missing = SaturatingAdd(inclusive, -std::max<int64_t>(0, self));
  const int64_t usual =
      inclusive / 1000 + static_cast<int64_t>(graph.self.rows());
  return missing > usual ? missing : 0;
}

}  // namespace

std::string Profile::Check() const {
  if (events.size() == 0) return "there is no event";
  if (provenance.events.size() != events.size()) {
    return "the events' origins have another size than the events";
  }
  for (const CostTable* table : {&graph.self, &graph.inclusive,
                                 &graph.call_inclusive, &graph.call_self}) {
    if (table->events() != events.size()) {
      return "a cost table has another width than the events";
    }
  }
  for (const auto check : {CheckFunctions, CheckCalls, CheckThreads,
                           CheckContexts, CheckSizes, CheckSeparation}) {
    if (std::string violation = check(*this); !violation.empty()) {
      return violation;
    }
  }
  return "";
}

Fidelity Summarize(const Profile& profile, CallSelf call_self) {
  const auto functions = static_cast<int64_t>(profile.functions.size());
  const auto calls = static_cast<int64_t>(profile.graph.calls.size());
  const Provenance& provenance = profile.provenance;
  const auto count = [](const std::vector<bool>& marks) {
    return static_cast<int64_t>(std::ranges::count(marks, true));
  };
  const int64_t estimated_functions = count(provenance.estimated_functions);
  const int64_t estimated_calls = count(provenance.estimated_calls);
  Fidelity sum;
  sum.lost = provenance.lost;
  const auto add_rows = [&](Origin origin, int64_t rows, int64_t estimated) {
    if (origin == Origin::kAbsent) return;
    if (origin == Origin::kMeasured) sum.measured += rows - estimated;
    if (origin == Origin::kDerived) sum.derived += rows - estimated;
    if (origin == Origin::kEstimated) sum.estimated += rows - estimated;
    sum.estimated += estimated;
  };
  const auto add_functions = [&](Origin origin) {
    add_rows(origin, functions, estimated_functions);
  };
  const auto add_calls = [&](Origin origin) {
    add_rows(origin, calls, estimated_calls);
  };
  // A mark is of costs alone where the counts stood in the input.
  const auto add_counts = [&](Origin origin, int64_t rows, int64_t estimated) {
    const bool are_marked = origin != Origin::kMeasured;
    add_rows(origin, 2 * rows, are_marked ? 2 * estimated : 0);
  };
  add_counts(provenance.counts, functions, estimated_functions);
  add_counts(provenance.call_counts, calls, estimated_calls);
  for (const Provenance::Columns& event : provenance.events) {
    add_functions(event.self);
    add_functions(event.inclusive);
    add_calls(event.call_inclusive);
    if (call_self == CallSelf::kIncluded) add_calls(event.call_self);
  }
  return sum;
}

Contradictions FindContradictions(const Profile& profile) {
  constexpr int64_t kRounding = 1;  // each figure is rounded on its own
  const CallGraph& graph = profile.graph;
  const size_t events = profile.events.size();
  Contradictions found;
  found.missing_self = MissingSelf(graph);
  for (size_t f = 0; f < graph.counts.size(); ++f) {
    bool negative = IsNegative(graph.counts[f]);
    bool above = false;
    for (size_t e = 0; e < events; ++e) {
      const int64_t self = graph.self[f][e];
      const int64_t inclusive = graph.inclusive[f][e];
      negative |= self < 0 || inclusive < 0;
      above |= self > SaturatingAdd(inclusive, kRounding);
    }
    found.negative += negative;
    found.self_above_inclusive += above;
  }
  const bool has_call_self = graph.call_self.rows() != 0;
  std::vector<int64_t> called(graph.counts.size());
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    graph.WithCalleeAhead(c, [&](size_t ahead) {
      __builtin_prefetch(&called[ahead]);
      __builtin_prefetch(&graph.counts[ahead]);
      graph.inclusive.Prefetch(ahead);
    });
    const Call& call = graph.calls[c];
    const size_t callee = call.callee.row();
    const CallCounts counts = graph.counts[callee];
    called[callee] = SaturatingAdd(called[callee], call.counts.total);
    const bool recursive = counts.primitive < counts.total;
    bool negative = IsNegative(call.counts);
    bool above = false;
    for (size_t e = 0; e < events; ++e) {
      const int64_t cost = graph.call_inclusive[c][e];
      negative |= cost < 0 || (has_call_self && graph.call_self[c][e] < 0);
      above |= !recursive &&
               cost > SaturatingAdd(graph.inclusive[callee][e], kRounding);
    }
    found.negative += negative;
    found.call_above_callee += above;
  }
  for (size_t f = 0; f < called.size(); ++f) {
    found.calls_above_callee += called[f] > graph.counts[f].total;
  }
  return found;
}

}  // namespace prof2cg
