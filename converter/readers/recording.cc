#include "converter/readers/recording.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/column.h"
#include "converter/io/inflate.h"
#include "converter/io/recording_format.h"
#include "converter/readers/recording_parts.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

using recording::kMagic;
using recording::kTrailerBytes;

// A column, or the costs of one event, with its place for errors.
class Numbers {
 public:
  Numbers(const RecordedColumn& column, size_t rows) : offset_(column.offset) {
    try {
      column_ = Column(column.type, column.bytes, rows);
    } catch (const Error& error) {
      Fail(error.what());
    }
  }

  size_t rows() const { return column_.rows(); }
  int64_t operator[](size_t row) const { return column_[row]; }
  std::string_view text() const { return column_.text(); }

  // Throws Error where it is not below `limit`.
  uint32_t Below(uint64_t limit, size_t row) const {
    const auto number = static_cast<uint64_t>(column_[row]);
    if (number >= limit) Fail("a number is beyond what it counts");
    return static_cast<uint32_t>(number);
  }
  uint32_t Line(size_t row) const { return Below(uint64_t{1} << 32, row); }

  [[noreturn]] void Fail(const std::string& message) const {
    throw Error(message, offset_);
  }

 private:
  uint64_t offset_;
  Column column_;
};

// A table whose columns are unpacked as they are asked for.
class Table {
 public:
  // `budget` is what all tables may still need in memory.
  Table(const RecordingParts& parts, std::string_view name, size_t& budget)
      : name_(name), events_(parts.events.size()), budget_(budget) {
    const auto found = parts.tables.find(name);
    if (found == parts.tables.end()) {
      throw Error("no table of " + name_, parts.offset);
    }
    table_ = &found->second;
  }

  size_t rows() const { return table_->rows; }
  bool Has(std::string_view column) const {
    return table_->columns.contains(column);
  }

  Numbers Get(std::string_view column) const {
    return Unpack(Find(column).front(), rows());
  }
  // A column of bytes, of another number of rows.
  Numbers GetBytes(std::string_view column, size_t bytes) const {
    return Unpack(Find(column).front(), bytes);
  }

  CostTable GetCosts(std::string_view name) const {
    const std::vector<RecordedColumn>& columns = Find(name);
    if (columns.size() != events_) Fail("other costs than events");
    CostTable costs(events_);
    for (size_t e = 0; e < events_; ++e) {
      const Numbers numbers = Unpack(columns[e], rows());
      if (e == 0) costs.Resize(rows());
      for (size_t row = 0; row < rows(); ++row) costs[row][e] = numbers[row];
    }
    return costs;
  }

  [[noreturn]] void Fail(const std::string& message) const {
    throw Error(message + " in the table of " + name_, table_->offset);
  }

 private:
  const std::vector<RecordedColumn>& Find(std::string_view column) const {
    const auto found = table_->columns.find(column);
    if (found == table_->columns.end()) {
      Fail("no column \"" + std::string(column) + '"');
    }
    return found->second;
  }

  Numbers Unpack(const RecordedColumn& column, size_t rows) const {
    // What a row of the profile takes for each of its numbers.
    constexpr size_t kBytes = sizeof(int64_t);
    if (rows > budget_ / kBytes) Fail("more rows than its file has room for,");
    budget_ -= rows * kBytes;
    return Numbers(column, rows);
  }

  std::string name_;
  size_t events_;
  size_t& budget_;
  const RecordedTable* table_;
};

class RecordingReader {
 public:
  RecordingReader(RecordingParts parts, size_t budget)
      : parts_(std::move(parts)),
        budget_(budget),
        builder_(EventSet(parts_.events)) {}

  Profile Read() {
    ReadTexts();
    SetFacts(builder_.profile());
    ReadFunctions();
    std::optional<ContextTree> contexts;
    if (parts_.is_folded || parts_.tables.contains("contexts")) {
      contexts = ReadContexts();
    }
    if (!parts_.is_folded) ReadCalls();
    Profile profile = std::move(builder_).Build();
    if (profile.graph.calls.size() != calls_) {
      Get("calls").Fail("two equal calls");
    }
    profile.contexts = std::move(contexts);
    if (parts_.is_folded) FoldContexts(profile);
    return profile;
  }

