// callgrind.out files: of Valgrind's callgrind and cachegrind, of Xdebug,
// yappi, pyprof2calltree and whoever else writes for KCachegrind, and our own.
//
// The grammar is that of Valgrind's docs/cl-format.xml; where it is silent,
// what KCachegrind does:
//  - An id of "(ID) name" stands for an object, for a file (fl fi fe cfi cfl
//    cfe jfi) or for a function (fn cfn jfn): the one that had this name, file
//    and object where the id was defined. It does so until it is defined again.
//    Only if it has no costs yet, a body moves it: yappi lists all names first.
//  - fi= and fe= tell where inlined code came from. Its cost is the function's,
//    and the function's file is that of fl=.
//  - cfi= and cob= hold for one call, which without them goes to the current
//    file and object.
//  - Relative positions count from the last cost line, be it of self cost, of
//    a call or of a jump; each part of a file begins at 0.
//  - Parts add up. Their events may differ and stand in another order; ids
//    outlive their part unless they are defined again.
//
// Accepted and counted: costs that have fractions or more than 63 bits, events
// that are formulas, header lines of unknown keys, costs outside of functions,
// a summary that is not the sum of self costs. Accepted: header lines in any
// order, carriage returns, a byte order mark, blanks before numbers, calls that
// were counted 0 times, negative costs, names that are not UTF-8. Jumps,
// instruction addresses and the lines of self costs are read and left out.
#include "converter/readers/callgrind.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/callgrind_notes.h"
#include "converter/readers/callgrind_draft.h"
#include "converter/readers/callgrind_events.h"
#include "converter/readers/callgrind_lines.h"
#include "converter/readers/callgrind_names.h"
#include "converter/readers/callgrind_own.h"

namespace prof2cg {
namespace {

// "timeframe (BB)" is the oddest of them.
bool IsOfKey(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ' ' ||
         c == '(' || c == ')';
}

uint32_t ToLine(uint64_t number) {
  constexpr uint64_t kLast = std::numeric_limits<uint32_t>::max();
  return static_cast<uint32_t>(std::min(number, kLast));
}

class CallgrindReader {
 public:
  explicit CallgrindReader(std::string_view bytes)
      : is_own_(bytes.starts_with(callgrind::kFirstLines)),
        lines_(bytes),
        events_(bytes, is_own_),
        most_costs_(kCostsPerByte * bytes.size() + kFewCosts),
        draft_(events_.events(), is_own_),
        own_(lines_, draft_),
        names_(bytes.size(), lines_, draft_, is_own_ ? &own_ : nullptr),
        costs_(events_.events().size()),
        summaries_(events_.events().size()) {}

  Profile Read() {
    lines_.SkipByteOrderMark();
    while (lines_.Next()) ReadLine();
    if (next_costs_ != NextCosts::kSelf) lines_.Fail(kNoCosts);
    if (columns_.empty()) lines_.Fail(kNoEvents);
    EndPart();
    NoteOddities();
    return std::move(draft_).Finish();
  }

 private:
  static constexpr char kNoEvents[] =
      "expected \"events:\" and names before any costs";
  static constexpr char kNoCosts[] =
      "expected the line and the costs of what was called";
  // Files leave out what is 0, but hardly this much.
  static constexpr size_t kCostsPerByte = 8;
  static constexpr size_t kFewCosts = 1 << 16;

  // Whose the costs of the next line are.
  enum class NextCosts { kSelf, kCall, kJump };

  void ReadLine();
  void ReadSpecification();
  bool ReadName();
  bool ReadCalledName();
  void ReadCalls();
  bool ReadJump();
  void ReadHeader();
  void ReadPositions(std::string_view names);
  void ReadSummary();

  void ReadCosts();
  uint64_t TakePosition(uint64_t base);
  // Into costs_.
  void TakeCosts();
  void AddCall();
  void BeginHomelessFunction();
  FunctionId TakeFunction(StringId file, StringId object) {
    const FunctionId function = names_.TakeFunction(file, object);
    CheckSize();
    return function;
  }
  // Tables have a figure for each event, where lines may leave most out.
  void CheckSize() const {
    if (draft_.costs() > most_costs_) {
      lines_.Fail("expected fewer events for so many functions and calls");
    }
  }

