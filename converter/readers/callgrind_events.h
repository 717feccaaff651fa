// The events of a callgrind file as a profile has them.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_EVENTS_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_EVENTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/event_set.h"

namespace prof2cg {

// A file names its columns ("events: Ir Dr"), each part of it anew, and may
// have a long name for some ("event: Ir : Instructions").
//
//  - A name that says its unit gives the event that unit: "ns", "Time_(10ns)",
//    "Memory_(bytes)", "cpu(ms)". Times become nanoseconds.
//  - Events are named by identifiers, as callgrind's readers need them for
//    long names; what else a name had is left to the long name.
//  - Events of Valgrind's tools have no long name in their files; KCachegrind
//    knows them, and so do we.
//  - An event with a formula has no column; it is counted and left out, since
//    all it tells follows from others.
class CallgrindEvents {
 public:
  // Finds the events of all parts; those of our own files are taken as they
  // are. Throws Error where they are too many for tables.
  CallgrindEvents(std::string_view bytes, bool is_own);

  const EventSet& events() const { return events_; }
  int64_t formulas() const { return formulas_; }

  // Where the costs of a column go.
  struct Column {
    uint32_t event;
    int64_t factor;
  };
  // Of a part, by what follows "events:". Names given twice add up.
  std::vector<Column> Columns(std::string_view names) const;

 private:
  void FindLines(std::string_view bytes);
  void ReadLongName(std::string_view text);
  void ReadNames(std::string_view names, size_t offset);
  void MakeEvents(bool is_own, bool is_of_yappi);

  EventSet events_;
  std::vector<std::string_view> names_;  // as the file has them
  std::vector<int64_t> factors_;         // per name
  absl::flat_hash_map<std::string_view, uint32_t> rows_;
  absl::flat_hash_map<std::string_view, std::string_view> long_names_;
  int64_t formulas_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_EVENTS_H_
