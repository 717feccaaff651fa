#include <cstdint>
#include <cstdio>
#include <string>

#include "converter/readers/reader.h"
#include "graph/error.h"

namespace prof2cg {

extern const Reader kPstats;

namespace {

constexpr size_t kHeadBytes = 4096;

constexpr const Reader* kReaders[] = {
    &kPstats,
};

// The first bytes as text where they are text, else in hexadecimal.
std::string Quote(std::string_view head) {
  head = head.substr(0, 16);
  constexpr std::string_view kBlanks = "\t\n\r", kEscapes = "tnr";
  bool is_text = true;
  std::string text, hex;
  for (const char c : head) {
    if (const size_t blank = kBlanks.find(c); blank != kBlanks.npos) {
      text += {'\\', kEscapes[blank]};
    } else {
      is_text &= c >= ' ' && c <= '~';
      text += c;
    }
    char byte[4];
    std::snprintf(byte, sizeof byte, "%02x ", static_cast<uint8_t>(c));
    hex += byte;
  }
  if (is_text) return '"' + text + '"';
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
