// A profile with contexts, for tests of formats that hold stacks.
#ifndef PROF2CG_CONVERTER_WRITERS_SAMPLE_CONTEXTS_H_
#define PROF2CG_CONVERTER_WRITERS_SAMPLE_CONTEXTS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "converter/writers/test_support.h"
#include "graph/context_tree_builder.h"

namespace prof2cg {

// main, of x.py's line 3, calls parse on its line 30, and that a built-in on a
// line that is not known; parse calls itself, too. Time and bytes.
inline Profile ParserAndItsContexts() {
  ProfileBuilder builder(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                                   {"bytes", "Bytes", Unit::kBytes}}));
  const FunctionId main = Add(builder, {.name = "main", .line = 3});
  const FunctionId parse = Add(builder, {.name = "parse", .line = 12});
  const FunctionId join =
      Add(builder, {.name = "<method 'join' of 'str' objects>",
                    .file = "~",
                    .object = "<built-in>",
                    .line = 0});
  ContextTreeBuilder tree(2);
  const auto enter = [&](ContextId parent, FunctionId f, uint32_t line,
                         std::vector<int64_t> self) {
    const ContextId context = tree.Enter(parent, f, line);
    tree.AddSelf(context, self);
    tree.AddCalls(context, 1);
    return context;
  };
  const ContextId in_main = enter(ContextId(), main, 0, {0, 0});
  const ContextId in_parse = enter(in_main, parse, 30, {100, 7});
  enter(in_parse, join, 0, {20, 0});
  enter(in_parse, parse, 14, {0, 5});
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  return profile;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SAMPLE_CONTEXTS_H_
