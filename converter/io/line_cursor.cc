#include "converter/io/line_cursor.h"

#include <charconv>

#include "converter/io/utf8.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr size_t kMostQuoted = 40;

std::string Place(std::string_view before) {
  const auto lines = std::ranges::count(before, '\n');
  return "line " + std::to_string(1 + lines) + ": expected ";
}

template <class Number>
std::optional<Number> Parse(std::string_view text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<int64_t> ParseInt(std::string_view text) {
  return Parse<int64_t>(text);
}

std::optional<double> ParseDouble(std::string_view text) {
  return Parse<double>(text);
}

void LineCursor::Fail(const std::string& expected,
                      std::string_view found) const {
  const auto offset = static_cast<size_t>(found.data() - text_.data());
  const bool is_whole = found.size() <= kMostQuoted;
  throw Error(Place(text_.substr(0, offset)) + expected + ", found \"" +
                  Printable(found.substr(0, kMostQuoted)) +
                  (is_whole ? "\"" : "\"..."),
              offset);
}

void LineCursor::FailAtEnd(const std::string& expected) const {
  throw Error(Place(text_) + expected + ", found the end", text_.size());
}

}  // namespace prof2cg
