#include "converter/readers/pprof_tables.h"

#include <algorithm>
#include <string>
#include <utility>

#include "converter/io/pprof_format.h"
#include "converter/io/protobuf_cursor.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

using namespace pprof;

// Kinds of cost: each takes room in every context, be it one byte in the file.
constexpr size_t kMostSampleTypes = 32;

class TablesReader {
 public:
  explicit TablesReader(std::string_view bytes) : file_(bytes) {}

  PprofTables Read() {
    while (file_.Next()) ReadField();
    if (tables_.strings.empty()) tables_.strings.emplace_back();
    CheckStrings();
    FindRows();
    return std::move(tables_);
  }

 private:
  // What is looked up once all of it was read: `at` is where it stands.
  struct TextAt {
    uint32_t text;
    uint32_t at;
  };
  struct IdAt {
    uint64_t id;
    uint32_t at;
  };

  void ReadField();
  PprofTables::ValueType ReadValueType();
  void ReadMapping();
  void ReadLocation();
  void ReadLine(ProtobufCursor line);
  void ReadFunction();
  void ReadString();

  // A text's place in the string table.
  uint32_t TakeText(ProtobufCursor& cursor) {
    return AddText(cursor.TakeNumber());
  }
  uint32_t AddText(uint64_t text);
  int64_t TakeSigned() { return static_cast<int64_t>(file_.TakeNumber()); }
  static uint32_t TakeLine(ProtobufCursor& cursor);
  uint32_t At() const { return static_cast<uint32_t>(file_.offset()); }
  void AddId(IdRows& rows, uint64_t id, const char* of) const;

  void CheckStrings() const;
  void FindRows();

  ProtobufCursor file_;
  PprofTables tables_;
  TextAt highest_ = {};          // of all texts
  std::vector<IdAt> mappings_;   // per location
  std::vector<IdAt> functions_;  // per line
  IdRows mapping_rows_;
  IdRows function_rows_;
};

void TablesReader::ReadField() {
  switch (file_.field()) {
    case kSampleType:
      if (tables_.sample_types.size() == kMostSampleTypes) {
        file_.Fail("more than " + std::to_string(kMostSampleTypes) +
                   " sample types");
      }
      return tables_.sample_types.push_back(ReadValueType());
    case kMapping:
      return ReadMapping();
    case kLocation:
      return ReadLocation();
    case kFunction:
      return ReadFunction();
    case kStringTable:
      return ReadString();
    case kDropFrames:
    case kKeepFrames:
      tables_.drops_frames |= TakeText(file_) != 0;
      return;
    case kTimeNanos:
      tables_.time_ns = TakeSigned();
      return;
    case kDurationNanos:
      tables_.duration_ns = TakeSigned();
      return;
    case kPeriodType:
      tables_.period_type = ReadValueType();
      return;
    case kPeriod:
      tables_.period = TakeSigned();
      return;
    case kComment:
      return file_.TakeNumbers(
          [this](uint64_t text) { tables_.comments.push_back(AddText(text)); });
    case kDefaultSampleType:
      tables_.default_sample_type = TakeText(file_);
      return;
    default:
      return file_.Skip();
  }
}

PprofTables::ValueType TablesReader::ReadValueType() {
  PprofTables::ValueType type;
  ProtobufCursor message = file_.TakeMessage();
  while (message.Next()) {
    switch (message.field()) {
      case kType:
        type.type = TakeText(message);
        break;
      case kUnit:
        type.unit = TakeText(message);
        break;
      default:
        message.Skip();
    }
  }
  return type;
}

void TablesReader::ReadMapping() {
  uint64_t id = 0;
  uint32_t file = 0;
  ProtobufCursor message = file_.TakeMessage();
  while (message.Next()) {
    switch (message.field()) {
      case kMappingId:
        id = message.TakeNumber();
        break;
      case kFilename:
        file = TakeText(message);
        break;
      default:
        message.Skip();
    }
  }
  AddId(mapping_rows_, id, "mapping");
  tables_.mappings.push_back(file);
}

