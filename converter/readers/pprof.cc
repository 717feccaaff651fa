// Profiles of pprof, as Go's runtime and many others write them, and we: see
// converter/io/pprof_format.h.
//
// Every sample type becomes an event, the file's default one first, which is
// the last unless it names another; times are in nanoseconds, memory in bytes.
// "calls", as we write them, are the calls of each context. An object is the
// file of a mapping, a function without a name is called by its address. The
// line of a call is that in the calling frame; the one that the last function
// was at is not kept. Threads are told by labels of the names that profilers
// have for them. Time, duration, period and comments become facts.
//
// Accepted and counted: other labels, which are left out; expressions of frames
// to drop, which are not applied. Negative costs, as differences have them, are
// kept. Columns, addresses, build ids and fields that are not known are
// skipped.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/pprof_format.h"
#include "converter/io/protobuf_cursor.h"
#include "converter/readers/frames.h"
#include "converter/readers/pprof_columns.h"
#include "converter/readers/pprof_sniff.h"
#include "converter/readers/pprof_tables.h"
#include "converter/readers/reader.h"
#include "converter/readers/thread_numbers.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

using namespace pprof;

// Labels that tell a sample's thread, the best first.
constexpr std::string_view kThreadLabels[] = {
    kThread, "thread name", "thread_name", "thread id", "thread_id", "tid"};

// Inlined functions make several frames of a location. So many more than bytes
// no program has, but a file that was made to fill the memory.
constexpr size_t kFramesAllowed = size_t{1} << 16;
constexpr size_t kFramesPerByte = 8;

int64_t Scaled(int64_t value, int64_t size) {
  int64_t scaled;
  if (!__builtin_mul_overflow(value, size, &scaled)) return scaled;
  return value > 0 ? INT64_MAX : INT64_MIN;
}

std::string UtcOf(int64_t time_ns) {
  const auto seconds = static_cast<time_t>(time_ns / 1'000'000'000);
  tm utc{};
  char text[64];
  if (gmtime_r(&seconds, &utc) == nullptr) return "";
  return {text, std::strftime(text, sizeof text, "%F %T UTC", &utc)};
}

std::string Seconds(int64_t ns) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3f s", static_cast<double>(ns) / 1e9);
  return text;
}

class PprofReader {
 public:
  explicit PprofReader(std::string_view bytes)
      : bytes_(bytes),
        tables_(ReadPprofTables(bytes)),
        columns_(FindPprofColumns(tables_)),
        builder_(EventsOf(columns_)),
        tree_(columns_.columns.size()),
        interned_(tables_.strings.size()),
        costs_(columns_.columns.size()) {}

  Profile Read();

 private:
  struct Label {
    uint64_t key = 0;
    uint64_t text = 0;
    int64_t number = 0;
  };

  std::string_view Text(uint32_t text) const { return tables_.strings[text]; }
  // Each text once, however often it is referred to.
  StringId Intern(uint32_t text);

  void AddFrames();
  FunctionId FunctionOf(const PprofTables::Location& location,
                        uint32_t function);

  void ReadSample(ProtobufCursor message, size_t offset);
  void ReadLabel(ProtobufCursor message);
  void TakeLabel(const Label& label, size_t offset);
  void AddSample(size_t offset);
  ContextId EnterStack(size_t offset);

  void AddFacts();
  void AddComment(const std::string& comment);
  void AddFact(const std::string& name, const std::string& value);
  void NoteOddities();

  const std::string_view bytes_;
  const PprofTables tables_;
  const PprofColumns columns_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  std::vector<StringId> interned_;    // per text; not valid: not yet
  std::vector<Frame> frames_;         // of each location, the innermost first
  std::vector<uint32_t> frames_end_;  // per location
  size_t entered_frames_ = 0;
  ThreadNumbers threads_;

  // Of the sample that is read.
  std::vector<uint32_t> locations_;  // their rows
  std::vector<int64_t> values_;
  std::vector<int64_t> costs_;
  std::string_view thread_;
  size_t thread_rank_ = 0;  // of its label

