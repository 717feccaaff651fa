#include "converter/filter.h"

#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "converter/names/choose.h"
#include "graph/error.h"
#include "graph/passes/focus.h"
#include "graph/passes/hide.h"

namespace prof2cg {
namespace {

// Functions by value: their rows change from filter to filter, the texts that
// they refer to do not.
using Chosen = absl::flat_hash_set<Function>;

Chosen Choose(const Profile& profile,
              const std::vector<std::string>& patterns) {
  Chosen chosen;
  for (const std::string& pattern : patterns) {
    for (const FunctionId f : ChooseFunctions(profile, pattern)) {
      chosen.insert(profile.functions[f.row()]);
    }
  }
  return chosen;
}

std::vector<bool> RowsOf(const Profile& profile, const Chosen& chosen) {
  std::vector<bool> rows(profile.functions.size());
  for (size_t row = 0; row < rows.size(); ++row) {
    rows[row] = chosen.contains(profile.functions[row]);
  }
  return rows;
}

}  // namespace

void Filter(Profile& profile, const FilterOptions& options) {
  // All patterns mean functions of the whole profile.
  const Chosen focus = Choose(profile, options.focus);
  const Chosen ignore = Choose(profile, options.ignore);
  const Chosen hide = Choose(profile, options.hide);
  const Chosen show = Choose(profile, options.show);
  if (!focus.empty()) Focus(profile, RowsOf(profile, focus));
  if (!ignore.empty()) Ignore(profile, RowsOf(profile, ignore));
  std::vector<bool> hidden = RowsOf(profile, hide);
  if (!show.empty()) {
    const std::vector<bool> shown = RowsOf(profile, show);
    for (size_t row = 0; row < hidden.size(); ++row) {
      if (!shown[row]) hidden[row] = true;
    }
  }
  if (!hide.empty() || !show.empty()) Hide(profile, hidden);
  if (profile.functions.empty()) {
    throw Error("--focus, --ignore, --hide and --show leave no function");
  }
}

}  // namespace prof2cg
