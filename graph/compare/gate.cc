#include "graph/compare/gate.h"

#include <charconv>
#include <cmath>

#include "graph/compare/known_units.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

[[noreturn]] void Refuse(std::string_view text, const std::string& why) {
  throw Error("threshold " + std::string(text) + ": " + why +
              "; expected EVENT:5% or EVENT:+100, with units ns:+2ms or "
              "alloc_bytes:+4KiB");
}

// A number that `rest` begins with, which is cut off.
double TakeNumber(std::string_view text, std::string_view& rest) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), number);
  const bool is_one = error == std::errc() && std::isfinite(number);
  if (!is_one || number < 0) Refuse(text, "no number from 0 on");
  rest.remove_prefix(static_cast<size_t>(end - rest.data()));
  return number;
}

EventThreshold ParseAbsolute(std::string_view text, std::string_view rest) {
  double number = TakeNumber(text, rest);
  EventThreshold threshold;
  if (!rest.empty()) {
    const KnownUnit* known = FindUnit(rest);
    if (known == nullptr) {
      Refuse(text, "unknown unit '" + std::string(rest) + "'");
    }
    number *= known->size;
    threshold.unit = known->unit;
  }
  if (number >= 0x1p63) Refuse(text, "too large");
  threshold.absolute = std::llround(number);
  return threshold;
}

EventThreshold Parse(std::string_view text, std::string_view rest) {
  if (rest.starts_with('+')) return ParseAbsolute(text, rest.substr(1));
  const double percent = TakeNumber(text, rest);
  if (rest != "%") Refuse(text, "neither % behind the number nor + before it");
  return {percent / 100, std::nullopt, std::nullopt};
}

}  // namespace

Threshold Gate::Of(std::string_view event) const {
  const auto own = thresholds.find(event);
  if (own == thresholds.end()) return usual;
  return {own->second.relative.value_or(usual.relative),
          own->second.absolute.value_or(usual.absolute)};
}

void SetThreshold(std::string_view text, Gate& gate) {
  // Events may have a colon themselves: "cycles:u".
  const size_t colon = text.rfind(':');
  const bool is_for_all = colon == text.npos;
  const EventThreshold parsed =
      Parse(text, is_for_all ? text : text.substr(colon + 1));
  if (is_for_all) {
    if (parsed.unit) Refuse(text, "a unit without its event");
    gate.usual.relative = parsed.relative.value_or(gate.usual.relative);
    gate.usual.absolute = parsed.absolute.value_or(gate.usual.absolute);
    return;
  }
  if (colon == 0) Refuse(text, "no event before the colon");
  EventThreshold& own = gate.thresholds[std::string(text.substr(0, colon))];
  if (parsed.relative) {
    own.relative = parsed.relative;
  } else {
    own.absolute = parsed.absolute;
    own.unit = parsed.unit;
  }
}

}  // namespace prof2cg
