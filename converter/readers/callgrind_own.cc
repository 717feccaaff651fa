#include "converter/readers/callgrind_own.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "converter/io/callgrind_notes.h"

namespace prof2cg {

using namespace callgrind;

void CallgrindOwnNotes::Read(FunctionId function) {
  const std::string_view key = lines_.TakeWord();
  if (key == "function") return ReadFunction(function);
  if (key == "measured") return ReadCall(false);
  if (key == "estimated") return ReadCall(true);
  if (key == "ob" || key == "fl" || key == "fn") return ReadText(key);
  if (key == "with-line") return ReadIds(with_line_);
  if (key == "with-mark") return ReadIds(with_mark_);
  if (key == "naming") return ReadNaming();
  if (key == "shares") return ReadShareBy();
  if (key == "unit") return ReadUnit();
  if (key == "kind") return ReadKind();
  if (key == "fact") return ReadFact();
  if (key == "origins") return ReadOrigins();
  if (key == "event") return ReadEvent();
  if (key == "cmd") {
    draft_.profile().command = Unquote(lines_.TakeRest());
  } else if (key == "calls") {
    ReadCalls();
  } else {
    FailUnknown();
  }
}

void CallgrindOwnNotes::ReadCalls() {
  const std::string_view word = lines_.TakeWord();
  if (word == "estimated") {
    calls_are_estimated_ = true;
  } else if (word == "complete") {
    draft_.profile().provenance.is_complete = true;
  } else {
    FailUnknown();
  }
}

void CallgrindOwnNotes::FailUnknown() const {
  lines_.Fail("expected a note that I know");
}

void CallgrindOwnNotes::ReadDescription(std::string_view text) {
  const size_t colon = text.find(": ");
  if (IsFactText(text) && colon != text.npos) {
    draft_.profile().facts.push_back({std::string(text.substr(0, colon)),
                                      std::string(text.substr(colon + 2))});
  }
  if (text == kNoCallSites) has_call_sites_ = false;
  constexpr std::string_view kLost = "lost ";
  const size_t lost = text.rfind(kLost);
  if (!text.starts_with(kFidelity) || lost == text.npos) return;
  draft_.profile().provenance.lost =
      std::atoll(std::string(text.substr(lost + kLost.size())).c_str());
}

std::string_view CallgrindOwnNotes::TextOf(std::string_view key, uint64_t id,
                                           std::string_view written) const {
  if (key == "fn" && with_line_.contains(id)) {
    return written.substr(0, written.rfind(':'));
  }
  if (!texts_.empty()) {
    const auto text = texts_.find(std::pair(std::string(key), id));
    if (text != texts_.end()) return text->second;
  }
  if (key == "fn" && IsEstimated(id) && written.ends_with(kMark)) {
    written.remove_suffix(kMark.size());
  }
  return written;
}

void CallgrindOwnNotes::ReadNaming() {
  const auto* const naming = std::ranges::find(kNamings, lines_.TakeWord());
  if (naming == std::end(kNamings)) FailUnknown();
  draft_.profile().naming = static_cast<Naming>(naming - kNamings);
}

void CallgrindOwnNotes::ReadShareBy() {
  const auto* const word = std::ranges::find(kShareBys, lines_.TakeWord());
  if (word == std::end(kShareBys)) FailUnknown();
  draft_.profile().share_by = static_cast<ShareBy>(word - kShareBys);
}

// EventSet has no setters: it is made anew.
template <class Change>
void ChangeEvent(EventSet& set, size_t row, Change change) {
  std::vector<Event> events(set.begin(), set.end());
  change(events[row]);
  set = EventSet(std::move(events));
}

void CallgrindOwnNotes::ReadUnit() {
  const size_t event = TakeEvent();
  const auto* const unit = std::ranges::find(kUnits, lines_.TakeWord());
  if (unit == std::end(kUnits)) FailUnknown();
  ChangeEvent(draft_.profile().events, event,
              [&](Event& e) { e.unit = static_cast<Unit>(unit - kUnits); });
}

void CallgrindOwnNotes::ReadKind() {
  const size_t event = TakeEvent();
  const auto* const kind = std::ranges::find(kKinds, lines_.TakeWord());
  if (kind == std::end(kKinds)) FailUnknown();
  ChangeEvent(draft_.profile().events, event,
              [&](Event& e) { e.kind = static_cast<Kind>(kind - kKinds); });
}

void CallgrindOwnNotes::ReadFact() {
  const std::string name = Unquote(lines_.TakeWord());
  draft_.profile().facts.push_back({name, Unquote(lines_.TakeRest())});
}

void CallgrindOwnNotes::ReadEvent() {
  const size_t event = TakeEvent();
  ChangeEvent(draft_.profile().events, event,
              [&](Event& e) { e.long_name = Unquote(lines_.TakeRest()); });
}

size_t CallgrindOwnNotes::TakeEvent() {
  const std::string_view word = lines_.TakeWord();
  const auto event = draft_.profile().events.Find(word);
  if (!event) lines_.Fail("expected the name of an event");
  return event->row();
}

void CallgrindOwnNotes::ReadOrigins() {
  Provenance& provenance = draft_.profile().provenance;
  provenance.counts = TakeOrigin();
  provenance.call_counts = TakeOrigin();
  for (Provenance::Columns& columns : provenance.events) {
    lines_.SkipBlanks();
    columns.self = TakeOrigin();
    columns.inclusive = TakeOrigin();
    columns.call_inclusive = TakeOrigin();
  }
}

Origin CallgrindOwnNotes::TakeOrigin() {
  const size_t origin = kOrigins.find(lines_.Peek());
  if (lines_.AtEnd() || origin == kOrigins.npos) FailUnknown();
  lines_.Skip(1);
  return static_cast<Origin>(origin);
}

void CallgrindOwnNotes::ReadText(std::string_view key) {
  const uint64_t id = lines_.TakeNumber();
  lines_.Take(' ');
  texts_[{std::string(key), id}] = Unquote(lines_.TakeRest());
}

void CallgrindOwnNotes::ReadIds(absl::flat_hash_set<uint64_t>& ids) {
  while (lines_.SkipBlanks(), !lines_.AtEnd()) ids.insert(lines_.TakeNumber());
}

void CallgrindOwnNotes::ReadFunction(FunctionId function) {
  if (!function.is_valid()) FailUnknown();
  const CallCounts counts = TakeCounts();
  draft_.NoteFunction(function, counts,
                      TakeCosts(2 * draft_.profile().events.size()));
}

void CallgrindOwnNotes::ReadCall(bool is_estimated) {
  if (!draft_.has_call()) FailUnknown();
  const auto line = static_cast<uint32_t>(std::min<uint64_t>(
      lines_.TakeNumber(), std::numeric_limits<uint32_t>::max()));
  const CallCounts counts = TakeCounts();
  draft_.NoteCall(line, counts, TakeCosts(draft_.profile().events.size()));
  draft_.MarkLastCall(is_estimated);
}

CallCounts CallgrindOwnNotes::TakeCounts() {
  CallCounts counts;
  counts.total = lines_.TakeSigned();
  counts.primitive = lines_.TakeSigned();
  return counts;
}

std::vector<int64_t> CallgrindOwnNotes::TakeCosts(size_t count) {
  std::vector<int64_t> costs;
  for (size_t i = 0; i < count; ++i) costs.push_back(lines_.TakeSigned());
  if (!lines_.AtEnd()) lines_.Fail("more figures than events");
  return costs;
}

}  // namespace prof2cg
