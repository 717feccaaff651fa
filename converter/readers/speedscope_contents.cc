#include "converter/readers/speedscope_contents.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "converter/readers/json_walker.h"

namespace prof2cg {
namespace {

enum Part : JsonPart {
  kOther,
  kFile,
  kExporter,
  kTitle,
  kShared,
  kFrames,
  kFrame,
  kFrameName,
  kFrameFile,
  kFrameLine,
  kFrameObject,
  kProfiles,
  kProfile,
  kType,
  kName,
  kUnit,
  kStart,
  kEnd,
  kEventName,
  kDescription,
  kThread,
  kStacks,
  kStack,
  kStackFrame,
  kWeights,
  kWeight,
  kEvents,
  kEvent,
  kEventType,
  kAt,
  kEventFrame,
};

constexpr const char* kText = "a text";
constexpr const char* kNumber = "a number";
constexpr const char* kIndex = "a frame's number";
constexpr JsonRule kRules[] = {
    {JsonType::kObject, "", kOther, true},
    {JsonType::kObject, "an object of shared and profiles"},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kObject, "an object of frames"},
    {JsonType::kArray, "an array of frames", kFrame},
    {JsonType::kObject, "an object of name, file and line"},
    {JsonType::kText, kText},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kNumber, kNumber, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kArray, "an array of profiles", kProfile},
    {JsonType::kObject, "an object of type, unit and samples or events"},
    {JsonType::kText, "\"sampled\" or \"evented\""},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kNumber, kNumber, kOther, true},
    {JsonType::kNumber, kNumber, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kText, kText, kOther, true},
    {JsonType::kArray, "an array of samples", kStack},
    {JsonType::kArray, "an array of frames' numbers", kStackFrame},
    {JsonType::kIndex, kIndex},
    {JsonType::kArray, "an array of weights", kWeight},
    {JsonType::kNumber, kNumber},
    {JsonType::kArray, "an array of events", kEvent},
    {JsonType::kObject, "an object of type, at and frame"},
    {JsonType::kText, "\"O\" or \"C\""},
    {JsonType::kNumber, kNumber},
    {JsonType::kIndex, kIndex},
};
static_assert(std::size(kRules) == kEventFrame + 1);

constexpr JsonMember kMembers[] = {
    {kFile, "exporter", kExporter},   {kFile, "name", kTitle},
    {kFile, "shared", kShared},       {kShared, "frames", kFrames},
    {kFrame, "name", kFrameName},     {kFrame, "file", kFrameFile},
    {kFrame, "line", kFrameLine},     {kFrame, "object", kFrameObject},
    {kFile, "profiles", kProfiles},   {kProfile, "type", kType},
    {kProfile, "name", kName},        {kProfile, "unit", kUnit},
    {kProfile, "startValue", kStart}, {kProfile, "endValue", kEnd},
    {kProfile, "event", kEventName},  {kProfile, "description", kDescription},
    {kProfile, "thread", kThread},    {kProfile, "samples", kStacks},
    {kProfile, "weights", kWeights},  {kProfile, "events", kEvents},
    {kEvent, "type", kEventType},     {kEvent, "at", kAt},
    {kEvent, "frame", kEventFrame},
};
constexpr JsonSchema kSchema{kRules, kMembers};

class Parser : public JsonWalker {
 public:
  explicit Parser(std::string_view bytes) : JsonWalker(kSchema, bytes) {}

  SpeedscopeContents Parse() {
    Walk();
    if (contents_.profiles.empty()) Fail("expected a profile");
    return std::move(contents_);
  }

 private:
  void Open(JsonPart part) override;
  void Close(JsonPart part) override;
  void Take(JsonPart part, std::string& text) override;
  void Take(JsonPart part, Amount number) override;

  std::string& TextOf(JsonPart part);
  void TakeType(std::string_view type);
  void TakeEventType(std::string_view type);
  void AddEvent();
  void EndProfile();
  // Of the profile that comes.
  size_t Stacks() const { return contents_.stacks.size() - before_.stacks_end; }
  size_t Weights() const {
    return contents_.weights.size() - before_.weights_end;
  }

