#include "graph/passes/name_separated.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
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
    NameAll();
    for (std::vector<bool> alike = FindAlike(); !alike.empty();
         alike = FindAlike()) {
      for (size_t row = 0; row < alike.size(); ++row) {
        CallerDetail& detail = functions[row].detail;
        if (!alike[row] || detail == CallerDetail::kRow) continue;
        detail = static_cast<CallerDetail>(static_cast<int>(detail) + 1);
        std::string name;
        WriteName(row, name);
        named_[row].name = strings_.Intern(name);
      }
    }
    return std::move(named_);
  }

 private:
  static constexpr size_t kAhead = 16;

  void NameAll();
  void WriteName(size_t row, std::string& name) const;
  // Callers' names lie all over: asks for those that come up soon. Inline by
  // force: see RowIndex.
  [[gnu::always_inline]] void PrefetchNames(size_t row) const;
  // A bit per row; empty if no two are equal.
  std::vector<bool> FindAlike() const;

  const Function& Base(size_t row) const {
    return separation_.bases[separation_.functions[row].base.row()];
  }
  const Function& Caller(size_t i) const {
    return separation_.bases[separation_.callers[i].row()];
  }

  Separation& separation_;
  StringTable& strings_;
  FunctionTable named_;
};

void Namer::NameAll() {
  constexpr size_t kBatch = 64;
  const std::vector<SeparatedFunction>& functions = separation_.functions;
  named_.reserve(functions.size());
  strings_.Reserve(strings_.size() + functions.size());
  std::vector<std::string> names(kBatch);
  std::vector<StringId> ids(kBatch);
  while (named_.size() < functions.size()) {
    const size_t first = named_.size();
    const size_t count = std::min(kBatch, functions.size() - first);
    for (size_t i = 0; i < count; ++i) {
      PrefetchNames(first + i);
      WriteName(first + i, names[i]);
    }
    strings_.Intern(std::span(names).first(count), ids);
    for (size_t i = 0; i < count; ++i) {
      named_.push_back(Base(first + i));
      named_.back().name = ids[i];
    }
  }
}

void Namer::WriteName(size_t row, std::string& name) const {
  name = strings_[Base(row).name];
  AppendContext(separation_, strings_, FunctionId(row), std::identity(), name);
}

inline void Namer::PrefetchNames(size_t row) const {
  const SeparatedFunction& f = separation_.functions[row];
  for (size_t i = f.callers; i < f.callers_end; ++i) {
    if (i + 3 * kAhead >= separation_.callers.size()) return;
    __builtin_prefetch(&Caller(i + 3 * kAhead));
    strings_.Prefetch(Caller(i + 2 * kAhead).name);
    __builtin_prefetch(strings_[Caller(i + kAhead).name].data());
  }
}

std::vector<bool> Namer::FindAlike() const {
  // Most have a name of their own.
  std::vector<uint32_t> rows_of(strings_.size());  // per name
  for (const Function& f : named_) ++rows_of[f.name.row()];
  const auto is_alone = [&](const Function& f) {
    return rows_of[f.name.row()] == 1;
  };
  std::vector<bool> alike;
  RowIndex index;
  for (uint32_t row = 0; row < named_.size(); ++row) {
    if (row + kAhead < named_.size() && !is_alone(named_[row + kAhead])) {
      index.Prefetch(absl::HashOf(named_[row + kAhead]));
    }
    if (is_alone(named_[row])) continue;
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
