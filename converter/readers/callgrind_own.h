// The notes in our own callgrind files (converter/io/callgrind_notes.h).
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_OWN_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_OWN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "converter/readers/callgrind_draft.h"
#include "converter/readers/callgrind_lines.h"

namespace prof2cg {

class CallgrindOwnNotes {
 public:
  // Borrows both.
  CallgrindOwnNotes(CallgrindLines& lines, CallgrindDraft& draft)
      : lines_(lines), draft_(draft) {}

  // Reads what is left of a note's line, in the body of `function`.
  void Read(FunctionId function);
  // Of a "desc:" line.
  void ReadDescription(std::string_view text);

  // The text that has this id under a key, should it be written otherwise.
  std::string_view TextOf(std::string_view key, uint64_t id,
                          std::string_view written) const;

  // Whether the function of that id has estimated figures.
  bool IsEstimated(uint64_t id) const { return with_mark_.contains(id); }

  bool has_call_sites() const { return has_call_sites_; }
  bool calls_are_estimated() const { return calls_are_estimated_; }

 private:
  [[noreturn]] void FailUnknown() const;
  void ReadCalls();
  void ReadNaming();
  void ReadShareBy();
  void ReadUnit();
  void ReadKind();
  void ReadFact();
  void ReadOrigins();
  void ReadEvent();
  void ReadText(std::string_view key);
  void ReadIds(absl::flat_hash_set<uint64_t>& ids);
  void ReadFunction(FunctionId function);
  void ReadCall(bool is_estimated);
  CallCounts TakeCounts();
  // As many as there are to the end of the line.
  std::vector<int64_t> TakeCosts(size_t count);
  size_t TakeEvent();
  Origin TakeOrigin();

  CallgrindLines& lines_;
  CallgrindDraft& draft_;
  absl::flat_hash_map<std::pair<std::string, uint64_t>, std::string> texts_;
  absl::flat_hash_set<uint64_t> with_line_;
  absl::flat_hash_set<uint64_t> with_mark_;
  bool has_call_sites_ = true;
  bool calls_are_estimated_ = false;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_OWN_H_
