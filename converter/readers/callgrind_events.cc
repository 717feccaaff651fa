#include "converter/readers/callgrind_events.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>
#include <utility>

#include "converter/io/callgrind_notes.h"
#include "converter/readers/callgrind_lines.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// As many as KCachegrind has room for.
constexpr size_t kMostEvents = 200;

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsWordPart(char c) {
  return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Calls use(name) for each.
template <class Use>
void ForEachName(std::string_view names, Use use) {
  while (!(names = Trimmed(names)).empty()) {
    const auto* const end = std::find_if(names.begin(), names.end(), &IsBlank);
    use(names.substr(0, static_cast<size_t>(end - names.begin())));
    names.remove_prefix(static_cast<size_t>(end - names.begin()));
  }
}

struct UnitWord {
  std::string_view word;
  Unit unit;
  int64_t factor;
};

constexpr int64_t kMicrosecond = 1000;
constexpr int64_t kMillisecond = 1000 * kMicrosecond;
constexpr int64_t kSecond = 1000 * kMillisecond;

constexpr UnitWord kUnitWords[] = {
    {"ns", Unit::kNanoseconds, 1},
    {"nanoseconds", Unit::kNanoseconds, 1},
    {"us", Unit::kNanoseconds, kMicrosecond},
    {"\xc2\xb5s", Unit::kNanoseconds, kMicrosecond},  // micro sign
    {"\xce\xbcs", Unit::kNanoseconds, kMicrosecond},  // Greek mu
    {"microseconds", Unit::kNanoseconds, kMicrosecond},
    {"ms", Unit::kNanoseconds, kMillisecond},
    {"milliseconds", Unit::kNanoseconds, kMillisecond},
    {"seconds", Unit::kNanoseconds, kSecond},
    {"bytes", Unit::kBytes, 1},
};

// What the name of an event says of it.
struct Measure {
  std::string_view stem;  // without the unit
  Unit unit = Unit::kCount;
  int64_t factor = 1;
};

bool EqualsWord(std::string_view text, std::string_view word) {
  return std::ranges::equal(text, word, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
  });
}

// "Time_(10ns)", "cpu(ms)", "Microseconds".
Measure MeasureOf(std::string_view name) {
  const size_t open = name.find('(');
  const bool has_brackets = open != name.npos && name.back() == ')';
  std::string_view unit = name;
  std::string_view stem;
  if (has_brackets) {
    unit = name.substr(open + 1, name.size() - open - 2);
    stem = name.substr(0, open);
    while (!stem.empty() && stem.back() == '_') stem.remove_suffix(1);
  }
  int64_t times = 1;
  const char* const end = unit.data() + std::min<size_t>(unit.size(), 6);
  unit.remove_prefix(static_cast<size_t>(
      std::from_chars(unit.data(), end, times).ptr - unit.data()));
  for (const UnitWord& known : kUnitWords) {
    if (EqualsWord(unit, known.word) && times > 0) {
      return {stem, known.unit, times * known.factor};
    }
  }
  return {name};
}

// What KCachegrind calls the events of Valgrind's tools, in our words.
constexpr std::pair<std::string_view, std::string_view> kValgrindEvents[] = {
    {"Ir", "Instructions"},
    {"Dr", "Data reads"},
    {"Dw", "Data writes"},
    {"I1mr", "L1 instruction misses"},
    {"D1mr", "L1 data read misses"},
    {"D1mw", "L1 data write misses"},
    {"ILmr", "Last-level instruction misses"},
    {"DLmr", "Last-level data read misses"},
    {"DLmw", "Last-level data write misses"},
    {"I2mr", "L2 instruction misses"},
    {"D2mr", "L2 data read misses"},
    {"D2mw", "L2 data write misses"},
    {"Bc", "Conditional branches"},
    {"Bcm", "Mispredicted conditional branches"},
    {"Bi", "Indirect branches"},
    {"Bim", "Mispredicted indirect branches"},
    {"Ge", "Global bus events"},
    {"sysCount", "System calls"},
    {"sysTime", "Time in system calls"},
    {"sysCpuTime", "CPU time in system calls"},
};

std::string LongNameOf(std::string_view name, const Measure& measure) {
  for (const auto& [known, long_name] : kValgrindEvents) {
    if (known == name) return std::string(long_name);
  }
  std::string stem(measure.stem);
  std::ranges::replace(stem, '_', ' ');
  switch (measure.unit) {
    case Unit::kNanoseconds:
      return (stem.empty() ? "Time" : stem) + " [ns]";
    case Unit::kBytes:
      return stem.empty() ? "Bytes" : stem + " [bytes]";
    case Unit::kCount:
      break;
  }
  return std::string(name);
}

