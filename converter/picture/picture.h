// A call graph as it is drawn: what was chosen of a profile, and how each
// function and call is labelled and weighed, for each event.
//
// Everything that a picture shows is decided here; the writers of DOT, SVG, PNG
// and PDF only put it into their form. Lines have \n between them.
#ifndef PROF2CG_CONVERTER_PICTURE_PICTURE_H_
#define PROF2CG_CONVERTER_PICTURE_PICTURE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/picture/theme.h"
#include "graph/compare/joined_graph.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// What became of a function's share between two profiles.
enum class Trend { kNone, kGrew, kShrank };

// Which of two profiles have a function or call.
enum class Presence { kBoth, kNew, kGone };

struct PictureNode {
  static constexpr uint32_t kNoCluster = UINT32_MAX;

  FunctionId function;
  // The first lines of its label: process, module and name in gprof2dot's form.
  // Those of NodeFigures follow.
  std::string label;
  // The same in parts, for pictures that set the name off from the rest: what
  // the function is called, and where it is ("decoder:20", "libc.so.6"; lines).
  std::string name;
  std::string place;  // "": nothing is known
  // That tell the function apart (converter/names/callers_text.h).
  std::vector<std::string> callers;
  std::string tooltip;            // "": none
  std::string link;               // to its source; "": none
  uint32_t cluster = kNoCluster;  // a row of the picture's clusters
  Trend trend = Trend::kNone;
  Presence presence = Presence::kBoth;
  bool is_estimated = false;  // figures of it are

  bool has_dashes() const {
    return is_estimated || presence != Presence::kBoth;
  }
};

struct PictureEdge {
  uint32_t caller = 0;  // rows of the picture's nodes
  uint32_t callee = 0;
  CallId call;
  Presence presence = Presence::kBoth;
  bool is_estimated = false;

  bool has_dashes() const {
    return is_estimated || presence != Presence::kBoth;
  }
};

// Nodes that are one function, told apart by callers.
struct PictureBond {
  uint32_t first = 0;  // rows of the picture's nodes
  uint32_t second = 0;
};

// A function or call by one event. Shares are of the profile's total, from 0 to
// 1, and not a number where the profile does not tell them. Costs are in the
// unit of the event.
struct NodeFigures {
  std::string label;  // lines: those below the node's own
  double weight = 0;  // from 0 to 1: how much it stands out
  double self_share = 0;
  double total_share = 0;
  int64_t self = 0;
  int64_t total = 0;
};

struct EdgeFigures {
  std::string label;  // lines; "": none
  double weight = 0;
  double breadth = 0;  // the same of its line's width
  double total_share = 0;
  int64_t total = 0;
};

// What is written below the colours.
struct ColorScale {
  std::string least = "0%";
  std::string middle = "of the total";
  std::string most = "100%";
};

// The picture by one event.
struct PictureView {
  EventId event;
  int64_t total = 0;       // what shares are shares of
  int64_t base_total = 0;  // of a difference: what it was before
  ColorScale scale;
  std::vector<NodeFigures> nodes;  // a row per node
  std::vector<EdgeFigures> edges;  // a row per edge
};

// Nodes stand in the order of the profile's functions; edges caller by caller,
// each caller's in the order of callees. The profile outlives the picture.
struct Picture {
  const Profile* profile = nullptr;
  // Of a difference: what the rows of the profile were and are.
  const JoinedGraph* difference = nullptr;
  Theme theme;
  bool is_comparison = false;
  std::string title;               // the program, or the input's name
  std::vector<std::string> notes;  // what a reader should know: lines
  std::string cut;  // what was left out to keep it readable; "": nothing
  std::vector<std::string> clusters;
  std::vector<PictureNode> nodes;
  std::vector<PictureEdge> edges;
  std::vector<PictureBond> bonds;  // each function's, one after the other
  // At least one: the first is the one that was asked for. All have labels for
  // the same nodes and edges.
  std::vector<PictureView> views;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_PICTURE_H_