  void BeginPart();
  void EndPart();
  int64_t CountWrongSummaries();
  void NoteOddities();

  const bool is_own_;
  CallgrindLines lines_;
  const CallgrindEvents events_;
  const size_t most_costs_;
  CallgrindDraft draft_;
  CallgrindOwnNotes own_;
  CallgrindReadNames names_;

  // Of the part.
  std::vector<CallgrindEvents::Column> columns_;
  size_t positions_ = 1;      // on each cost line
  size_t line_position_ = 0;  // which of them is the line
  bool has_body_ = false;
  std::vector<int64_t> summary_;  // none: the part has none

  // Where the last cost line was.
  uint64_t line_ = 0;
  uint64_t instruction_ = 0;

  StringId object_{0};
  StringId file_{0};           // of the code
  StringId function_file_{0};  // of functions that follow
  FunctionId function_;        // not valid: none yet
  StringId called_object_;     // not valid: as the caller's
  StringId called_file_;
  FunctionId callee_;
  StringId jump_file_;
  NextCosts next_costs_ = NextCosts::kSelf;
  int64_t count_ = 0;           // of calls
  std::vector<int64_t> costs_;  // of a line, one per event

  std::vector<int64_t> summaries_;  // of all parts
  bool lacks_summary_ = false;
  int64_t unknown_lines_ = 0;
  int64_t homeless_costs_ = 0;
};

void CallgrindReader::ReadLine() {
  switch (lines_.Peek()) {
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
    case '+':
    case '-':
    case '*':
      return ReadCosts();
    case '#':
      if (is_own_ && lines_.Take("#: ")) own_.Read(function_);
      return;
    default:
      break;
  }
  if (lines_.AtEnd()) return;
  if (lines_.Peek() == ' ' || lines_.Peek() == '\t') {
    lines_.SkipBlanks();
    if (!lines_.AtEnd()) ReadCosts();
    return;
  }
  if (next_costs_ != NextCosts::kSelf) lines_.Fail(kNoCosts);
  ReadSpecification();
}

// What begins with a letter: "key=value" within a function, else "key: value".
void CallgrindReader::ReadSpecification() {
  const char first = lines_.Peek();
  const bool is_of_body = first == 'c' || first == 'r'   ? ReadCalledName()
                          : first == 'f' || first == 'o' ? ReadName()
                                                         : ReadJump();
  has_body_ |= is_of_body;
  if (!is_of_body) ReadHeader();
}

bool CallgrindReader::ReadName() {
  if (lines_.Take("fn=")) {
    file_ = function_file_;
    callee_ = FunctionId();
    function_ = TakeFunction(file_, object_);
    draft_.BeginBody(function_, file_, object_);
  } else if (lines_.Take("fl=")) {
    file_ = function_file_ = names_.TakeFile();
  } else if (lines_.Take("fi=") || lines_.Take("fe=")) {
    file_ = names_.TakeFile();
  } else if (lines_.Take("ob=")) {
    object_ = names_.TakeObject();
    function_ = FunctionId();
  } else {
    return false;
  }
  return true;
}

bool CallgrindReader::ReadCalledName() {
  if (lines_.Take("cfn=")) {
    callee_ =
        TakeFunction(called_file_.is_valid() ? called_file_ : file_,
                     called_object_.is_valid() ? called_object_ : object_);
  } else if (lines_.Take("calls=") || lines_.Take("rcalls=")) {
    ReadCalls();
  } else if (lines_.Take("cfi=") || lines_.Take("cfl=") ||
             lines_.Take("cfe=")) {
    called_file_ = names_.TakeFile();
  } else if (lines_.Take("cob=")) {
    called_object_ = names_.TakeObject();
  } else {
    return false;
  }
  return true;
}

// "COUNT POSITION": where the callee begins is of no use.
void CallgrindReader::ReadCalls() {
  if (!callee_.is_valid()) lines_.Fail("expected \"cfn=\" before \"calls=\"");
  count_ = lines_.TakeCount();
  next_costs_ = NextCosts::kCall;
}

// "jump=COUNT POSITION", "jcnd=TAKEN/COUNT POSITION", to a place in jfi= and
// jfn=.
bool CallgrindReader::ReadJump() {
  if (lines_.Take("jump=") || lines_.Take("jcnd=")) {
    next_costs_ = NextCosts::kJump;
  } else if (lines_.Take("jfi=")) {
    jump_file_ = names_.TakeFile();
  } else if (lines_.Take("jfn=")) {
    TakeFunction(jump_file_.is_valid() ? jump_file_ : file_, object_);
  } else {
    return false;
  }
  return true;
}

void CallgrindReader::ReadHeader() {
  const std::string_view line = lines_.rest();
  const size_t colon = line.find(':');
  const std::string_view key = line.substr(0, colon);
  const bool is_key = colon != line.npos && std::ranges::all_of(key, &IsOfKey);
  if (!is_key) lines_.Fail("expected a line of a callgrind file");
  lines_.Skip(colon + 1);
  if (key == "summary" || key == "totals") return ReadSummary();
  lines_.SkipBlanks();
  if (key == "events") {
    BeginPart();
    columns_ = events_.Columns(lines_.TakeRest());
    if (columns_.empty()) lines_.Fail("expected names of events");
  } else if (key == "positions") {
    BeginPart();
    ReadPositions(lines_.TakeRest());
  } else if (key == "part" || key == "pid" || key == "thread") {
    BeginPart();
  } else if (key == "cmd") {
    std::string& command = draft_.profile().command;
    if (command.empty()) command = names_.ToUtf8(lines_.TakeRest());
  } else if (key == "desc") {
    if (is_own_) own_.ReadDescription(lines_.TakeRest());
  } else {
    constexpr std::string_view kOthers[] = {"version", "creator", "event",
                                            "arch", "timeframe (BB)"};
    unknown_lines_ += std::ranges::count(kOthers, key) == 0;
  }
}

// "line", "instr" or both.
void CallgrindReader::ReadPositions(std::string_view names) {
  const bool has_line = names.find("line") != names.npos;
  const bool has_instruction = names.find("instr") != names.npos;
  positions_ = size_t{has_line} + size_t{has_instruction};
  line_position_ = has_line ? positions_ - 1 : positions_;
  if (positions_ == 0) lines_.Fail("expected \"line\" or \"instr\"");
}

void CallgrindReader::ReadSummary() {
  if (columns_.empty()) return;  // of what is not known yet
  TakeCosts();
  summary_ = costs_;
}

void CallgrindReader::ReadCosts() {
  if (columns_.empty()) lines_.Fail(kNoEvents);
  has_body_ = true;
  for (size_t position = 0; position < positions_; ++position) {
    uint64_t& base = position == line_position_ ? line_ : instruction_;
    base = TakePosition(base);
  }
  if (!function_.is_valid()) BeginHomelessFunction();
  switch (std::exchange(next_costs_, NextCosts::kSelf)) {
    case NextCosts::kSelf:
      TakeCosts();
      return draft_.AddSelf(function_, ToLine(line_), costs_);
    case NextCosts::kCall:
      TakeCosts();
      return AddCall();
    case NextCosts::kJump:
      jump_file_ = StringId();
  }
}

uint64_t CallgrindReader::TakePosition(uint64_t base) {
  lines_.SkipBlanks();
  if (lines_.Take('*')) return base;
  if (lines_.Take('+')) return base + lines_.TakeNumber();
  if (!lines_.Take('-')) return lines_.TakeNumber();
  const uint64_t less = lines_.TakeNumber();
  if (less > base) lines_.Fail("a position below zero");
  return base - less;
}

void CallgrindReader::TakeCosts() {
  if (costs_.size() > 1) std::ranges::fill(costs_, 0);
  costs_[0] = 0;
  for (const CallgrindEvents::Column& column : columns_) {
    const bool has_blank = lines_.SkipBlanks();
    if (lines_.AtEnd()) return;
    if (!has_blank) lines_.Fail("expected a blank between numbers");
    int64_t& cost = costs_[column.event];
    cost = SaturatingAdd(cost, lines_.TakeCost(column.factor));
  }
  lines_.SkipBlanks();
  if (!lines_.AtEnd()) lines_.Fail("expected no more costs than events");
}

void CallgrindReader::AddCall() {
  draft_.AddCall({function_,
                  callee_,
                  own_.has_call_sites() ? ToLine(line_) : 0,
                  {count_, count_}},
                 costs_);
  if (own_.calls_are_estimated()) draft_.MarkLastCall(true);
  called_object_ = called_file_ = StringId();
  CheckSize();
}

// KCachegrind has one that is unknown, too.
void CallgrindReader::BeginHomelessFunction() {
  ++homeless_costs_;
  function_ = draft_.AddFunction({StringId(0), file_, object_});
  draft_.BeginBody(function_, file_, object_);
}

// Header lines of one part stand in any order.
void CallgrindReader::BeginPart() {
  if (!has_body_) return;
  EndPart();
  has_body_ = false;
  line_ = instruction_ = 0;
  object_ = file_ = function_file_ = StringId(0);
  function_ = callee_ = FunctionId();
  called_object_ = called_file_ = jump_file_ = StringId();
}

void CallgrindReader::EndPart() {
  lacks_summary_ |= summary_.empty();
  for (size_t e = 0; e < summary_.size(); ++e) {
    summaries_[e] = SaturatingAdd(summaries_[e], summary_[e]);
  }
  summary_.clear();
}

// Those of callgrind itself are a few instructions off.
int64_t CallgrindReader::CountWrongSummaries() {
  if (lacks_summary_) return 0;
  const std::vector<int64_t> totals = draft_.profile().graph.self.Totals();
  int64_t wrong = 0;
  for (size_t e = 0; e < totals.size(); ++e) {
    const double total = static_cast<double>(totals[e]);
    const double difference = static_cast<double>(summaries_[e]) - total;
    wrong += std::abs(difference) > 2 + std::abs(total) / 1000;
  }
  return wrong;
}

void CallgrindReader::NoteOddities() {
  Provenance& provenance = draft_.profile().provenance;
  provenance.Note("cost has a fraction: rounded",
                  "costs have fractions: rounded", lines_.fractions());
  provenance.Note("number has more than 63 bits: taken as the largest",
                  "numbers have more than 63 bits: taken as the largest",
                  lines_.clamped());
  provenance.Note("event is a formula of others: left out",
                  "events are formulas of others: left out",
                  is_own_ ? 0 : events_.formulas());
  provenance.Note("header line is of no known kind: skipped",
                  "header lines are of no known kind: skipped", unknown_lines_);
  provenance.Note(
      "cost stands outside of functions: kept as that of one without a name",
      "costs stand outside of functions: kept as those of one without a name",
      homeless_costs_);
  provenance.Note(
      "event has another total in the file's summary than its "
      "costs add up to: the costs count",
      "events have other totals in the file's summary than their "
      "costs add up to: the costs count",
      CountWrongSummaries());
}

// Header lines up to "events:", which KCachegrind looks for, too.
bool Sniff(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) {
    head.remove_prefix(kByteOrderMark.size());
  }
  constexpr std::string_view kMagic = "# callgrind format";
  if (head.starts_with(kMagic)) return true;
  bool knows_key = false;
  while (!head.empty()) {
    const size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const size_t colon = line.find(':');
    const std::string_view key = line.substr(0, colon);
    if (colon == line.npos || !std::ranges::all_of(key, &IsOfKey)) return false;
    if (key == "events") return colon + 1 < line.size();
    knows_key |= key == "creator" || key == "positions" || key == "part";
  }
  return knows_key;  // a long header
}

Profile Read(std::string_view bytes) { return CallgrindReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kCallgrindReader = {
    .name = "callgrind",
    .description = "callgrind.out of Valgrind, Xdebug, yappi, and our own",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
