#include "converter/writers/recording.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/column.h"
#include "converter/io/model_words.h"
#include "converter/io/parts.h"
#include "converter/io/recording_format.h"
#include "converter/io/utf8.h"
#include "converter/writers/marshal_out.h"

namespace prof2cg {
namespace {

// The texts of the tables, numbered as they come first.
class Texts {
 public:
  explicit Texts(const StringTable& strings)
      : strings_(strings), rows_(strings.size(), kNone) {}

  void Add(StringId id) {
    uint32_t& row = rows_[id.row()];
    if (row != kNone) return;
    row = static_cast<uint32_t>(sizes_.size());
    sizes_.push_back(static_cast<int64_t>(strings_[id].size()));
    bytes_ += strings_[id];
  }

  uint32_t Row(StringId id) const { return rows_[id.row()]; }
  const std::vector<int64_t>& sizes() const { return sizes_; }
  std::string_view bytes() const { return bytes_; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  const StringTable& strings_;
  std::vector<uint32_t> rows_;  // per string
  std::vector<int64_t> sizes_;
  std::string bytes_;
};

class RecordingWriter {
 public:
  RecordingWriter(const Profile& profile, bool is_folded)
      : profile_(profile), is_folded_(is_folded), texts_(profile.strings) {}

  void Write(TextSink& out) {
    Plan();
    WriteParts(parts_.size(), out, [&](size_t part, TextSink& sink) {
      MarshalOut object(sink);
      parts_[part](object);
    });
  }

 private:
  using Part = std::function<void(MarshalOut&)>;

  void Plan();
  void WriteFacts(MarshalOut& out) const;
  void WriteEvents(MarshalOut& out) const;
  void WriteProvenance(MarshalOut& out) const;
  void AddTexts();
  void AddFunctions();
  void AddCalls();
  void AddContexts();
  void AddSizes();

  void Begin(std::string_view table, size_t rows) {
    parts_.push_back([=](MarshalOut& out) {
      out.Text(table);
      out.BeginDict();
      out.Text("rows");
      out.Int(static_cast<int64_t>(rows));
    });
  }
  void End() {
    parts_.push_back([](MarshalOut& out) { out.EndDict(); });
  }

  // A column of get(row).
  template <class Get>
  static void WriteColumn(size_t rows, Get get, MarshalOut& out) {
    std::vector<int64_t> numbers(rows);
    for (size_t row = 0; row < rows; ++row) numbers[row] = get(row);
    WritePacked(PackColumn(numbers), out);
  }
  static void WritePacked(const PackedColumn& column, MarshalOut& out) {
    out.BeginTuple(2);
    out.Text(column.type.name);
    out.Bytes(column.bytes);
  }
  // Of a member of each row.
  template <class Row, class Get>
  void AddColumn(std::string_view name, const std::vector<Row>& rows, Get get) {
    parts_.push_back([=, &rows](MarshalOut& out) {
      out.Text(name);
      WriteColumn(
          rows.size(),
          [&](size_t row) {
            return static_cast<int64_t>(std::invoke(get, rows[row]));
          },
          out);
    });
  }
  // Nothing where no row has one.
  void AddMarks(const std::vector<bool>& estimated) {
    if (estimated.empty()) return;
    AddColumn("estimated", estimated, [](bool is) { return is; });
  }
  void AddCosts(std::string_view name, const CostTable& costs) {
    for (size_t e = 0; e < costs.events(); ++e) {
      parts_.push_back([=, &costs](MarshalOut& out) {
        if (e == 0) {
          out.Text(name);
          out.BeginTuple(costs.events());
        }
        WriteColumn(
            costs.rows(), [&](size_t row) { return costs[row][e]; }, out);
      });
    }
  }

