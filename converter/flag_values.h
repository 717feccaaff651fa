// What the arguments of flags stand for. All throw Error that names the flag.
#ifndef PROF2CG_CONVERTER_FLAG_VALUES_H_
#define PROF2CG_CONVERTER_FLAG_VALUES_H_

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "converter/options.h"
#include "converter/readers/reader.h"
#include "converter/writers/writer.h"
#include "graph/error.h"

namespace prof2cg {

const Reader* ReaderNamed(std::string_view name);
const Writer* WriterNamed(std::string_view name);

// A word of the command line and what it stands for.
template <class Value>
using Words = std::initializer_list<std::pair<const char*, Value>>;

template <class Value>
Value OneOf(const char* flag, std::string_view word, Words<Value> words) {
  std::string known;
  for (const auto& [w, value] : words) {
    if (word == w) return value;
    known += std::string(known.empty() ? "" : ", ") + w;
  }
  throw Error(std::string(flag) + " takes " + known + ", not " +
              std::string(word));
}

template <class Number>
Number ToNumber(const char* flag, std::string_view text, const char* what) {
  Number number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error(std::string(flag) + " takes " + what + ", not " +
                std::string(text));
  }
  return number;
}

// A number from 0 on.
double ToPositive(const char* flag, std::string_view text, const char* what);

uint32_t ToNumberWithin(const char* flag, std::string_view text, uint32_t least,
                        uint32_t most);

// A share, from percent.
double ToShare(const char* flag, std::string_view text);

// "a,b" as two words, none of them empty.
std::vector<std::string> SplitList(std::string_view list);

// What flags of several commands set.
void SetOutput(Options& options, std::string_view name);
void SetEvent(Options& options, std::string_view name);
// "s/FROM/TO/"
void AddPathRule(Options& options, std::string_view rule);
void SetColor(Options& options, std::string_view when);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_FLAG_VALUES_H_
