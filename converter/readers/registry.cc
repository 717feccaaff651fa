#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>

#include "converter/io/utf8.h"
#include "converter/readers/reader.h"
#include "graph/error.h"

namespace prof2cg {

extern const Reader kCallgrindReader;
extern const Reader kPprofReader;
extern const Reader kPstats;
extern const Reader kJson;
extern const Reader kDtrace;
extern const Reader kPerf;
extern const Reader kGprof;
extern const Reader kAxe;
extern const Reader kHprof;
extern const Reader kCollapse;
extern const Reader kSnapshotReader;
extern const Reader kSpeedscope;
extern const Reader kSleepy;
extern const Reader kSysprof;
extern const Reader kXperf;

namespace {

constexpr const Reader* kReaders[] = {
    &kPstats,
    &kPprofReader,
    &kSleepy,
    &kSnapshotReader,
    &kCallgrindReader,
    &kJson,
    &kSpeedscope,
    &kGprof,
    &kAxe,
    &kHprof,
    &kPerf,
    &kDtrace,
    &kSysprof,
    &kXperf,
    &kCollapse,
};

// The first bytes as text where they are text, else in hexadecimal.
std::string Quote(std::string_view head) {
  head = head.substr(0, 16);
  const bool is_text = std::ranges::all_of(head, [](char c) {
    return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r';
  });
  if (is_text) return '"' + Printable(head) + '"';
  std::string hex;
  for (const char c : head) {
    char byte[4];
    std::snprintf(byte, sizeof byte, "%02x ", static_cast<uint8_t>(c));
    hex += byte;
  }
  hex.pop_back();
  return hex;
}

}  // namespace

std::span<const Reader* const> Readers() { return kReaders; }

const Reader* FindReader(std::string_view name) {
  for (const Reader* reader : kReaders) {
    if (reader->name == name) return reader;
  }
  return nullptr;
}

const Reader& DetectReader(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHeadBytes);
  for (const Reader* reader : kReaders) {
    if (reader->sniff(head)) return *reader;
  }
  if (head.empty()) throw Error("is empty");
  throw Error("not a profile that I know: it starts with " + Quote(head), 0);
}

}  // namespace prof2cg
