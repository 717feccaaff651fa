#include "converter/readers/recording_parts.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "converter/io/model_words.h"
#include "converter/readers/marshal.h"
#include "converter/readers/marshal_value.h"

namespace prof2cg {
namespace {

using marshal::Value;

// Of all tables together: no two of them mean different things by one.
constexpr std::string_view kTables[] = {"texts", "functions", "calls",
                                        "contexts", "sizes"};
constexpr std::string_view kCosts[] = {"self", "inclusive"};
constexpr std::string_view kColumns[] = {
    "size",     "bytes",     "name",   "file",    "object",    "line",
    "total",    "primitive", "caller", "callee",  "estimated", "parent",
    "function", "calls",     "thread", "context", "least",     "blocks"};

// Our writer shares no objects. A file that does might blow up: a long text
// that is referred to everywhere.
class PartsReader {
 public:
  PartsReader(std::string_view bytes, uint64_t begin)
      : cursor_(bytes, begin), end_(bytes.size()) {
    parts_.offset = begin;
  }

  RecordingParts Read();

 private:
  void ReadVersion();
  void ReadValue(std::string_view key);
  void ReadFacts();
  void ReadThreads();
  void ReadEvents();
  void CheckEvents() const;
  void ReadOrigins(std::string_view letters);
  void ReadOddities();
  RecordedTable ReadTable();
  std::vector<RecordedColumn> ReadCosts();
  RecordedColumn ReadColumn();

  Value Next() {
    const Value value = cursor_.Next();
    if (value.is_reference) cursor_.Fail("a reference in a recording");
    return value;
  }
  Value Take(marshal::Kind kind, const char* expected) {
    const Value value = Next();
    if (value.kind != kind) cursor_.Fail(expected);
    return value;
  }
  // A key of the dict that was entered; false at its end.
  bool TakeKey(std::string_view& key) {
    const Value value = Next();
    if (value.kind == marshal::Kind::kNull) return false;
    if (value.kind != marshal::Kind::kString) cursor_.Fail("expected a key");
    key = cursor_.Bytes(value);
    return true;
  }
  std::string_view TakeText() {
    return cursor_.Bytes(Take(marshal::Kind::kString, "expected a text"));
  }
  int64_t TakeInt() {
    return Take(marshal::Kind::kInt, "expected a number").integer;
  }
  bool TakeBool() {
    return Take(marshal::Kind::kBool, "expected True or False").integer != 0;
  }
  void TakeTuple(uint64_t items) {
    if (Take(marshal::Kind::kTuple, "expected a tuple").size != items) {
      cursor_.Fail("expected a tuple of " + std::to_string(items));
    }
  }
  void SkipValue() {
    const Value value = Next();
    if (value.kind == marshal::Kind::kNull)
      cursor_.Fail("dict that ends after a key");
    cursor_.Skip(value);
  }
  // The place of a text among `words`.
  template <class Words>
  size_t TakeWord(const Words& words) {
    const auto* const word = std::ranges::find(words, TakeText());
    if (word == std::end(words)) cursor_.Fail("unknown word");
    return static_cast<size_t>(word - std::begin(words));
  }

