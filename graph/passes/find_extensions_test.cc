#include "graph/passes/find_extensions.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

// Contexts, and calls among them, as they stand when so many callers are known.
struct Sample {
  CallGraph graph;  // functions alone
  std::vector<uint32_t> asked;
  EstimatedContexts estimate{1};
  KnownCallers known;
  EntryCalls entries;

  bool IsEntered(uint32_t context) const {
    return known.depth == 0 &&
           std::ranges::any_of(entries.calls, [&](const EntryCall& entry) {
             return entry.callee.row() == context;
           });
  }
  bool NeedsMore(uint32_t context) const {
    const FunctionId f = estimate.contexts[context].function;
    return asked[f.row()] > known.depth;
  }
};

Sample RandomSample(uint32_t depth, uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](uint32_t bound) {
    return static_cast<uint32_t>(random() % bound);
  };
  Sample sample;
  const uint32_t functions = 1 + below(20);
  sample.graph.counts.resize(functions);
  for (uint32_t f = 0; f < functions; ++f) {
    sample.asked.push_back(below(4));
    sample.estimate.contexts.push_back({.function = FunctionId(f)});
    if (below(3) == 0) sample.entries.calls.push_back({FunctionId(f)});
  }
  const uint32_t first_context = depth == 0 ? 0 : functions;
  const uint32_t first_call = depth == 0 ? 0 : below(50);
  sample.known = {depth, first_context, first_call};
  const uint32_t contexts = depth == 0 ? functions : functions + 1 + below(40);
  while (sample.estimate.contexts.size() < contexts) {
    sample.estimate.contexts.push_back(
        {.function = FunctionId(below(functions))});
  }
  const uint32_t calls = first_call + below(200);
  for (uint32_t c = 0; c < calls; ++c) {
    const uint32_t first = c < first_call ? 0 : first_context;
    sample.estimate.calls.push_back({.call = CallId(c),
                                     .caller = first + below(contexts - first),
                                     .callee = below(contexts)});
  }
  return sample;
}

// Each case for samples with no, one and two callers known.
template <class Check>
void ForSamples(Check check) {
  for (uint32_t seed = 0; seed < 300; ++seed)
    check(RandomSample(seed % 3, seed));
}

std::vector<uint32_t> CallsOf(const Sample& sample, uint32_t context,
                              uint32_t EstimatedCall::*end) {
  const std::vector<EstimatedCall>& calls = sample.estimate.calls;
  std::vector<uint32_t> found;
  for (uint32_t c = sample.known.first_call; c < calls.size(); ++c) {
    if (calls[c].*end == context) found.push_back(c);
  }
  return found;
}

BOOST_AUTO_TEST_CASE(AnIndexHasTheCallsOfEachContextInTheirOrder) {
  ForSamples([](const Sample& sample) {
    for (const auto end : {&EstimatedCall::caller, &EstimatedCall::callee}) {
      const PartIndex index = IndexParts(sample.estimate, sample.known, end);
      const size_t contexts = sample.estimate.contexts.size();
      for (uint32_t row = sample.known.first_context; row < contexts; ++row) {
        const auto begin =
            index.begins.begin() + row - sample.known.first_context;
        const std::vector<uint32_t> calls(index.parts.begin() + *begin,
                                          index.parts.begin() + begin[1]);
        BOOST_REQUIRE(calls == CallsOf(sample, row, end));
      }
      BOOST_REQUIRE_EQUAL(index.parts.size(), sample.estimate.calls.size() -
                                                  sample.known.first_call);
    }
  });
}

using Rows = std::vector<std::pair<uint32_t, uint32_t>>;

// What entered a context, then its callers, each once; itself is none.
Rows ExpectedRows(const Sample& sample) {
  Rows rows;
  const size_t contexts = sample.estimate.contexts.size();
  for (uint32_t row = sample.known.first_context; row < contexts; ++row) {
    if (sample.IsEntered(row)) rows.emplace_back(row, kNone);
    if (!sample.NeedsMore(row)) continue;
    for (const uint32_t c : CallsOf(sample, row, &EstimatedCall::callee)) {
      const std::pair extension(row, sample.estimate.calls[c].caller);
      const bool is_new = std::ranges::count(rows, extension) == 0;
      if (is_new && extension.second != row) rows.push_back(extension);
    }
  }
  return rows;
}

Extensions Find(const Sample& sample, const PartIndex& into) {
  return FindExtensions(sample.estimate, sample.known, into, sample.entries,
                        CallerDepths(sample.graph, sample.asked));
}

BOOST_AUTO_TEST_CASE(ThereIsOneForEachCallerThatAContextHas) {
  ForSamples([](const Sample& sample) {
    Rows rows;
    const PartIndex into =
        IndexParts(sample.estimate, sample.known, &EstimatedCall::callee);
    for (const auto& [context, caller] : Find(sample, into).rows) {
      rows.emplace_back(context, caller);
    }
    BOOST_REQUIRE(rows == ExpectedRows(sample));
  });
}

BOOST_AUTO_TEST_CASE(ACallLeadsToTheExtensionByItsCaller) {
  ForSamples([](const Sample& sample) {
    const PartIndex into =
        IndexParts(sample.estimate, sample.known, &EstimatedCall::callee);
    const Extensions found = Find(sample, into);
    BOOST_REQUIRE_EQUAL(found.of_part.size(), into.parts.size());
    for (size_t place = 0; place < into.parts.size(); ++place) {
      const EstimatedCall& call = sample.estimate.calls[into.parts[place]];
      const bool has_one = call.callee >= sample.known.first_context &&
                           call.callee != call.caller &&
                           sample.NeedsMore(call.callee);
      BOOST_REQUIRE_EQUAL(found.of_part[place] != kNone, has_one);
      if (!has_one) continue;
      const Extension& extension = found.rows[found.of_part[place]];
      BOOST_REQUIRE_EQUAL(extension.context, call.callee);
      BOOST_REQUIRE_EQUAL(extension.caller, call.caller);
    }
  });
}

}  // namespace
}  // namespace prof2cg
