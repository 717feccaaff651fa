#include "converter/writers/writer.h"

namespace prof2cg {

extern const Writer kCallgrind;
extern const Writer kCollapseWriter;
extern const Writer kDot;
extern const Writer kJsonWriter;
extern const Writer kMallocstk;
extern const Writer kPdf;
extern const Writer kPng;
extern const Writer kPprofWriter;
extern const Writer kPstatsWriter;
extern const Writer kSnapshotWriter;
extern const Writer kSpeedscopeWriter;
extern const Writer kSvg;
extern const Writer kText;

namespace {

constexpr const Writer* kWriters[] = {
    &kCallgrind,
    &kPstatsWriter,
    &kDot,
    &kSvg,
    &kPng,
    &kPdf,
    &kPprofWriter,
    &kCollapseWriter,
    &kSpeedscopeWriter,  // before JSON: .speedscope.json
    &kJsonWriter,
    &kText,
    &kMallocstk,
    &kSnapshotWriter,
};

}  // namespace

std::span<const Writer* const> Writers() { return kWriters; }

const Writer* FindWriter(std::string_view name) {
  for (const Writer* writer : kWriters) {
    if (writer->name == name) return writer;
  }
  return nullptr;
}

const Writer* FindWriterForFile(std::string_view path) {
  for (const Writer* writer : kWriters) {
    for (std::string_view rest = writer->extensions; !rest.empty();) {
      const size_t end = std::min(rest.find(' '), rest.size());
      if (path.ends_with(rest.substr(0, end))) return writer;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return nullptr;
}

}  // namespace prof2cg
