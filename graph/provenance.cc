#include "graph/provenance.h"

#include <cstdio>

#include "graph/cost_table.h"

namespace prof2cg {

std::string Oddity::Text() const {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void Provenance::Note(const std::string& one, const std::string& many,
                      int64_t count) {
  if (count == 0) return;
  for (Oddity& oddity : oddities) {
    if (oddity.one == one) {
      oddity.count = SaturatingAdd(oddity.count, count);
      return;
    }
  }
  oddities.push_back({one, many, count});
}

std::string Fidelity::Text() const {
  const auto figures = static_cast<double>(measured) +
                       static_cast<double>(derived) +
                       static_cast<double>(estimated);
  const auto share = [&](const char* name, int64_t count) {
    if (count == 0) return std::string();
    char text[64];
    std::snprintf(text, sizeof text, "%s %.4g %%, ", name,
                  100 * static_cast<double>(count) / figures);
    return std::string(text);
  };
  return share("measured", measured) + share("derived", derived) +
         share("estimated", estimated) + "lost " + std::to_string(lost);
}

}  // namespace prof2cg
