#include "converter/readers/json_walker.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "graph/error.h"

namespace prof2cg {
namespace {

// Goes through a text and tells how far it got.
class Tracked {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Tracked(const char* at, const char*& reached) : at_(at), reached_(&reached) {}

  reference operator*() const { return *at_; }
  Tracked& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  bool operator==(const Tracked& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

}  // namespace

// Is told by nlohmann's parser what comes. That keeps no stack of its own
// calls.
class JsonWalker::Handler {
 public:
  explicit Handler(JsonWalker& walker) : walker_(walker) {}

  bool start_object(size_t) { return Open(JsonType::kObject); }
  bool start_array(size_t) { return Open(JsonType::kArray); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }

  bool key(std::string& key) {
    if (skipped_ != 0) return true;
    part_ = kJsonOther;
    for (const JsonMember& member : walker_.schema_.members) {
      if (member.of == open_.back() && member.key == key) part_ = member.value;
    }
    return true;
  }

  bool string(std::string& text) {
    if (part_ == kJsonOther) return true;
    if (Rule().type != JsonType::kText) walker_.FailExpected(part_);
    walker_.Take(part_, text);
    return true;
  }
  bool number_unsigned(uint64_t number) {
    return Take(static_cast<Amount>(number), true);
  }
  // Of negative ones.
  bool number_integer(int64_t number) {
    return Take(static_cast<Amount>(number), false);
  }
  bool number_float(double number, const std::string&) {
    return Take(number, false);
  }
  bool boolean(bool) { return TakeNothing(); }
  bool null() { return Rule().may_be_null || TakeNothing(); }
  bool binary(nlohmann::json::binary_t&) { return TakeNothing(); }

  bool parse_error(size_t, const std::string&,
                   const nlohmann::json::exception& error) {
    const std::string_view reason = error.what();
    const bool is_cut = reason.find("unexpected end of input") != reason.npos ||
                        reason.find("missing closing quote") != reason.npos;
    walker_.Fail(is_cut ? "the JSON is cut off" : "is no JSON");
  }

 private:
  const JsonRule& Rule() const { return walker_.schema_.rules[part_]; }

  bool Open(JsonType type) {
    if (part_ == kJsonOther) {
      ++skipped_;
      return true;
    }
    if (Rule().type != type) walker_.FailExpected(part_);
    walker_.Open(part_);
    open_.push_back(part_);
    part_ = Rule().item;
    return true;
  }
  bool Close() {
    if (skipped_ != 0) {
      --skipped_;
      return true;
    }
    walker_.Close(open_.back());
    open_.pop_back();
    part_ =
        open_.empty() ? kJsonFile : walker_.schema_.rules[open_.back()].item;
    return true;
  }

  bool Take(Amount number, bool is_index) {
    if (part_ == kJsonOther) return true;
    const JsonType type = Rule().type;
    if (type != JsonType::kNumber && !(type == JsonType::kIndex && is_index)) {
      walker_.FailExpected(part_);
    }
    walker_.Take(part_, number);
    return true;
  }
  bool TakeNothing() {
    if (part_ != kJsonOther) walker_.FailExpected(part_);
    return true;
  }

  JsonWalker& walker_;
  std::vector<JsonPart> open_;  // objects and arrays that the schema knows
  JsonPart part_ = kJsonFile;   // of the value that comes
  size_t skipped_ = 0;          // open objects and arrays that it does not
};

void JsonWalker::Walk() {
  const char* const end = bytes_.data() + bytes_.size();
  Handler handler(*this);
  nlohmann::json::sax_parse(Tracked(bytes_.data(), reached_),
                            Tracked(end, reached_), &handler);
}

void JsonWalker::Fail(const std::string& message) const {
  throw Error(message, Offset());
}

void JsonWalker::FailExpected(JsonPart part) const {
  Fail(std::string("expected ") + schema_.rules[part].description);
}

}  // namespace prof2cg
