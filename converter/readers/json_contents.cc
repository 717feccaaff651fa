#include "converter/readers/json_contents.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "graph/error.h"

namespace prof2cg {
namespace {

// A table has a column for each: a small file must not make a large one.
constexpr size_t kMostCosts = 32;

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

// What a value is in the schema.
enum class Part {
  kFile,
  kVersion,
  kCosts,
  kCost,
  kDescription,
  kUnit,
  kFunctions,
  kFunction,
  kName,
  kModule,
  kProcess,
  kEvents,
  kEvent,
  kCallchain,
  kCallee,
  kAmounts,
  kAmount,
  kOther,  // none that we know
};

struct Member {
  Part of;
  std::string_view key;
  Part value;
};
constexpr Member kMembers[] = {
    {Part::kFile, "version", Part::kVersion},
    {Part::kFile, "costs", Part::kCosts},
    {Part::kFile, "functions", Part::kFunctions},
    {Part::kFile, "events", Part::kEvents},
    {Part::kCost, "description", Part::kDescription},
    {Part::kCost, "unit", Part::kUnit},
    {Part::kFunction, "name", Part::kName},
    {Part::kFunction, "module", Part::kModule},
    {Part::kFunction, "process", Part::kProcess},
    {Part::kEvent, "callchain", Part::kCallchain},
    {Part::kEvent, "cost", Part::kAmounts},
};

// Of an array.
Part ItemOf(Part part) {
  switch (part) {
    case Part::kCosts:
      return Part::kCost;
    case Part::kFunctions:
      return Part::kFunction;
    case Part::kEvents:
      return Part::kEvent;
    case Part::kCallchain:
      return Part::kCallee;
    case Part::kAmounts:
      return Part::kAmount;
    default:
      return Part::kOther;
  }
}
bool IsArray(Part part) { return ItemOf(part) != Part::kOther; }
bool IsObject(Part part) {
  return part == Part::kFile || part == Part::kCost ||
         part == Part::kFunction || part == Part::kEvent;
}

const char* Describe(Part part) {
  switch (part) {
    case Part::kFile:
      return "an object of version, costs, functions and events";
    case Part::kVersion:
      return "version 0";
    case Part::kCosts:
      return "an array of costs";
    case Part::kCost:
      return "an object of description and unit";
    case Part::kFunctions:
      return "an array of functions";
    case Part::kFunction:
      return "an object of name, module and process";
    case Part::kEvents:
      return "an array of events";
    case Part::kEvent:
      return "an object of callchain and cost";
    case Part::kCallchain:
      return "an array of functions' numbers";
    case Part::kCallee:
      return "a function's number";
    case Part::kAmounts:
      return "an array of numbers";
    case Part::kAmount:
      return "a number";
    case Part::kDescription:
    case Part::kUnit:
    case Part::kName:
    case Part::kModule:
    case Part::kProcess:
    case Part::kOther:
      break;
  }
  return "a text";
}

// Is told by nlohmann's parser what comes. That keeps no stack of its own
// calls.
class Handler {
 public:
  explicit Handler(std::string_view bytes)
      : bytes_(bytes), reached_(bytes.data()) {}

  JsonContents Parse() {
    const char* const end = bytes_.data() + bytes_.size();
    nlohmann::json::sax_parse(Tracked(bytes_.data(), reached_),
                              Tracked(end, reached_), this);
    if (!has_version_) Fail("expected \"version\": 0");
    return std::move(contents_);
  }

  bool start_object(size_t) { return Open(IsObject(part_)); }
  bool start_array(size_t) { return Open(IsArray(part_)); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }

  bool key(std::string& key) {
    if (skipped_ != 0) return true;
    part_ = Part::kOther;
    for (const Member& member : kMembers) {
      if (member.of == open_.back() && member.key == key) part_ = member.value;
    }
    return true;
  }

