#include "converter/picture/time_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "converter/io/utf8.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr std::string_view kFlags = "-+ #0";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kWhole = "diu";
constexpr std::string_view kConversions = "diueEfFgG";
// Digits of a width or a precision.
constexpr size_t kMostDigits = 2;
// The largest time has 10 digits, in a field of 99 with a precision of 99.
constexpr size_t kMostCharacters = 512;

[[noreturn]] void Fail(std::string_view format) {
  throw Error("--time-format " + Printable(format) +
              ": expected one number, as in %.3f or %.7gs");
}

}  // namespace

TimeFormat::TimeFormat(std::string_view format) {
  size_t i = 0;
  const auto skip = [&](std::string_view characters) {
    const size_t begin = i;
    i = std::min(format.find_first_not_of(characters, i), format.size());
    return i - begin;
  };
  bool has_number = false;
  if (format.size() > kMostCharacters / 2) Fail(format);
  for (; i < format.size(); ++i) {
    if (format[i] != '%') {
      format_ += format[i];
      continue;
    }
    const size_t begin = i++;
    if (i < format.size() && format[i] == '%') {
      format_ += "%%";
      continue;
    }
    const size_t flags = skip(kFlags);
    const size_t width = skip(kDigits);
    size_t precision = 0;
    if (i < format.size() && format[i] == '.') {
      ++i;
      precision = skip(kDigits);
    }
    const bool is_known =
        i < format.size() && kConversions.find(format[i]) != kConversions.npos;
    if (!is_known || has_number || flags > kFlags.size() ||
        width > kMostDigits || precision > kMostDigits) {
      Fail(format);
    }
    has_number = true;
    is_whole_ = kWhole.find(format[i]) != kWhole.npos;
    format_ += format.substr(begin, i - begin);
    format_ += is_whole_ ? std::string("lld") : std::string(1, format[i]);
  }
  if (!has_number) Fail(format);
}

std::string TimeFormat::Print(double seconds) const {
  std::array<char, kMostCharacters> text;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (is_whole_) {
    std::snprintf(text.data(), text.size(), format_.c_str(),
                  static_cast<long long>(std::trunc(seconds)));
  } else {
    std::snprintf(text.data(), text.size(), format_.c_str(), seconds);
  }
#pragma GCC diagnostic pop
  return text.data();
}

}  // namespace prof2cg