  const Profile& profile_;
  const bool is_folded_;
  Texts texts_;
  std::vector<Part> parts_;
};

void RecordingWriter::Plan() {
  for (const Function& f : profile_.functions) {
    for (const StringId text : {f.name, f.file, f.object}) texts_.Add(text);
  }
  parts_.push_back([this](MarshalOut& out) {
    out.BeginDict();
    WriteFacts(out);
    WriteEvents(out);
    WriteProvenance(out);
  });
  AddTexts();
  AddFunctions();
  if (!is_folded_) AddCalls();
  if (profile_.contexts) AddContexts();
  parts_.push_back([](MarshalOut& out) { out.EndDict(); });
}

// Bytes where it is no text.
void WriteText(std::string_view text, MarshalOut& out) {
  IsWtf8(text) ? out.Text(text) : out.Bytes(text);
}

void RecordingWriter::WriteFacts(MarshalOut& out) const {
  out.Text(recording::kVersionKey);
  out.Int(recording::kVersion);
  out.Text("naming");
  out.Text(words::kNamings[static_cast<size_t>(profile_.naming)]);
  if (profile_.share_by != Profile().share_by) {
    out.Text("shares");
    out.Text(words::kShareBys[static_cast<size_t>(profile_.share_by)]);
  }
  out.Text("traced");
  out.Bool(profile_.is_traced);
  out.Text("command");
  WriteText(profile_.command, out);
  out.Text("facts");
  out.BeginTuple(profile_.facts.size());
  for (const Fact& fact : profile_.facts) {
    out.BeginTuple(2);
    WriteText(fact.name, out);
    WriteText(fact.value, out);
  }
  out.Text("threads");
  out.BeginTuple(profile_.threads.size());
  for (const StringId name : profile_.threads)
    WriteText(profile_.strings[name], out);
}

void RecordingWriter::WriteEvents(MarshalOut& out) const {
  out.Text("events");
  out.BeginTuple(profile_.events.size());
  for (const Event& event : profile_.events) {
    out.BeginTuple(4);
    WriteText(event.name, out);
    WriteText(event.long_name, out);
    out.Text(words::kUnits[static_cast<size_t>(event.unit)]);
    out.Text(words::kKinds[static_cast<size_t>(event.kind)]);
  }
}

void RecordingWriter::WriteProvenance(MarshalOut& out) const {
  const Provenance& provenance = profile_.provenance;
  std::string letters;
  const auto add = [&](Origin origin) {
    letters += words::kOrigins[static_cast<size_t>(origin)];
  };
  add(provenance.counts);
  add(provenance.call_counts);
  for (const Provenance::Columns& columns : provenance.events) {
    add(columns.self);
    add(columns.inclusive);
    add(columns.call_inclusive);
    add(columns.call_self);
  }
  out.Text("origins");
  out.Text(letters);
  out.Text("lost");
  out.Int(provenance.lost);
  out.Text("oddities");
  out.BeginTuple(provenance.oddities.size());
  for (const Oddity& oddity : provenance.oddities) {
    out.BeginTuple(3);
    WriteText(oddity.one, out);
    WriteText(oddity.many, out);
    out.Int(oddity.count);
  }
  out.Text("complete");
  out.Bool(provenance.is_complete);
  out.Text("folded");
  out.Bool(is_folded_);
}

void RecordingWriter::AddTexts() {
  Begin("texts", texts_.sizes().size());
  AddColumn("size", texts_.sizes(), std::identity());
  parts_.push_back([this](MarshalOut& out) {
    out.Text("bytes");
    WritePacked(PackBytes(texts_.bytes()), out);
  });
  End();
}

void RecordingWriter::AddFunctions() {
  const FunctionTable& functions = profile_.functions;
  const auto row_of = [this](StringId Function::*text) {
    return [=, this](const Function& f) { return texts_.Row(f.*text); };
  };
  Begin("functions", functions.size());
  AddColumn("name", functions, row_of(&Function::name));
  AddColumn("file", functions, row_of(&Function::file));
  AddColumn("object", functions, row_of(&Function::object));
  AddColumn("line", functions, &Function::line);
  AddColumn("total", profile_.graph.counts, &CallCounts::total);
  AddColumn("primitive", profile_.graph.counts, &CallCounts::primitive);
  if (!is_folded_) {
    AddCosts("self", profile_.graph.self);
    AddCosts("inclusive", profile_.graph.inclusive);
  }
  AddMarks(profile_.provenance.estimated_functions);
  End();
}

void RecordingWriter::AddCalls() {
  const CallGraph& graph = profile_.graph;
  Begin("calls", graph.calls.size());
  AddColumn("caller", graph.calls,
            [](const Call& c) { return c.caller.row(); });
  AddColumn("callee", graph.calls,
            [](const Call& c) { return c.callee.row(); });
  AddColumn("line", graph.calls, &Call::line);
  AddColumn("total", graph.calls,
            [](const Call& call) { return call.counts.total; });
  AddColumn("primitive", graph.calls,
            [](const Call& call) { return call.counts.primitive; });
  AddCosts("inclusive", graph.call_inclusive);
  if (graph.call_self.rows() == graph.calls.size()) {
    AddCosts("self", graph.call_self);
  }
  AddMarks(profile_.provenance.estimated_calls);
  End();
}

void RecordingWriter::AddContexts() {
  const std::vector<Context>& contexts = profile_.contexts->contexts;
  Begin("contexts", contexts.size());
  AddColumn("parent", contexts, [](const Context& context) {
    return context.parent.is_valid() ? int64_t{context.parent.row()} + 1 : 0;
  });
  AddColumn("function", contexts,
            [](const Context& context) { return context.function.row(); });
  AddColumn("line", contexts, &Context::line);
  AddColumn("calls", contexts, &Context::calls);
  AddColumn("thread", contexts, &Context::thread);
  AddCosts("self", profile_.contexts->self);
  End();
  AddSizes();
}

void RecordingWriter::AddSizes() {
  const std::vector<SizeCount>& sizes = profile_.contexts->sizes;
  Begin("sizes", sizes.size());
  AddColumn("context", sizes,
            [](const SizeCount& size) { return size.context.row(); });
  AddColumn("least", sizes, &SizeCount::least);
  AddColumn("blocks", sizes, &SizeCount::blocks);
  End();
}

}  // namespace

void WriteRecording(const Profile& profile, bool is_folded, TextSink& out) {
  RecordingWriter(profile, is_folded).Write(out);
}

}  // namespace prof2cg