 private:
  Table Get(std::string_view table) { return Table(parts_, table, budget_); }

  void SetFacts(Profile& profile) const;
  void ReadTexts();
  void ReadFunctions();
  void ReadCalls();
  static std::vector<bool> ReadMarks(const Table& table);
  ContextTree ReadContexts();
  void ReadSizes(ContextTree& contexts);

  const RecordingParts parts_;
  size_t budget_;
  ProfileBuilder builder_;
  std::vector<StringId> texts_;
  size_t calls_ = 0;
};

void RecordingReader::SetFacts(Profile& profile) const {
  profile.naming = parts_.naming;
  profile.share_by = parts_.share_by;
  profile.is_traced = parts_.is_traced;
  profile.command = parts_.command;
  profile.facts = parts_.facts;
  profile.provenance = parts_.provenance;
  for (const std::string_view name : parts_.threads) {
    profile.threads.push_back(profile.strings.Intern(name));
  }
}

void RecordingReader::ReadTexts() {
  const Table table = Get("texts");
  const Numbers sizes = table.Get("size");
  uint64_t bytes = 0;
  for (size_t row = 0; row < sizes.rows(); ++row) {
    bytes += sizes.Below(uint64_t{1} << 32, row);
  }
  const Numbers text = table.GetBytes("bytes", bytes);
  texts_.reserve(sizes.rows());
  size_t begin = 0;
  for (size_t row = 0; row < sizes.rows(); ++row) {
    const auto size = static_cast<size_t>(sizes[row]);
    texts_.push_back(builder_.Intern(text.text().substr(begin, size)));
    begin += size;
  }
}

void RecordingReader::ReadFunctions() {
  const Table table = Get("functions");
  const Numbers names = table.Get("name");
  const Numbers files = table.Get("file");
  const Numbers objects = table.Get("object");
  const Numbers lines = table.Get("line");
  std::vector<Function> functions;
  functions.reserve(table.rows());
  const auto text = [&](const Numbers& rows, size_t row) {
    return texts_[rows.Below(texts_.size(), row)];
  };
  for (size_t row = 0; row < table.rows(); ++row) {
    functions.push_back({text(names, row), text(files, row), text(objects, row),
                         lines.Line(row)});
  }
  std::vector<FunctionId> ids;
  builder_.AddFunctions(functions, ids);
  if (builder_.functions() != table.rows()) table.Fail("two equal functions");

  Profile& profile = builder_.profile();
  const Numbers total = table.Get("total");
  const Numbers primitive = table.Get("primitive");
  for (size_t row = 0; row < table.rows(); ++row) {
    profile.graph.counts[row] = {total[row], primitive[row]};
  }
  profile.provenance.estimated_functions = ReadMarks(table);
  if (parts_.is_folded) return;
  profile.graph.self = table.GetCosts("self");
  profile.graph.inclusive = table.GetCosts("inclusive");
}

void RecordingReader::ReadCalls() {
  const Table table = Get("calls");
  const size_t functions = builder_.functions();
  const Numbers callers = table.Get("caller");
  const Numbers callees = table.Get("callee");
  const Numbers lines = table.Get("line");
  const Numbers total = table.Get("total");
  const Numbers primitive = table.Get("primitive");
  std::vector<Call> calls;
  calls.reserve(table.rows());
  for (size_t row = 0; row < table.rows(); ++row) {
    calls.push_back({FunctionId(callers.Below(functions, row)),
                     FunctionId(callees.Below(functions, row)),
                     lines.Line(row),
                     {total[row], primitive[row]}});
  }
  calls_ = calls.size();
  builder_.TakeCalls(std::move(calls), table.GetCosts("inclusive"));
  Profile& profile = builder_.profile();
  if (table.Has("self")) profile.graph.call_self = table.GetCosts("self");
  profile.provenance.estimated_calls = ReadMarks(table);
}

