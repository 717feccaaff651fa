// For the tests of readers of stacks: what they read, as text or as contents.
#ifndef PROF2CG_CONVERTER_READERS_STACK_TESTS_H_
#define PROF2CG_CONVERTER_READERS_STACK_TESTS_H_

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/reader.h"
#include "converter/readers/reading.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile.h"
#include "graph/profile_contents.h"

namespace prof2cg {

// By the reader of that name, with its call graph.
inline Profile ReadStacks(std::string_view reader, std::string_view bytes) {
  Profile profile = FindReader(reader)->read(bytes);
  if (profile.contexts) FoldContexts(profile);
  BOOST_TEST(profile.Check() == "");
  return profile;
}

// The line of the Error, or "" if it was read.
inline std::string Refusal(std::string_view reader, std::string_view bytes) {
  try {
    ReadStacks(reader, bytes);
    return "";
  } catch (const Error& error) {
    return error.Line();
  }
}

// A line for each stack that costs something: "main;f:12;g 5 40", with the line
// of the call where it is known, in the order of contexts.
inline std::string ShowStacks(const Profile& profile) {
  std::vector<std::string> stacks;
  std::string text;
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const Context& context = profile.contexts->contexts[row];
    std::string stack;
    if (context.parent.is_valid()) stack = stacks[context.parent.row()] + ";";
    stack += profile.Name(context.function);
    if (context.line != 0) stack += ":" + std::to_string(context.line);
    stacks.push_back(stack);
    const auto costs = profile.contexts->self[row];
    if (std::ranges::count(costs, 0) == std::ssize(costs)) continue;
    text += stack;
    for (const int64_t cost : costs) text += " " + std::to_string(cost);
    text += "\n";
  }
  return text;
}

// A line for each function: "name file object".
inline std::string ShowFunctions(const Profile& profile) {
  std::string text;
  for (const Function& f : profile.functions) {
    text += std::string(profile.strings[f.name]) + " " +
            std::string(profile.strings[f.file]) + " " +
            std::string(profile.strings[f.object]) + "\n";
  }
  return text;
}

// A frame as a test writes it, and what it means.
struct SampleFrame {
  std::string text;
  FunctionKey function;
  uint32_t line = 0;  // being executed
};

inline ContextKey StackOf(const std::vector<SampleFrame>& frames) {
  ContextKey stack;
  uint32_t line = 0;
  for (const SampleFrame& frame : frames) {
    stack.emplace_back(frame.function, line);
    line = frame.line;
  }
  return stack;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_STACK_TESTS_H_
