#include "converter/writers/callgrind_names.h"

#include <algorithm>
#include <bit>

#include "absl/container/flat_hash_map.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// A hash of which that of glued texts follows from those of the texts: a
// polynomial over their bytes, modulo 2^64.
class GluedHash {
 public:
  void Add(std::string_view text) {
    constexpr uint64_t kBase = 0x9e3779b97f4a7c15;
    for (const char c : text) {
      hash_ = hash_ * kBase + static_cast<uint8_t>(c) + 1;
    }
  }
  uint64_t value() const { return hash_ ^ hash_ >> 29; }

 private:
  uint64_t hash_ = 0;
};

// Which keys stand in `keys` more than once, in order of their rows. Nearly all
// are unique, so a bit each, by part of the key, spares most of them the look-up.
std::vector<FunctionId> Repeated(const std::vector<uint64_t>& keys) {
  constexpr size_t kBitsPerKey = 16;
  const size_t bits = std::bit_ceil(kBitsPerKey * keys.size() + 1);
  std::vector<bool> met(bits);
  absl::flat_hash_map<uint64_t, size_t> suspects;  // key: how often it is there
  for (const uint64_t key : keys) {
    auto bit = met[key & (bits - 1)];
    if (bit) suspects.emplace(key, 0);
    bit = true;
  }
  if (suspects.empty()) return {};
  for (const uint64_t key : keys) {
    if (const auto it = suspects.find(key); it != suspects.end()) ++it->second;
  }
  std::vector<FunctionId> repeated;
  for (size_t f = 0; f < keys.size(); ++f) {
    const auto it = suspects.find(keys[f]);
    if (it != suspects.end() && it->second > 1) repeated.emplace_back(f);
  }
  return repeated;
}

}  // namespace

std::string CallgrindName(std::string_view text, std::string_view if_empty) {
  if (text.empty()) return std::string(if_empty);
  std::string name = Printable(text);
  if (name.front() == ' ') name.replace(0, 1, "\\x20");
  if (name.back() == ' ') name.replace(name.size() - 1, 1, "\\x20");
  return name;
}

CallgrindNames::CallgrindNames(const Profile& profile)
    : profile_(profile), details_(profile.functions.size(), kPlain) {
  std::vector<uint64_t> keys(details_.size());
  for (size_t f = 0; f < keys.size(); ++f) keys[f] = KeyHash(FunctionId(f));
  for (int more = kPlain; more < kNumber; ++more) {
    const std::vector<FunctionId> alike = Repeated(keys);
    if (alike.empty()) return;
    for (const FunctionId f : alike) {
      Detail& detail = details_[f.row()];
      detail = static_cast<Detail>(std::min(detail + 1, int{kNumber}));
      keys[f.row()] = KeyHash(f);
    }
  }
}

std::string CallgrindNames::Function(FunctionId function) const {
  const Detail detail = details_[function.row()];
  std::string name = CallgrindName(profile_.Name(function), "<unnamed>");
  if (detail >= kLine) {
    name += ':';
    name += std::to_string(profile_.functions[function.row()].line);
  }
  if (detail >= kPath) {
    name += " (" + CallgrindName(profile_.File(function), "~") + ")";
  }
  if (detail >= kNumber) name += " #" + std::to_string(function.row());
  return name;
}

uint64_t CallgrindNames::KeyHash(FunctionId function) const {
  const struct Function& f = profile_.functions[function.row()];
  GluedHash hash;
  const std::string_view name = profile_.strings[f.name];
  if (details_[function.row()] == kPlain && !name.empty() &&
      name.front() != ' ' && name.back() != ' ' && IsPrintable(name)) {
    hash.Add(name);
  } else {
    hash.Add(Function(function));
  }
  // What is escaped in these stays different, or close enough to be safe.
  hash.Add(BaseName(profile_.strings[f.file]));
  hash.Add(BaseName(profile_.strings[f.object]));
  return hash.value();
}

}  // namespace prof2cg
