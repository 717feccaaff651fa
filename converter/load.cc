#include "converter/load.h"

#include <algorithm>
#include <utility>

#include "converter/io/input.h"
#include "converter/message.h"
#include "converter/readers/pstats.h"
#include "graph/error.h"
#include "graph/passes/complete.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/merge.h"

namespace prof2cg {
namespace {

Profile Read(std::string_view bytes, const LoadOptions& options) {
  const Reader& reader =
      options.reader != nullptr ? *options.reader : DetectReader(bytes);
  if (!options.with_python) return reader.read(bytes);
  if (&reader != &kPstats) {
    throw Error("--reader=python reads pstats, not " +
                std::string(reader.name));
  }
  return ReadPstatsWithPython(bytes);
}

// What is found in the profile itself. A recording may tell of it already, as
// of its source.
Provenance ContradictionsOf(const Profile& profile) {
  const Contradictions found = FindContradictions(profile);
  Provenance notes;
  notes.Note("function has less inclusive than self cost: kept as it is",
             "functions have less inclusive than self cost: kept as they are",
             found.self_above_inclusive);
  notes.Note("call costs more than all calls of its callee: kept as it is",
             "calls cost more than all calls of their callees: kept as they "
             "are",
             found.call_above_callee);
  notes.Note(
      "function was called less often than its callers say: kept as it "
      "is",
      "functions were called less often than their callers say: kept as "
      "they are",
      found.calls_above_callee);
  notes.Note("figure is negative: kept as it is",
             "figures are negative: kept as they are", found.negative);
  // Functions of one file, line and name have one entry: the last one's.
  constexpr int64_t kMicrosecond = 1000;
  notes.Note(
      "microsecond is in no function's self time, though in inclusive ones: "
      "the profiler lost it, or threads ran side by side",
      "microseconds are in no function's self time, though in inclusive ones: "
      "the profiler lost them, or threads ran side by side",
      found.missing_self / kMicrosecond);
  return notes;
}

void NoteContradictions(Profile& profile) {
  std::vector<Oddity>& told = profile.provenance.oddities;
  for (const Oddity& oddity : ContradictionsOf(profile).oddities) {
    const bool is_told =
        std::ranges::count(told, oddity.one, &Oddity::one) != 0;
    if (!is_told) told.push_back(oddity);
  }
}

Profile LoadOne(const std::string& path, const LoadOptions& options) {
  const Input input = Input::Open(path);
  const std::string& name = options.name.empty() ? input.name() : options.name;
  try {
    Profile profile = Read(input.bytes(), options);
    if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
    if (profile.functions.empty()) {
      throw Error("the profile is empty: it holds no function");
    }
    NoteContradictions(profile);
    for (const Oddity& oddity : profile.provenance.oddities) {
      if (options.warns) Warn(name + ": " + oddity.Text());
    }
    return profile;
  } catch (const Error& error) {
    throw error.In(name);
  }
}

}  // namespace

Profile Load(const std::vector<std::string>& inputs,
             const LoadOptions& options) {
  if (inputs.size() == 1) {
    Profile profile = LoadOne(inputs.front(), options);
    Complete(profile);
    return profile;
  }
  Merger merger;
  for (const std::string& path : inputs) {
    const Profile profile = LoadOne(path, options);
    try {
      merger.Add(profile);
    } catch (const Error& error) {
      throw error.In(path);
    }
  }
  Profile sum = std::move(merger).Merge();
  Complete(sum);
  return sum;
}

}  // namespace prof2cg