  marshal::MarshalCursor cursor_;
  const uint64_t end_;
  RecordingParts parts_;
  std::string_view origins_;
};

RecordingParts PartsReader::Read() {
  Take(marshal::Kind::kDict, "expected a dict");
  ReadVersion();
  for (std::string_view key; TakeKey(key);) ReadValue(key);
  if (cursor_.position() != end_) cursor_.Fail("ends before its trailer");
  CheckEvents();
  ReadOrigins(origins_);
  return std::move(parts_);
}

void PartsReader::ReadVersion() {
  std::string_view key;
  if (!TakeKey(key) || key != recording::kVersionKey) {
    cursor_.Fail("expected its version");
  }
  const int64_t version = TakeInt();
  if (version > recording::kVersion) {
    cursor_.Fail("of format " + std::to_string(version) +
                 ", which is newer than this prof2cg: it knows " +
                 std::to_string(recording::kVersion));
  }
}

void PartsReader::ReadValue(std::string_view key) {
  if (key == "naming") {
    parts_.naming = static_cast<Naming>(TakeWord(words::kNamings));
  } else if (key == "shares") {
    parts_.share_by = static_cast<ShareBy>(TakeWord(words::kShareBys));
  } else if (key == "traced") {
    parts_.is_traced = TakeBool();
  } else if (key == "command") {
    parts_.command = TakeText();
  } else if (key == "facts") {
    ReadFacts();
  } else if (key == "threads") {
    ReadThreads();
  } else if (key == "events") {
    ReadEvents();
  } else if (key == "origins") {
    origins_ = TakeText();
  } else if (key == "lost") {
    parts_.provenance.lost = TakeInt();
  } else if (key == "oddities") {
    ReadOddities();
  } else if (key == "complete") {
    parts_.provenance.is_complete = TakeBool();
  } else if (key == "folded") {
    parts_.is_folded = TakeBool();
  } else if (std::ranges::count(kTables, key) != 0) {
    parts_.tables[key] = ReadTable();
  } else {
    SkipValue();
  }
}

void PartsReader::ReadFacts() {
  const uint64_t facts = Take(marshal::Kind::kTuple, "expected facts").size;
  for (uint64_t i = 0; i < facts; ++i) {
    TakeTuple(2);
    Fact& fact = parts_.facts.emplace_back();
    fact.name = TakeText();
    fact.value = TakeText();
  }
}

void PartsReader::ReadThreads() {
  const uint64_t threads = Take(marshal::Kind::kTuple, "expected threads").size;
  for (uint64_t i = 0; i < threads; ++i) parts_.threads.push_back(TakeText());
}

void PartsReader::ReadEvents() {
  const uint64_t events = Take(marshal::Kind::kTuple, "expected events").size;
  for (uint64_t i = 0; i < events; ++i) {
    TakeTuple(4);
    Event& event = parts_.events.emplace_back();
    event.name = TakeText();
    event.long_name = TakeText();
    event.unit = static_cast<Unit>(TakeWord(words::kUnits));
    event.kind = static_cast<Kind>(TakeWord(words::kKinds));
  }
}

// They become columns of tables, and names in line-based formats.
void PartsReader::CheckEvents() const {
  constexpr size_t kMostEvents = 1000;
  const std::vector<Event>& events = parts_.events;
  if (events.empty()) cursor_.Fail("no event");
  if (events.size() > kMostEvents) cursor_.Fail("too many events");
  std::set<std::string_view> names;
  for (const Event& event : events) {
    const bool is_name =
        !event.name.empty() && std::ranges::none_of(event.name, [](char c) {
          return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
        });
    if (!is_name) cursor_.Fail("an event's name is no word");
    if (!names.insert(event.name).second) cursor_.Fail("an event comes twice");
  }
}

void PartsReader::ReadOrigins(std::string_view letters) {
  constexpr size_t kLettersOfEvent = 4;
  Provenance& provenance = parts_.provenance;
  provenance.events.resize(parts_.events.size());
  if (letters.size() != 2 + kLettersOfEvent * provenance.events.size() ||
      letters.find_first_not_of(words::kOrigins) != letters.npos) {
    cursor_.Fail("its origins are not those of its events");
  }
  const auto take = [&] {
    const size_t origin = words::kOrigins.find(letters.front());
    letters.remove_prefix(1);
    return static_cast<Origin>(origin);
  };
  provenance.counts = take();
  provenance.call_counts = take();
  for (Provenance::Columns& columns : provenance.events) {
    columns.self = take();
    columns.inclusive = take();
    columns.call_inclusive = take();
    columns.call_self = take();
  }
}

// A line each for people; merging compares each with each.
void PartsReader::ReadOddities() {
  constexpr uint64_t kMostOddities = 10'000;
  const uint64_t oddities =
      Take(marshal::Kind::kTuple, "expected oddities").size;
  if (oddities > kMostOddities) cursor_.Fail("too many oddities");
  for (uint64_t i = 0; i < oddities; ++i) {
    TakeTuple(3);
    Oddity& oddity = parts_.provenance.oddities.emplace_back();
    oddity.one = TakeText();
    oddity.many = TakeText();
    oddity.count = TakeInt();
  }
}

RecordedTable PartsReader::ReadTable() {
  RecordedTable table;
  table.offset = cursor_.position();
  Take(marshal::Kind::kDict, "expected a table");
  for (std::string_view key; TakeKey(key);) {
    if (key == "rows") {
      const int64_t rows = TakeInt();
      if (rows < 0 || rows >= UINT32_MAX) cursor_.Fail("no number of rows");
      table.rows = static_cast<size_t>(rows);
    } else if (std::ranges::count(kCosts, key) != 0) {
      table.columns[key] = ReadCosts();
    } else if (std::ranges::count(kColumns, key) != 0) {
      table.columns[key] = {ReadColumn()};
    } else {
      SkipValue();
    }
  }
  return table;
}

std::vector<RecordedColumn> PartsReader::ReadCosts() {
  const uint64_t events = Take(marshal::Kind::kTuple, "expected costs").size;
  std::vector<RecordedColumn> columns;
  for (uint64_t e = 0; e < events; ++e) columns.push_back(ReadColumn());
  return columns;
}

RecordedColumn PartsReader::ReadColumn() {
  TakeTuple(2);
  const std::string_view type = TakeText();
  const auto* const known =
      std::ranges::find(recording::kTypes, type, &recording::ColumnType::name);
  if (known == std::end(recording::kTypes)) cursor_.Fail("unknown type");
  const Value bytes = Take(marshal::Kind::kString, "expected bytes");
  return {*known, cursor_.Bytes(bytes), cursor_.position() - bytes.size};
}

}  // namespace

RecordingParts TakeApart(std::string_view bytes, uint64_t begin) {
  return PartsReader(bytes, begin).Read();
}

}  // namespace prof2cg
