#include "graph/passes/name_separated.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/hash/hash.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

class Namer {
 public:
  Namer(Separation& separation, StringTable& strings)
      : separation_(separation), strings_(strings) {}

  // Names that are alike tell more, until none is or they tell all they can.
  FunctionTable Run() && {
    std::vector<SeparatedFunction>& functions = separation_.functions;
    named_.reserve(functions.size());
    for (size_t row = 0; row < functions.size(); ++row) {
      named_.push_back(Named(row));
    }
    for (std::vector<bool> alike = FindAlike(); !alike.empty();
         alike = FindAlike()) {
      for (size_t row = 0; row < alike.size(); ++row) {
        CallerDetail& detail = functions[row].detail;
        if (!alike[row] || detail == CallerDetail::kRow) continue;
        detail = static_cast<CallerDetail>(static_cast<int>(detail) + 1);
        named_[row] = Named(row);
      }
    }
    return std::move(named_);
  }

 private:
  Function Named(size_t row) {
    Function f = separation_.bases[separation_.functions[row].base.row()];
    std::string name(strings_[f.name]);
    name +=
        ContextText(separation_, strings_, FunctionId(row), std::identity());
    f.name = strings_.Intern(name);
    return f;
  }
  // A bit per row; empty if no two are equal.
  std::vector<bool> FindAlike() const;

  Separation& separation_;
  StringTable& strings_;
  FunctionTable named_;
};

std::vector<bool> Namer::FindAlike() const {
  std::vector<bool> alike;
  RowIndex index;
  for (uint32_t row = 0; row < named_.size(); ++row) {
    const uint32_t first = index.FindOrAdd(
        absl::HashOf(named_[row]), row,
        [&](uint32_t other) { return named_[other] == named_[row]; });
    if (first == row) continue;
    alike.resize(named_.size());
    alike[first] = alike[row] = true;
  }
  return alike;
}

}  // namespace

void AppendCallerDetail(const Function& caller, CallerDetail detail,
                        const StringTable& strings, std::string& context) {
  if (detail >= CallerDetail::kLine) {
    context += ":" + std::to_string(caller.line);
  }
  if (detail < CallerDetail::kFile) return;
  context += " (";
  context += strings[caller.file];
  context += ')';
}

FunctionTable NameSeparated(Separation& separation, StringTable& strings) {
  return Namer(separation, strings).Run();
}

}  // namespace prof2cg
