#include "converter/readers/python_samplers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "converter/io/line_cursor.h"

namespace prof2cg {
namespace {

size_t FrameEnd(std::string_view stack, size_t begin) {
  return std::min(stack.find(';', begin), stack.size());
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// "P12"
bool IsAustinsProcess(std::string_view frame) {
  return frame.starts_with('P') && IsNumber(frame.substr(1));
}
// "T14", or "T0:14" of an interpreter's; threads have hexadecimal numbers, too.
bool IsAustinsThread(std::string_view frame) {
  return frame.size() > 1 && frame[0] == 'T' &&
         frame.find_first_not_of("0123456789abcdefx:", 1) == frame.npos;
}
bool IsTachyonsThread(std::string_view frame) {
  return frame.starts_with("tid:") && IsNumber(frame.substr(4));
}
// "process 12:"python3 app.py""
bool IsPySpysProcess(std::string_view frame) {
  constexpr std::string_view kProcess = "process ";
  if (!frame.starts_with(kProcess)) return false;
  frame.remove_prefix(kProcess.size());
  const size_t colon = frame.find(':');
  return colon != frame.npos && IsNumber(frame.substr(0, colon));
}
bool IsPySpysThread(std::string_view frame) {
  return frame.starts_with("thread (");
}

bool ParseInto(std::string_view text, int64_t& number) {
  const std::optional<int64_t> parsed = ParseInt(text);
  if (parsed) number = *parsed;
  return parsed.has_value();
}

// Microseconds as nanoseconds.
bool TimeInto(std::string_view text, int64_t& ns) {
  return ParseInto(text, ns) && !__builtin_mul_overflow(ns, 1000, &ns);
}

}  // namespace

StackOrigin FindOrigin(std::string_view stack) {
  if (stack.empty() || (stack[0] != 'P' && stack[0] != 'p' && stack[0] != 't'))
    return {};
  const size_t end = FrameEnd(stack, 0);
  const std::string_view first = stack.substr(0, end);
  if (IsTachyonsThread(first)) return {.text = first, .has_places_first = true};
  if (IsPySpysThread(first)) return {.text = first, .is_of_frames = true};
  const size_t second = std::min(end + 1, stack.size());
  const size_t second_end = FrameEnd(stack, second);
  const std::string_view next = stack.substr(second, second_end - second);
  if (IsAustinsProcess(first) && IsAustinsThread(next)) {
    return {.text = stack.substr(0, second_end), .has_places_first = true};
  }
  if (IsPySpysProcess(first)) {
    return {.text = stack.substr(0, IsPySpysThread(next) ? second_end : end),
            .is_of_frames = true};
  }
  return {};
}

std::string ThreadName(std::string_view origin) {
  const size_t semicolon = origin.find(';');
  const std::string_view first = origin.substr(0, semicolon);
  if (IsTachyonsThread(first)) return "thread " + std::string(first.substr(4));
  if (semicolon == origin.npos) return std::string(first);
  const std::string_view second = origin.substr(semicolon + 1);
  if (!IsAustinsProcess(first)) {
    return std::string(first) + ", " + std::string(second);
  }
  // The interpreter's number tells nothing.
  const size_t colon = second.find(':');
  return "process " + std::string(first.substr(1)) + ", thread " +
         std::string(second.substr(colon == second.npos ? 1 : colon + 1));
}

FramePlace PlaceBehind(std::string_view frame) {
  const size_t blank = frame.find(' ');
  const size_t colon = frame.rfind(':');
  const bool has_place = blank != 0 && blank < colon && colon != frame.npos &&
                         frame[blank + 1] == '(' && frame.ends_with(')');
  if (!has_place) return {frame, "", 0};
  const auto line = ParseInt(frame.substr(colon + 1, frame.size() - colon - 2));
  if (!line || *line < 0) return {frame, "", 0};
  return {frame.substr(0, blank), frame.substr(blank + 2, colon - blank - 2),
          *line};
}

FramePlace PlaceBefore(std::string_view frame) {
  const size_t last = frame.rfind(':');
  if (last == frame.npos || last == 0) return {frame, "", 0};
  const size_t first = frame.rfind(':', last - 1);
  const auto line = ParseInt(frame.substr(last + 1));
  if (first == frame.npos || !line || *line < 0) return {frame, "", 0};
  return {frame.substr(first + 1, last - first - 1), frame.substr(0, first),
          *line};
}

StackMetrics StackMetrics::Find(std::string_view bytes) {
  constexpr std::pair<std::string_view, Mode> kModes[] = {
      {"# mode: wall", Mode::kWall},
      {"# mode: cpu", Mode::kCpu},
      {"# mode: memory", Mode::kMemory},
      {"# mode: full", Mode::kFull},
  };
  StackMetrics metrics;
  LineCursor lines(bytes);
  if (!lines.Next() || !lines.line().starts_with("# austin: ")) return metrics;
  while (lines.Next() && lines.line().starts_with("# ")) {
    for (const auto& [line, mode] : kModes) {
      if (TrimEnd(lines.line()) == line) metrics.mode_ = mode;
    }
  }
  return metrics;
}

EventSet StackMetrics::Events() const {
  const Event wall{"ns", "Time [ns]", Unit::kNanoseconds};
  const Event cpu{"cpu_ns", "CPU time [ns]", Unit::kNanoseconds};
  const Event memory{"rss_bytes", "Resident memory gained [bytes]",
                     Unit::kBytes};
  switch (mode_) {
    case Mode::kSamples:
      return EventSet({{"samples", "Samples", Unit::kCount}});
    case Mode::kWall:
      return EventSet({wall});
    case Mode::kCpu:
      return EventSet({cpu});
    case Mode::kMemory:
      return EventSet({memory});
    case Mode::kFull:
      return EventSet({wall, cpu, memory});
  }
  return {};
}

// "TIME", "BYTES" or "TIME,IS_IDLE,BYTES".
bool StackMetrics::Read(std::string_view text, std::span<int64_t> costs) const {
  if (mode_ == Mode::kMemory) return ParseInto(text, costs[0]);
  if (mode_ != Mode::kFull) return TimeInto(text, costs[0]);
  const size_t end = text.find(',');
  if (end == text.npos || !TimeInto(text.substr(0, end), costs[0]))
    return false;
  text.remove_prefix(end);
  const bool is_idle = text.starts_with(",1,");
  if (!is_idle && !text.starts_with(",0,")) return false;
  costs[1] = is_idle ? 0 : costs[0];
  return ParseInto(text.substr(3), costs[2]);
}

}  // namespace prof2cg
