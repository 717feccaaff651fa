// What a picture shall show and how.
#ifndef PROF2CG_CONVERTER_PICTURE_OPTIONS_H_
#define PROF2CG_CONVERTER_PICTURE_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "converter/picture/theme.h"
#include "converter/picture/time_format.h"
#include "graph/passes/reach.h"

namespace prof2cg {

// How inclusive costs of samples are found.
enum class TotalBy { kCallRatios, kCallStacks };

// Lines of a node's label, below its name.
enum class NodeLine {
  kSelfTime,   // seconds, by the time format; amounts of other events
  kSelfShare,  // "(12.34%)"
  kTotalTime,
  kTotalShare,  // "12.34%"
  kSelf,        // amounts with units: "(1.20 ms)"
  kTotal,
  kSelfPerCall,
  kTotalPerCall,
};

// Lines of an edge's label.
enum class EdgeLine {
  kTotalShare,
  kCalls,  // "12×"
  kTotal,
  kTotalPerCall,
  kShareOfCaller,  // of its inclusive cost
  kShareOfCallee,
};

// What functions in one frame have in common.
enum class ClusterBy {
  kNothing,
  kPackage,
  kFile,
  kFunction,  // they are one, told apart by callers; else bonds show it
};

// Functions are named by patterns (converter/names/choose.h).
struct PictureOptions {
  std::string title = {};
  std::string event = {};  // to weigh by; "": the first
  TotalBy total_by = TotalBy::kCallRatios;

  // What costs less is left out: inclusive shares, from 0 to 1.
  double node_threshold = .005;
  double edge_threshold = .001;
  // The costliest are drawn; 0: all; not given: as many as the format can show.
  std::optional<size_t> most_nodes = {};
  std::vector<std::string> paths = {};
  std::vector<std::string> roots = {};   // and what they call
  std::vector<std::string> leaves = {};  // and what calls them
  uint32_t depth = kAnyDepth;            // so far from roots and leaves
  std::vector<std::string> near = {};    // these, whatever they cost, and
  uint32_t hops = 1;                     // what is so near

  Theme theme = Themes().front();
  bool colors_by_self = false;
  std::vector<NodeLine> node_lines = {NodeLine::kTotalShare,
                                      NodeLine::kSelfShare};
  std::vector<EdgeLine> edge_lines = {EdgeLine::kTotalShare, EdgeLine::kCalls};
  bool shows_samples = false;
  TimeFormat time_format = {};
  bool strips_names = false;
  bool wraps_names = false;
  ClusterBy cluster_by = ClusterBy::kNothing;
  std::string link = {};  // {file}, {line} and {name} stand for the function's
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_OPTIONS_H_