// None where there is no such column.
std::vector<bool> RecordingReader::ReadMarks(const Table& table) {
  std::vector<bool> marks;
  if (!table.Has("estimated")) return marks;
  const Numbers estimated = table.Get("estimated");
  for (size_t row = 0; row < table.rows(); ++row) {
    marks.push_back(estimated.Below(2, row) != 0);
  }
  return marks;
}

ContextTree RecordingReader::ReadContexts() {
  const Table table = Get("contexts");
  const size_t threads = std::max<size_t>(1, parts_.threads.size());
  const Numbers parents = table.Get("parent");
  const Numbers functions = table.Get("function");
  const Numbers lines = table.Get("line");
  const Numbers calls = table.Get("calls");
  const Numbers thread = table.Get("thread");
  ContextTreeBuilder tree(0);  // costs come all at once
  for (size_t row = 0; row < table.rows(); ++row) {
    const uint32_t parent = parents.Below(row + 1, row);
    const ContextId context =
        tree.Enter(parent == 0 ? ContextId() : ContextId(parent - 1),
                   FunctionId(functions.Below(builder_.functions(), row)),
                   lines.Line(row), thread.Below(threads, row));
    if (context.row() != row) table.Fail("two equal contexts");
    tree.AddCalls(context, calls[row]);
  }
  ContextTree contexts = std::move(tree).Build();
  ReadSizes(contexts);
  contexts.self = table.GetCosts("self");
  for (size_t row = 0; row < table.rows(); ++row) {
    if (contexts.contexts[row].thread != thread[row]) {
      table.Fail("another thread than the parent's");
    }
  }
  return contexts;
}

void RecordingReader::ReadSizes(ContextTree& contexts) {
  const Table table = Get("sizes");
  const Numbers context = table.Get("context");
  const Numbers least = table.Get("least");
  const Numbers blocks = table.Get("blocks");
  ContextTreeBuilder unique(0);
  for (size_t row = 0; row < table.rows(); ++row) {
    if (least[row] < 0 || (least[row] & (least[row] - 1)) != 0) {
      table.Fail("a size that is no power of two");
    }
    unique.AddSizes({ContextId(context.Below(contexts.contexts.size(), row)),
                     least[row], blocks[row]});
  }
  contexts.sizes = std::move(unique).Build().sizes;
  if (contexts.sizes.size() != table.rows()) table.Fail("two equal sizes");
}

// Where the recording begins, in a file that is whole.
uint64_t CheckTrailer(std::string_view file) {
  const size_t end = file.size() - kTrailerBytes;
  uint64_t bytes;
  uint32_t checksum;
  std::memcpy(&bytes, file.data() + end, sizeof bytes);
  std::memcpy(&checksum, file.data() + file.size() - sizeof checksum,
              sizeof checksum);
  const std::string_view summed = file.substr(0, file.size() - sizeof checksum);
  if (checksum != crc32_z(0, reinterpret_cast<const Bytef*>(summed.data()),
                          summed.size())) {
    throw Error("its checksum is another", summed.size());
  }
  if (bytes > end) throw Error("it is longer than its file", end);
  return end - bytes;
}

}  // namespace

bool EndsAsRecording(std::string_view file) {
  constexpr size_t kBehind = sizeof(uint32_t);
  return file.size() >= kTrailerBytes &&
         file.substr(file.size() - kBehind - kMagic.size(), kMagic.size()) ==
             kMagic;
}

bool BeginsAsRecording(std::string_view rest) {
  constexpr std::string_view kBegin("{u\7\0\0\0prof2cg", 13);
  static_assert(kBegin.ends_with(recording::kVersionKey));
  return !rest.empty() && kBegin.starts_with(rest.substr(0, kBegin.size()));
}

Profile ReadRecording(std::string_view file) {
  const uint64_t begin = CheckTrailer(file);
  return PutTogether(
      TakeApart(file.substr(0, file.size() - kTrailerBytes), begin),
      InflatedLimit(file.size()));
}

Profile PutTogether(RecordingParts parts, size_t most_bytes) {
  return RecordingReader(std::move(parts), most_bytes).Read();
}

}  // namespace prof2cg
