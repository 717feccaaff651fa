#include "converter/flag_values.h"

#include <algorithm>
#include <cmath>

#include "graph/compare/normalize_names.h"

namespace prof2cg {

const Reader* ReaderNamed(std::string_view name) {
  const Reader* reader = FindReader(name);
  if (reader != nullptr) return reader;
  std::string known;
  for (const Reader* r : Readers()) known += " " + std::string(r->name);
  throw Error("-f " + std::string(name) +
              ": not an input format that I know; there are:" + known);
}

const Writer* WriterNamed(std::string_view name) {
  const Writer* writer = FindWriter(name);
  if (writer != nullptr) return writer;
  std::string known;
  for (const Writer* w : Writers()) known += " " + std::string(w->name);
  throw Error("-t " + std::string(name) +
              ": not an output format that I know; there are:" + known);
}

double ToPositive(const char* flag, std::string_view text, const char* what) {
  const double number = ToNumber<double>(flag, text, what);
  if (number >= 0 && std::isfinite(number)) return number;
  throw Error(std::string(flag) + " takes " + what + ", not " +
              std::string(text));
}

uint32_t ToNumberWithin(const char* flag, std::string_view text, uint32_t least,
                        uint32_t most) {
  const std::string range =
      "a number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto number = ToNumber<uint64_t>(flag, text, range.c_str());
  if (least <= number && number <= most) return static_cast<uint32_t>(number);
  throw Error(std::string(flag) + " takes " + range + ", not " +
              std::string(text));
}

double ToShare(const char* flag, std::string_view text) {
  return ToPositive(flag, text, "a percentage") / 100;
}

std::vector<std::string> SplitList(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    if (end != 0) words.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

void SetOutput(Options& options, std::string_view name) {
  if (name.empty()) throw Error("-o '': a file has a name");
  options.output = name;
}

void SetEvent(Options& options, std::string_view name) {
  if (!options.event.empty() && options.event != name) {
    throw Error("--event, --leaks and --peak show one event: " + options.event +
                " or " + std::string(name));
  }
  options.event = name;
}

void AddPathRule(Options& options, std::string_view rule) {
  options.path_rules.push_back(ParsePathRule(rule));
}

void SetColor(Options& options, std::string_view when) {
  options.color = OneOf<const char*>(
      "--color", when,
      {{"auto", "auto"}, {"always", "always"}, {"never", "never"}});
}

}  // namespace prof2cg