  SpeedscopeContents contents_;
  SpeedscopeContents::Profile before_;  // where it ends
  SpeedscopeContents::Event event_;
  bool has_type_ = false;  // the profile
  bool has_event_type_ = false;
  bool has_at_ = false;
  bool has_event_frame_ = false;
};

void Parser::Open(JsonPart part) {
  if (part == kFrame) contents_.frames.emplace_back();
  if (part == kProfile) {
    contents_.profiles.emplace_back();
    has_type_ = false;
  }
  if (part == kEvent) has_event_type_ = has_at_ = has_event_frame_ = false;
}

void Parser::Close(JsonPart part) {
  if (part == kStack) {
    contents_.stacks.push_back({contents_.stack_frames.size(), Offset()});
  }
  if (part == kEvent) AddEvent();
  if (part == kProfile) EndProfile();
}

void Parser::Take(JsonPart part, std::string& text) {
  if (part == kType) return TakeType(text);
  if (part == kEventType) return TakeEventType(text);
  TextOf(part) = std::move(text);
}

void Parser::Take(JsonPart part, Amount number) {
  const auto index = [&] {
    return static_cast<uint32_t>(std::min<Amount>(number, UINT32_MAX));
  };
  switch (part) {
    case kFrameLine:
      contents_.frames.back().line =
          static_cast<uint32_t>(std::clamp<Amount>(number, 0, INT32_MAX));
      return;
    case kStart:
      contents_.profiles.back().start = number;
      return;
    case kEnd:
      contents_.profiles.back().end = number;
      return;
    case kStackFrame:
      contents_.stack_frames.push_back(index());
      return;
    case kWeight:
      contents_.weights.push_back(number);
      return;
    case kAt:
      event_.at = number;
      has_at_ = true;
      return;
    default:
      event_.frame = index();
      has_event_frame_ = true;
  }
}

std::string& Parser::TextOf(JsonPart part) {
  switch (part) {
    case kExporter:
      return contents_.exporter;
    case kTitle:
      return contents_.name;
    case kFrameName:
      return contents_.frames.back().name;
    case kFrameFile:
      return contents_.frames.back().file;
    case kFrameObject:
      return contents_.frames.back().object;
    case kName:
      return contents_.profiles.back().name;
    case kUnit:
      return contents_.profiles.back().unit;
    case kEventName:
      return contents_.profiles.back().event;
    case kDescription:
      return contents_.profiles.back().description;
    default:
      return contents_.profiles.back().thread.emplace();
  }
}

void Parser::TakeType(std::string_view type) {
  if (type != "sampled" && type != "evented") FailExpected(kType);
  contents_.profiles.back().is_evented = type == "evented";
  has_type_ = true;
}

void Parser::TakeEventType(std::string_view type) {
  if (type != "O" && type != "C") FailExpected(kEventType);
  event_.opens = type == "O";
  has_event_type_ = true;
}

void Parser::AddEvent() {
  if (!has_event_type_ || !has_at_ || !has_event_frame_) FailExpected(kEvent);
  event_.offset = Offset();
  contents_.events.push_back(event_);
}

void Parser::EndProfile() {
  if (!has_type_) Fail("expected a type");
  SpeedscopeContents::Profile& profile = contents_.profiles.back();
  if (!profile.is_evented && Stacks() != Weights()) {
    Fail("expected as many weights as samples: " + std::to_string(Weights()) +
         " of " + std::to_string(Stacks()));
  }
  profile.stacks_end = before_.stacks_end = contents_.stacks.size();
  profile.weights_end = before_.weights_end = contents_.weights.size();
  profile.events_end = before_.events_end = contents_.events.size();
  profile.offset = Offset();
}

}  // namespace

SpeedscopeContents ParseSpeedscopeContents(std::string_view bytes) {
  return Parser(bytes).Parse();
}

}  // namespace prof2cg
