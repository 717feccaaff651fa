#include "converter/io/callgrind_notes.h"

#include <charconv>
#include <cstdint>

namespace prof2cg::callgrind {

Unit UnitByName(std::string_view event) {
  if (event == "ns") return Unit::kNanoseconds;
  return event == "bytes" ? Unit::kBytes : Unit::kCount;
}

namespace {

// What is below `first` is quoted.
std::string QuoteFrom(char first, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte >= static_cast<uint8_t>(first) && byte <= '~' && c != '%') {
      text += c;
    } else {
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return text;
}

}  // namespace

std::string Quote(std::string_view bytes) { return QuoteFrom(' ', bytes); }
std::string QuoteWord(std::string_view bytes) { return QuoteFrom('!', bytes); }

bool IsFactText(std::string_view description) {
  return description != kNoCallSites && description != kNoCallCounts &&
         description != kMarks && !description.starts_with(kFidelity) &&
         !description.starts_with(kTrigger);
}

std::string Unquote(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    uint8_t byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      bytes += static_cast<char>(byte);
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

}  // namespace prof2cg::callgrind
