#include "converter/readers/json_contents.h"

#include <iterator>
#include <utility>

#include "converter/readers/json_walker.h"

namespace prof2cg {
namespace {

enum Part : JsonPart {
  kOther,
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
};

constexpr const char* kText = "a text";
constexpr JsonRule kRules[] = {
    {JsonType::kObject, "", kOther, true},
    {JsonType::kObject, "an object of version, costs, functions and events"},
    {JsonType::kIndex, "version 0"},
    {JsonType::kArray, "an array of costs", kCost},
    {JsonType::kObject, "an object of description and unit"},
    {JsonType::kText, kText},
    {JsonType::kText, kText},
    {JsonType::kArray, "an array of functions", kFunction},
    {JsonType::kObject, "an object of name, module and process"},
    {JsonType::kText, kText},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kArray, "an array of events", kEvent},
    {JsonType::kObject, "an object of callchain and cost"},
    {JsonType::kArray, "an array of functions' numbers", kCallee},
    {JsonType::kIndex, "a function's number"},
    {JsonType::kArray, "an array of numbers", kAmount},
    {JsonType::kNumber, "a number"},
};
static_assert(std::size(kRules) == kAmount + 1);

constexpr JsonMember kMembers[] = {
    {kFile, "version", kVersion},         {kFile, "costs", kCosts},
    {kFile, "functions", kFunctions},     {kFile, "events", kEvents},
    {kCost, "description", kDescription}, {kCost, "unit", kUnit},
    {kFunction, "name", kName},           {kFunction, "module", kModule},
    {kFunction, "process", kProcess},     {kEvent, "callchain", kCallchain},
    {kEvent, "cost", kAmounts},
};
constexpr JsonSchema kSchema{kRules, kMembers};

class Parser : public JsonWalker {
 public:
  explicit Parser(std::string_view bytes) : JsonWalker(kSchema, bytes) {}

  JsonContents Parse() {
    Walk();
    if (!has_version_) Fail("expected \"version\": 0");
    return std::move(contents_);
  }

 private:
  void Open(JsonPart part) override {
    if (part == kCost) AddCost();
    if (part == kFunction) contents_.functions.emplace_back();
  }
  void Close(JsonPart part) override {
    if (part == kEvent) AddEvent();
  }
  void Take(JsonPart part, std::string& text) override {
    TextOf(part) = std::move(text);
  }
  void Take(JsonPart part, Amount number) override {
    if (part == kVersion) {
      if (number != 0) FailExpected(part);
      has_version_ = true;
    } else if (part == kCallee) {
      contents_.callchains.push_back(static_cast<uint64_t>(number));
    } else {
      contents_.amounts.push_back(number);
    }
  }

  std::string& TextOf(JsonPart part) {
    if (part == kDescription) return contents_.costs.back().description;
    if (part == kUnit) return contents_.costs.back().unit;
    JsonContents::Function& function = contents_.functions.back();
    if (part == kName) return function.name;
    return part == kModule ? function.module : function.process;
  }
  void AddCost() {
    if (contents_.costs.size() == kMostKindsOfCost) {
      Fail("more than " + std::to_string(kMostKindsOfCost) + " kinds of cost");
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

  JsonContents contents_;
  bool has_version_ = false;
};

}  // namespace

JsonContents ParseJsonContents(std::string_view bytes) {
  return Parser(bytes).Parse();
}

}  // namespace prof2cg