  int64_t labels_ = 0;
  int64_t estimated_ = 0;
};

Profile PprofReader::Read() {
  AddFrames();
  ProtobufCursor file(bytes_);
  while (file.Next()) {
    if (file.field() == kSample) {
      ReadSample(file.TakeMessage(), file.offset());
    } else {
      file.Skip();
    }
  }
  AddFacts();
  NoteOddities();
  threads_.Name(builder_);
  Profile profile = std::move(builder_).Build();
  profile.is_traced = columns_.calls.has_value();
  profile.contexts = std::move(tree_).Build();
  return profile;
}

StringId PprofReader::Intern(uint32_t text) {
  StringId& id = interned_[text];
  if (!id.is_valid()) id = builder_.Intern(ToUtf8(Text(text)));
  return id;
}

void PprofReader::AddFrames() {
  uint32_t line = 0;
  for (const PprofTables::Location& location : tables_.locations) {
    if (line == location.lines_end) {
      frames_.push_back({FunctionOf(location, PprofTables::kNone)});
    }
    for (; line < location.lines_end; ++line) {
      frames_.push_back({FunctionOf(location, tables_.lines[line].function),
                         tables_.lines[line].line});
    }
    frames_end_.push_back(static_cast<uint32_t>(frames_.size()));
  }
}

FunctionId PprofReader::FunctionOf(const PprofTables::Location& location,
                                   uint32_t function) {
  PprofTables::Function row;
  if (function != PprofTables::kNone) row = tables_.functions[function];
  const uint32_t object = location.mapping == PprofTables::kNone
                              ? 0
                              : tables_.mappings[location.mapping];
  StringId name = Intern(Text(row.name).empty() ? row.system_name : row.name);
  if (builder_.Text(name).empty() && location.address != 0) {
    char address[2 * sizeof location.address];
    const auto end = std::to_chars(std::begin(address), std::end(address),
                                   location.address, 16);
    name = builder_.Intern("0x" + std::string(address, end.ptr));
  }
  return builder_.AddFunction(
      {name, Intern(row.file), Intern(object), row.line});
}

void PprofReader::ReadSample(ProtobufCursor message, size_t offset) {
  locations_.clear();
  values_.clear();
  thread_ = {};
  thread_rank_ = std::size(kThreadLabels);
  while (message.Next()) {
    switch (message.field()) {
      case kLocationId:
        message.TakeNumbers([&](uint64_t id) {
          const std::optional<uint32_t> row = tables_.location_rows.Find(id);
          if (!row) {
            message.Fail("there is no location with the id " +
                         std::to_string(id));
          }
          locations_.push_back(*row);
        });
        break;
      case kValue:
        message.TakeNumbers([&](uint64_t value) {
          values_.push_back(static_cast<int64_t>(value));
        });
        break;
      case kLabel:
        ReadLabel(message.TakeMessage());
        break;
      default:
        message.Skip();
    }
  }
  AddSample(offset);
}

void PprofReader::ReadLabel(ProtobufCursor message) {
  const size_t offset = message.offset();
  Label label;
  while (message.Next()) {
    switch (message.field()) {
      case kKey:
        label.key = message.TakeNumber();
        break;
      case kText:
        label.text = message.TakeNumber();
        break;
      case kNumber:
        label.number = static_cast<int64_t>(message.TakeNumber());
        break;
      default:
        message.Skip();
    }
  }
  TakeLabel(label, offset);
}

void PprofReader::TakeLabel(const Label& label, size_t offset) {
  if (std::max(label.key, label.text) >= tables_.strings.size()) {
    throw Error("a label's string is beyond those of the string table", offset);
  }
  const std::string_view key = Text(static_cast<uint32_t>(label.key));
  const auto rank = static_cast<size_t>(std::ranges::find(kThreadLabels, key) -
                                        std::begin(kThreadLabels));
  if (rank < thread_rank_) {
    thread_rank_ = rank;
    thread_ =
        label.text != 0
            ? Text(static_cast<uint32_t>(label.text))
            : builder_.Text(builder_.Intern(std::to_string(label.number)));
  } else if (key == kEstimated) {
    ++estimated_;
  } else if (rank == std::size(kThreadLabels)) {
    ++labels_;
  }
}

