// What Python reads in the dumps of testdata/pstats; see make_expected.py
// there.
#ifndef PROF2CG_CONVERTER_READERS_EXPECTED_FIGURES_H_
#define PROF2CG_CONVERTER_READERS_EXPECTED_FIGURES_H_

#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace prof2cg {

using Json = nlohmann::json;

// The figures of the dump at `path`. They hold the surrogate for the byte E9 as
// \udce9, which JSON parsers refuse: `e9`, as JSON has it, stands in its place.
inline Json ReadExpectedFigures(const std::filesystem::path& path,
                                std::string_view e9) {
  const std::filesystem::path expected =
      path.parent_path() / "expected" / (path.stem().string() + ".json.gz");
  gzFile file = gzopen(expected.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("no " + expected.string());
  std::string text;
  char buffer[1 << 16];
  for (int size; (size = gzread(file, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(size));
  }
  gzclose(file);
  const std::string_view surrogate = "\\udce9";
  for (size_t i; (i = text.find(surrogate)) != text.npos;) {
    text.replace(i, surrogate.size(), e9);
  }
  return Json::parse(text);
}

// Of seconds as they stand there.
inline int64_t ExpectedNanoseconds(const Json& seconds) {
  return std::llround(std::strtod(std::string(seconds).c_str(), nullptr) * 1e9);
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_EXPECTED_FIGURES_H_
