#include "converter/readers/callgrind_names.h"

#include <cstdint>

#include "converter/io/callgrind_notes.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// What stands for a file or an object that a profiler did not find.
constexpr std::string_view kUnknown = "???";

}  // namespace

StringId CallgrindReadNames::TakeText(CallgrindIds<StringId>& ids,
                                      std::string_view key) {
  uint64_t id;
  const bool has_id = lines_.TakeId(id);
  if (has_id) {
    lines_.SkipBlanks();
    if (lines_.AtEnd()) return Known(ids[id]);
  }
  std::string_view text = lines_.TakeRest();
  if (own_ == nullptr) {
    text = text == kUnknown ? "" : ToUtf8(text);
  } else if (has_id) {
    text = own_->TextOf(key, id, text);
  }
  const StringId meaning = draft_.strings().Intern(text);
  if (has_id) ids.Set(id, meaning);
  return meaning;
}

FunctionId CallgrindReadNames::TakeFunction(StringId file, StringId object) {
  uint64_t id;
  const bool has_id = lines_.TakeId(id);
  if (has_id) {
    lines_.SkipBlanks();
    if (lines_.AtEnd()) return Known(functions_[id]);
  }
  std::string_view name = lines_.TakeRest();
  name =
      own_ != nullptr && has_id ? own_->TextOf("fn", id, name) : ToUtf8(name);
  const FunctionId function =
      draft_.AddFunction({draft_.strings().Intern(name), file, object});
  if (!has_id) return function;
  functions_.Set(id, function);
  if (own_ == nullptr) return function;
  if (id == callgrind::kOutsideId) draft_.SetOutside(function);
  if (own_->IsEstimated(id)) draft_.MarkEstimated(function);
  return function;
}

std::string_view CallgrindReadNames::ToUtf8(std::string_view name) {
  if (IsAscii(name) || IsWtf8(name)) return name;
  return scratch_ = Latin1ToUtf8(name);
}

}  // namespace prof2cg