void PprofReader::AddSample(size_t offset) {
  if (values_.size() != tables_.sample_types.size()) {
    throw Error(
        "a sample has " + std::to_string(values_.size()) + " values for " +
            std::to_string(tables_.sample_types.size()) + " sample types",
        offset);
  }
  const ContextId context = EnterStack(offset);
  for (size_t i = 0; i < costs_.size(); ++i) {
    const PprofColumns::Column& column = columns_.columns[i];
    costs_[i] = Scaled(values_[column.value], column.size);
  }
  tree_.AddSelf(context, costs_);
  if (columns_.calls) tree_.AddCalls(context, values_[*columns_.calls]);
}

ContextId PprofReader::EnterStack(size_t offset) {
  const uint32_t thread = threads_.Find(thread_);
  ContextId context;
  uint32_t line = 0;
  for (size_t i = locations_.size(); i-- > 0;) {
    const uint32_t row = locations_[i];
    const uint32_t begin = row == 0 ? 0 : frames_end_[row - 1];
    entered_frames_ += frames_end_[row] - begin;
    if (entered_frames_ > kFramesAllowed + kFramesPerByte * bytes_.size()) {
      throw Error("inlined functions make too many frames for such a file",
                  offset);
    }
    for (uint32_t f = frames_end_[row]; f-- > begin;) {
      context = tree_.Enter(context, frames_[f].function, line, thread);
      line = frames_[f].line;
    }
  }
  if (context.is_valid()) return context;
  // A stack without frames has one without a name.
  const StringId none(0);
  return tree_.Enter({}, builder_.AddFunction({none, none, none, 0}), 0,
                     thread);
}

void PprofReader::AddFacts() {
  std::vector<bool> is_told(tables_.strings.size());
  is_told[0] = true;
  for (const uint32_t comment : tables_.comments) {
    if (!is_told[comment]) AddComment(ToUtf8(Text(comment)));
    is_told[comment] = true;
  }
  if (tables_.time_ns > 0) AddFact("Time", UtcOf(tables_.time_ns));
  if (tables_.duration_ns > 0)
    AddFact("Duration", Seconds(tables_.duration_ns));
  if (tables_.period > 0) {
    AddFact("Period", std::to_string(tables_.period) + ' ' +
                          ToUtf8(Text(tables_.period_type.unit)) + " of " +
                          ToUtf8(Text(tables_.period_type.type)));
  }
}

// Ours are facts: "Clock: TSC".
void PprofReader::AddComment(const std::string& comment) {
  if (comment.starts_with(kFidelity)) return;  // there is a new one
  if (comment.starts_with(kCommand)) {
    builder_.profile().command = comment.substr(kCommand.size());
    return;
  }
  const size_t colon = comment.find(": ");
  if (colon == 0 || colon == comment.npos) {
    return AddFact("Comment", comment);
  }
  AddFact(comment.substr(0, colon), comment.substr(colon + 2));
}

void PprofReader::AddFact(const std::string& name, const std::string& value) {
  builder_.profile().facts.push_back({name, value});
}

void PprofReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.Note("stack is estimated, as its label says",
                  "stacks are estimated, as their labels say", estimated_);
  provenance.Note("label of a sample is left out",
                  "labels of samples are left out", labels_);
  provenance.Note("expression of frames to drop is not applied",
                  "expressions of frames to drop are not applied",
                  tables_.drops_frames ? 1 : 0);
}

Profile Read(std::string_view bytes) { return PprofReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kPprofReader = {
    .name = "pprof",
    .description = "pprof's profile.proto: Go's runtime/pprof and many others",
    .sniff = IsPprof,
    .read = Read,
};

}  // namespace prof2cg