std::string Identifier(std::string_view name) {
  std::string identifier;
  for (const char c : name) {
    if (IsWordPart(c)) {
      identifier += c;
    } else if (!identifier.ends_with('_')) {
      identifier += '_';
    }
  }
  while (identifier.ends_with('_')) identifier.pop_back();
  if (identifier.empty()) return "event";
  return IsDigit(identifier.front()) ? '_' + identifier : identifier;
}

Event MakeEvent(std::string_view name, const Measure& measure,
                std::string_view long_name) {
  Event event;
  event.unit = measure.unit;
  const bool is_scaled = measure.factor != 1;
  const std::string_view stem = !measure.stem.empty() ? measure.stem
                                : is_scaled           ? "ns"
                                                      : name;
  event.name = Identifier(stem);
  event.long_name = long_name.empty() || is_scaled ? LongNameOf(name, measure)
                                                   : std::string(long_name);
  return event;
}

bool IsOfYappi(std::string_view bytes) {
  constexpr size_t kHeadBytes = 4096;
  constexpr std::string_view kCreator = "creator: yappi";
  return bytes.substr(0, kHeadBytes).find(kCreator) != bytes.npos;
}

}  // namespace

CallgrindEvents::CallgrindEvents(std::string_view bytes, bool is_own) {
  FindLines(bytes);
  MakeEvents(is_own, IsOfYappi(bytes));
}

// Looks at each line that begins with "event".
void CallgrindEvents::FindLines(std::string_view bytes) {
  constexpr std::string_view kLine = "\nevent";
  if (bytes.empty()) return;
  size_t begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (;;) {
    const std::string_view line =
        bytes.substr(begin, bytes.find('\n', begin) - begin);
    constexpr std::string_view kEvents = "events:";
    constexpr std::string_view kEvent = "event:";
    if (line.starts_with(kEvents)) {
      ReadNames(line.substr(kEvents.size()), begin);
    } else if (line.starts_with(kEvent)) {
      ReadLongName(line.substr(kEvent.size()));
    }
    const void* const next = memmem(bytes.data() + begin, bytes.size() - begin,
                                    kLine.data(), kLine.size());
    if (next == nullptr) return;
    begin =
        static_cast<size_t>(static_cast<const char*>(next) - bytes.data()) + 1;
  }
}

// "NAME : Long name" or "NAME = FORMULA : Long name".
void CallgrindEvents::ReadLongName(std::string_view text) {
  text = Trimmed(text);
  const size_t mark = text.find_first_of(":=");
  if (mark == text.npos) return;
  if (text[mark] == '=') {
    ++formulas_;
    return;
  }
  long_names_.try_emplace(Trimmed(text.substr(0, mark)),
                          Trimmed(text.substr(mark + 1)));
}

void CallgrindEvents::ReadNames(std::string_view names, size_t offset) {
  ForEachName(names, [&](std::string_view name) {
    const auto row = static_cast<uint32_t>(names_.size());
    if (rows_.try_emplace(name, row).second) names_.push_back(name);
    if (names_.size() > kMostEvents) {
      throw Error("more than " + std::to_string(kMostEvents) + " events",
                  offset);
    }
  });
}

void CallgrindEvents::MakeEvents(bool is_own, bool is_of_yappi) {
  std::vector<Event> events;
  std::set<std::string> unique;
  for (const std::string_view name : names_) {
    const auto long_name = long_names_.find(name);
    const std::string_view text =
        long_name == long_names_.end() ? "" : long_name->second;
    if (is_own) {
      factors_.push_back(1);
      events.push_back(
          {std::string(name), std::string(text), callgrind::UnitByName(name)});
      continue;
    }
    // yappi counts microseconds.
    const Measure measure =
        MeasureOf(is_of_yappi && name == "Ticks" ? "microseconds" : name);
    factors_.push_back(measure.factor);
    Event event = MakeEvent(name, measure, text);
    const std::string base = event.name;
    for (int n = 2; !unique.insert(event.name).second; ++n) {
      event.name = base + '_' + std::to_string(n);
    }
    events.push_back(std::move(event));
  }
  events_ = EventSet(std::move(events));
}

std::vector<CallgrindEvents::Column> CallgrindEvents::Columns(
    std::string_view names) const {
  std::vector<Column> columns;
  ForEachName(names, [&](std::string_view name) {
    const uint32_t row = rows_.at(name);
    columns.push_back({row, factors_[row]});
  });
  return columns;
}

}  // namespace prof2cg
