#include "graph/compare/change_terms.h"

#include <cmath>
#include <cstddef>

namespace prof2cg {
namespace {

// What more calls cost that a source makes of a function.
long double MoreCalls(const Source& source, const Change& callee) {
  if (callee.is_new() || callee.is_gone()) return source.change.difference();
  return source.change.AtOldCost(callee.UnitCost()) - source.change.base.cost;
}

}  // namespace

void AddTerms(long double made, long double led, const Cause& cause,
              uint32_t next, std::vector<Term>& terms) {
  const long double sum = made + led;
  if ((made < 0) != (led < 0)) {
    const bool is_made = (sum < 0) == (made < 0);
    made = is_made ? sum : 0;
    led = is_made ? 0 : sum;
  }
  terms.push_back({made, cause});
  terms.push_back({led, cause, next});
}

Cause CallCause(const Change& change, uint32_t callee, uint32_t call) {
  const bool has_one_side = change.is_new() || change.is_gone();
  return {has_one_side ? Cause::Kind::kNewCall : Cause::Kind::kMoreCalls,
          callee, call};
}

long double MadeMore(const Change& calls, long double then) {
  if (calls.is_new() || calls.is_gone()) return calls.current.cost - then;
  return calls.is_counted() ? calls.AtOldCost(0) - then : 0;
}

int64_t ChangeTerms::DifferenceOf(uint32_t function) const {
  const auto cost = [&](const Figures& figures) {
    return figures.inclusive[function][event_.row()];
  };
  return Difference(cost(graph_.base), cost(graph_.current));
}

Change ChangeTerms::AddEntries(uint32_t function,
                               std::vector<Term>& terms) const {
  const std::vector<Source> sources = EntriesOf(function);
  const Change all = SumUp(sources);
  for (const Source& source : sources) {
    AddSource(function, source, MoreCalls(source, all), terms);
  }
  return all;
}

std::vector<Source> ChangeTerms::EntriesOf(uint32_t function) const {
  std::vector<Source> sources = FindSources(graph_, event_, function);
  std::erase_if(sources, [&](const Source& source) {
    return source.call && IsRecursive(*source.call);
  });
  return sources;
}

void ChangeTerms::AddSource(uint32_t function, const Source& source,
                            long double more, std::vector<Term>& terms) const {
  if (!source.call) {
    terms.push_back({more, {Cause::Kind::kEntry, function, {}}});
    return;
  }
  const uint32_t caller = graph_.calls[*source.call].caller;
  const long double led = LedByCaller(source.change, caller, more);
  AddTerms(more - led, led, CallCause(source.change, function, *source.call),
           caller, terms);
}

// How much of `more` is since the caller is called more.
long double ChangeTerms::LedByCaller(const Change& call, uint32_t caller,
                                     long double more) const {
  const Change calls = FunctionChange(graph_, event_, caller);
  if (calls.is_new() || calls.is_gone()) return more;
  if (calls.base.calls == 0 || calls.current.calls == 0) return 0;
  return (calls.current.calls - calls.base.calls) / calls.base.calls *
         call.base.cost;
}

Term ChangeTerms::Recursion(uint32_t function, const Change& entries) const {
  Term term;
  if (entries.base.calls == 0 || entries.current.calls == 0) return term;
  const long double ratio = entries.current.calls / entries.base.calls;
  const auto more = [&](const Change& calls) {
    return calls.current.calls - ratio * calls.base.calls;
  };
  const Change all = FunctionChange(graph_, event_, function);
  long double most = -1;
  for (const uint32_t row : graph_.CallsOf(function)) {
    if (!IsRecursive(row)) continue;
    const Change call = CallChange(graph_, event_, row);
    if (std::abs(more(call)) <= most) continue;
    most = std::abs(more(call));
    term = {more(all) * all.UnitCost(), CallCause(call, function, row)};
    const bool is_direct = graph_.calls[row].caller == function;
    if (!is_direct) term.cause.kind = Cause::Kind::kCycle;
  }
  return term;
}

void ChangeTerms::AddCosts(uint32_t function, std::vector<Term>& terms) const {
  terms.push_back(Recursion(function, SumUp(EntriesOf(function))));
  const Change self = SelfChange(graph_, event_, function);
  const bool is_counted = self.base.calls > 0 && self.current.calls > 0;
  // What costs of then would be for as many calls of the function as now.
  const long double ratio =
      is_counted ? self.current.calls / self.base.calls : 1;
  terms.push_back({self.current.cost - ratio * self.base.cost,
                   {Cause::Kind::kSelf, function, {}}});
  for (const uint32_t row : graph_.CallsBy(function)) {
    if (IsRecursive(row)) continue;
    const Change call = CallChange(graph_, event_, row);
    const uint32_t callee = graph_.calls[row].callee;
    const long double then = ratio * call.base.cost;
    const long double made = MadeMore(call, then);
    AddTerms(made, call.current.cost - then - made,
             CallCause(call, callee, row), callee, terms);
  }
}

}  // namespace prof2cg