void TablesReader::ReadLocation() {
  uint64_t id = 0;
  uint64_t mapping = 0;
  PprofTables::Location location;
  ProtobufCursor message = file_.TakeMessage();
  while (message.Next()) {
    switch (message.field()) {
      case kId:
        id = message.TakeNumber();
        break;
      case kMappingOfLocation:
        mapping = message.TakeNumber();
        break;
      case kAddress:
        location.address = message.TakeNumber();
        break;
      case kLine:
        ReadLine(message.TakeMessage());
        break;
      default:
        message.Skip();
    }
  }
  AddId(tables_.location_rows, id, "location");
  location.lines_end = static_cast<uint32_t>(tables_.lines.size());
  tables_.locations.push_back(location);
  mappings_.push_back({mapping, At()});
}

void TablesReader::ReadLine(ProtobufCursor message) {
  uint64_t function = 0;
  PprofTables::Line line;
  while (message.Next()) {
    switch (message.field()) {
      case kFunctionId:
        function = message.TakeNumber();
        break;
      case kLineNumber:
        line.line = TakeLine(message);
        break;
      default:
        message.Skip();
    }
  }
  tables_.lines.push_back(line);
  functions_.push_back({function, At()});
}

void TablesReader::ReadFunction() {
  uint64_t id = 0;
  PprofTables::Function function;
  ProtobufCursor message = file_.TakeMessage();
  while (message.Next()) {
    switch (message.field()) {
      case kFunctionOfId:
        id = message.TakeNumber();
        break;
      case kName:
        function.name = TakeText(message);
        break;
      case kSystemName:
        function.system_name = TakeText(message);
        break;
      case kFile:
        function.file = TakeText(message);
        break;
      case kStartLine:
        function.line = TakeLine(message);
        break;
      default:
        message.Skip();
    }
  }
  AddId(function_rows_, id, "function");
  tables_.functions.push_back(function);
}

void TablesReader::ReadString() {
  const std::string_view text = file_.TakeBytes();
  if (tables_.strings.empty() && !text.empty()) {
    file_.Fail("expected a string table that begins with an empty string");
  }
  tables_.strings.push_back(text);
}

uint32_t TablesReader::AddText(uint64_t text) {
  const auto place =
      static_cast<uint32_t>(std::min<uint64_t>(text, UINT32_MAX));
  if (place > highest_.text) highest_ = {place, At()};
  return place;
}

// What cannot be one for the nearest that can.
uint32_t TablesReader::TakeLine(ProtobufCursor& cursor) {
  const auto line = static_cast<int64_t>(cursor.TakeNumber());
  return static_cast<uint32_t>(std::clamp<int64_t>(line, 0, INT32_MAX));
}

void TablesReader::AddId(IdRows& rows, uint64_t id, const char* of) const {
  if (rows.Add(id)) return;
  file_.Fail(id == 0 ? "a " + std::string(of) + " without an id"
                     : "a second " + std::string(of) + " with the id " +
                           std::to_string(id));
}

void TablesReader::CheckStrings() const {
  if (highest_.text < tables_.strings.size()) return;
  throw Error("a string beyond the " + std::to_string(tables_.strings.size()) +
                  " of the string table",
              highest_.at);
}

void TablesReader::FindRows() {
  const auto find = [](const IdRows& rows, const IdAt& wanted, const char* of) {
    if (wanted.id == 0) return PprofTables::kNone;
    const std::optional<uint32_t> row = rows.Find(wanted.id);
    if (row) return *row;
    throw Error("there is no " + std::string(of) + " with the id " +
                    std::to_string(wanted.id),
                wanted.at);
  };
  for (size_t i = 0; i < mappings_.size(); ++i) {
    tables_.locations[i].mapping = find(mapping_rows_, mappings_[i], "mapping");
  }
  for (size_t i = 0; i < functions_.size(); ++i) {
    tables_.lines[i].function = find(function_rows_, functions_[i], "function");
  }
}

}  // namespace

bool IdRows::Add(uint64_t id) {
  if (id <= counted_) return false;
  if (others_.empty() && id == uint64_t{counted_} + 1) {
    ++counted_;
    return true;
  }
  const auto row = static_cast<uint32_t>(counted_ + others_.size());
  return others_.emplace(id, row).second;
}

PprofTables ReadPprofTables(std::string_view bytes) {
  return TablesReader(bytes).Read();
}

}  // namespace prof2cg
