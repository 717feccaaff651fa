// Goes through JSON by a schema: for readers of formats that are JSON.
#ifndef PROF2CG_CONVERTER_READERS_JSON_WALKER_H_
#define PROF2CG_CONVERTER_READERS_JSON_WALKER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "converter/readers/amount.h"

namespace prof2cg {

// What a value is. Each format has an enumeration of its own, that begins with
// these two.
using JsonPart = uint8_t;
inline constexpr JsonPart kJsonOther = 0;  // none that the schema knows
inline constexpr JsonPart kJsonFile = 1;

enum class JsonType : uint8_t { kObject, kArray, kText, kIndex, kNumber };

struct JsonRule {
  JsonType type;
  const char* description;     // behind "expected"
  JsonPart item = kJsonOther;  // of an array
  bool may_be_null = false;
};

struct JsonMember {
  JsonPart of;
  std::string_view key;
  JsonPart value;
};

struct JsonSchema {
  std::span<const JsonRule> rules;  // by part
  std::span<const JsonMember> members;
};

// Members may come in any order, and those that the schema does not know are
// skipped. Takes memory for the text of a value, and a byte for each known
// object and array that is open: however deep the others are nested.
class JsonWalker {
 public:
  // Throws Error where it is no JSON or not of the schema. The offset is that
  // of the end of what is refused.
  void Walk();

 protected:
  // Borrows both.
  JsonWalker(const JsonSchema& schema, std::string_view bytes)
      : schema_(schema), bytes_(bytes), reached_(bytes.data()) {}
  ~JsonWalker() = default;

  // What comes, of the parts that the schema knows: objects and arrays begin
  // and end, texts may be moved from, an index is a whole number from 0 on.
  virtual void Open(JsonPart) {}
  virtual void Close(JsonPart) {}
  virtual void Take(JsonPart part, std::string& text) = 0;
  virtual void Take(JsonPart part, Amount number) = 0;

  size_t Offset() const {
    return static_cast<size_t>(reached_ - bytes_.data());
  }
  [[noreturn]] void Fail(const std::string& message) const;
  [[noreturn]] void FailExpected(JsonPart part) const;

 private:
  class Handler;

  const JsonSchema& schema_;
  const std::string_view bytes_;
  const char* reached_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_JSON_WALKER_H_
