#include "converter/readers/perf_header.h"

#include <algorithm>

#include "converter/io/line_cursor.h"

namespace prof2cg {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool IsOf(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == text.npos;
}

// "6485" or "6485/6486"; -1 is nobody.
bool IsProcess(std::string_view word) {
  if (word == "-1") return true;
  const size_t slash = word.find('/');
  if (slash == word.npos) return IsOf(word, kDigits);
  return IsOf(word.substr(0, slash), kDigits) &&
         IsOf(word.substr(slash + 1), kDigits);
}
// "79231.571069:"
bool IsTime(std::string_view word) {
  const size_t dot = word.find('.');
  return dot != word.npos && word.ends_with(':') &&
         IsOf(word.substr(0, dot), kDigits) &&
         IsOf(word.substr(dot + 1, word.size() - dot - 2), kDigits);
}

// Words of a line, one by one, as the line has them.
class Words {
 public:
  explicit Words(std::string_view line) : line_(line) {}

  // "" at the end.
  std::string_view Next() {
    begin_ = std::min(line_.find_first_not_of(kBlanks, end_), line_.size());
    end_ = std::min(line_.find_first_of(kBlanks, begin_), line_.size());
    return line_.substr(begin_, end_ - begin_);
  }
  // Up to the last word, or behind it.
  std::string_view Before() const { return TrimEnd(line_.substr(0, begin_)); }
  std::string_view UpTo() const { return line_.substr(0, end_); }
  std::string_view Behind() const { return Trim(line_.substr(end_)); }

 private:
  std::string_view line_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

// "cycles:ppp" as "cycles", but "sched:sched_switch" whole.
std::string_view CutModifiers(std::string_view event) {
  const size_t colon = event.rfind(':');
  if (colon == event.npos || colon == 0) return event;
  const bool are_modifiers = IsOf(event.substr(colon + 1), "ukhIGHpPSDWeb");
  return are_modifiers ? event.substr(0, colon) : event;
}

// What stands before the time, or before the event where there is none: the
// command, its number, and things of the processor.
std::string_view ThreadIn(std::string_view text) {
  std::string_view thread = text;
  Words words(text);
  for (std::string_view word = words.Next(); !word.empty();
       word = words.Next()) {
    if (IsProcess(word)) thread = words.UpTo();
  }
  return Trim(thread);
}

}  // namespace

bool IsPerfFrame(std::string_view text) {
  const size_t blank = text.find_first_of(kBlanks);
  return blank != text.npos && text.ends_with(')') &&
         IsOf(text.substr(0, blank), "0123456789abcdef");
}

PerfHeader ParsePerfHeader(std::string_view line) {
  PerfHeader header;
  Words words(line);
  bool has_time = false;
  std::string_view word = words.Next();
  std::string_view before;  // the word before
  for (; !word.empty(); before = word, word = words.Next()) {
    if (!has_time && IsTime(word)) {
      has_time = true;
      header.thread = ThreadIn(words.Before());
    } else if (word.ends_with(':') && word.size() > 1) {
      break;
    }
  }
  if (word.empty()) {  // no event is told
    if (!has_time) header.thread = ThreadIn(line);
    return header;
  }
  header.event = CutModifiers(word.substr(0, word.size() - 1));
  const std::string_view front = words.Before();
  if (!has_time) header.thread = ThreadIn(front);
  // Without a time the thread's number may stand there.
  const bool has_period =
      IsOf(before, kDigits) &&
      (has_time ||
       before.data() >= header.thread.data() + header.thread.size());
  if (has_period) header.period = ParseInt(before);
  if (IsPerfFrame(words.Behind())) header.frame = words.Behind();
  return header;
}

}  // namespace prof2cg