  bool string(std::string& text) {
    switch (part_) {
      case Part::kOther:
        return true;
      case Part::kDescription:
        contents_.costs.back().description = std::move(text);
        return true;
      case Part::kUnit:
        contents_.costs.back().unit = std::move(text);
        return true;
      case Part::kName:
        contents_.functions.back().name = std::move(text);
        return true;
      case Part::kModule:
        contents_.functions.back().module = std::move(text);
        return true;
      case Part::kProcess:
        contents_.functions.back().process = std::move(text);
        return true;
      default:
        FailExpected();
    }
  }

  bool number_unsigned(uint64_t number) {
    switch (part_) {
      case Part::kOther:
        return true;
      case Part::kVersion:
        if (number != 0) FailExpected();
        has_version_ = true;
        return true;
      case Part::kCallee:
        contents_.callchains.push_back(number);
        return true;
      case Part::kAmount:
        contents_.amounts.push_back(static_cast<Amount>(number));
        return true;
      default:
        FailExpected();
    }
  }
  // Of negative ones.
  bool number_integer(int64_t number) { return Take(number); }
  bool number_float(double number, const std::string&) { return Take(number); }
  bool boolean(bool) { return TakeNothing(); }
  bool null() {
    const bool may_lack = part_ == Part::kModule || part_ == Part::kProcess;
    return may_lack || TakeNothing();
  }
  bool binary(nlohmann::json::binary_t&) { return TakeNothing(); }

  bool parse_error(size_t, const std::string&,
                   const nlohmann::json::exception& error) {
    const std::string_view reason = error.what();
    const bool is_cut = reason.find("unexpected end of input") != reason.npos ||
                        reason.find("missing closing quote") != reason.npos;
    Fail(is_cut ? "the JSON is cut off" : "is no JSON");
  }

 private:
  bool Open(bool is_expected) {
    if (part_ == Part::kOther) {
      ++skipped_;
      return true;
    }
    if (!is_expected) FailExpected();
    if (part_ == Part::kCost) AddCost();
    if (part_ == Part::kFunction) contents_.functions.emplace_back();
    open_.push_back(part_);
    part_ = ItemOf(part_);
    return true;
  }
  bool Close() {
    if (skipped_ != 0) {
      --skipped_;
      return true;
    }
    if (open_.back() == Part::kEvent) AddEvent();
    open_.pop_back();
    part_ = open_.empty() ? Part::kFile : ItemOf(open_.back());
    return true;
  }
  void AddCost() {
    if (contents_.costs.size() == kMostCosts) {
      Fail("more than " + std::to_string(kMostCosts) + " kinds of cost");
    }
    contents_.costs.emplace_back();
  }
  void AddEvent() {
    const JsonContents::Event before = contents_.events.empty()
                                           ? JsonContents::Event{}
                                           : contents_.events.back();
    const JsonContents::Event event{contents_.callchains.size(),
                                    contents_.amounts.size(), Offset()};
    if (event.callchain_end == before.callchain_end) {
      Fail("expected a callchain");
    }
    if (event.cost_end == before.cost_end) Fail("expected a cost");
    contents_.events.push_back(event);
  }

  template <class Number>
  bool Take(Number number) {
    if (part_ != Part::kAmount) return TakeNothing();
    contents_.amounts.push_back(number);
    return true;
  }
  bool TakeNothing() {
    if (part_ != Part::kOther) FailExpected();
    return true;
  }

  [[noreturn]] void FailExpected() {
    Fail("expected " + std::string(Describe(part_)));
  }
  [[noreturn]] void Fail(const std::string& message) {
    throw Error(message, Offset());
  }
  size_t Offset() const {
    return static_cast<size_t>(reached_ - bytes_.data());
  }

  std::string_view bytes_;
  const char* reached_;
  JsonContents contents_;
  std::vector<Part> open_;   // objects and arrays that the schema knows
  Part part_ = Part::kFile;  // of the value that comes
  size_t skipped_ = 0;       // open objects and arrays that it does not
  bool has_version_ = false;
};

}  // namespace

JsonContents ParseJsonContents(std::string_view bytes) {
  return Handler(bytes).Parse();
}

}  // namespace prof2cg
