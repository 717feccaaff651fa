// By how many callers functions are to be told apart.
#ifndef PROF2CG_GRAPH_PASSES_SEPARATION_RULES_H_
#define PROF2CG_GRAPH_PASSES_SEPARATION_RULES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace prof2cg {

struct SeparationRules {
  // Per function: how many callers tell it apart, the nearest first. Direct
  // recursion is left out: a function is no caller of its own.
  std::vector<uint32_t> callers;
  // Per function: how many levels of recursion, from 1: the function when it is
  // not active already, when it is active once, ...; the last holds the rest.
  std::vector<uint32_t> levels;
  // The user wants these levels: it is noted where they cannot be told.
  bool wants_levels = true;
  // How many functions there may be afterwards, though each keeps a name for
  // each level. Those that the next caller would make most names of do without
  // it, which is noted.
  size_t max_names = SIZE_MAX;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SEPARATION_RULES_H_
