#include "converter/writers/callgrind_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// KCachegrind takes this for an empty name.
std::string_view Shown(std::string_view text) {
  return text == "???" ? "" : text;
}

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Of a polynomial modulo 2^64 the low bits know little of the text.
uint64_t Mix(GluedHash hash) { return hash.value ^ hash.value >> 29; }

// Which keys stand in `keys` more than once, in order of their rows. Nearly all
// are unique, and a bit for each part of the keys shows it.
std::vector<FunctionId> Repeated(const std::vector<uint64_t>& keys) {
  constexpr size_t kBitsPerKey = 16;
  const size_t bits = std::bit_ceil(kBitsPerKey * keys.size() + 1);
  std::vector<bool> met(bits);
  std::vector<bool> met_again(bits);
  for (const uint64_t key : keys) {
    const size_t bit = key & (bits - 1);
    if (met[bit]) met_again[bit] = true;
    met[bit] = true;
  }
  std::vector<std::pair<uint64_t, FunctionId>> suspects;
  for (size_t f = 0; f < keys.size(); ++f) {
    if (met_again[keys[f] & (bits - 1)]) suspects.emplace_back(keys[f], f);
  }
  std::ranges::sort(suspects);
  std::vector<FunctionId> repeated;
  for (size_t i = 0; i < suspects.size(); ++i) {
    const auto is_like = [&](size_t other) {
      return other < suspects.size() &&
             suspects[other].first == suspects[i].first;
    };
    if (is_like(i - 1) || is_like(i + 1)) {
      repeated.push_back(suspects[i].second);
    }
  }
  std::ranges::sort(repeated);
  return repeated;
}

// Unicode's blanks but for those that are never printable. KCachegrind drops
// them behind an id.
bool IsBlank(uint32_t c) {
  return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

// Whether CallgrindName leaves the text as it is.
bool IsPlain(std::string_view text) {
  return !text.empty() && !IsBlank(DecodeWtf8(text, 0).value) &&
         text.back() != ' ' && IsPrintable(text);
}

}  // namespace

std::string CallgrindName(std::string_view text, std::string_view if_empty) {
  if (text.empty()) return std::string(if_empty);
  std::string name = Printable(text);
  if (const CodePoint first = DecodeWtf8(name, 0); IsBlank(first.value)) {
    name.replace(0, first.bytes, Escape(first.value));
  }
  if (name.back() == ' ') name.replace(name.size() - 1, 1, Escape(' '));
  return name;
}

GluedHash GluedHash::Of(std::string_view text) {
  // Powers of the base, which is odd, so that none of them is 0.
  constexpr size_t kStep = 8;
  static constexpr auto kPowers = [] {
    std::array<uint64_t, kStep + 1> powers{1};
    for (size_t i = 1; i < powers.size(); ++i) {
      powers[i] = powers[i - 1] * 0x9e3779b97f4a7c15;
    }
    return powers;
  }();
  const auto digit = [](char c) {
    return uint64_t{static_cast<uint8_t>(c)} + 1;
  };
  GluedHash hash{0, 1};
  // Several bytes at once, whose products need not wait for each other.
  for (; text.size() >= kStep; text.remove_prefix(kStep)) {
    hash.value *= kPowers[kStep];
    for (size_t i = 0; i < kStep; ++i) {
      hash.value += digit(text[i]) * kPowers[kStep - 1 - i];
    }
    hash.power *= kPowers[kStep];
  }
  for (const char c : text) {
    hash.value = hash.value * kPowers[1] + digit(c);
    hash.power *= kPowers[1];
  }
  return hash;
}

CallgrindNames::CallgrindNames(const Profile& profile)
    : profile_(profile),
      details_(profile.functions.size(), kPlain),
      file_bases_(profile.strings.size()),
      object_bases_(profile.strings.size()) {
  std::vector<uint64_t> keys(details_.size());
  for (size_t f = 0; f < keys.size(); ++f) keys[f] = Key(FunctionId(f));
  keys.push_back(Mix(GluedHash::Of(kOutsideName) + GluedHash::Of(kOutsideFile) +
                     GluedHash::Of(kOutsideObject)));
  while (TellApart(Repeated(keys), keys)) {
  }
}

bool CallgrindNames::TellApart(const std::vector<FunctionId>& alike,
                               std::vector<uint64_t>& keys) {
  bool has_changed = false;
  for (const FunctionId f : alike) {
    if (f.row() == details_.size() || details_[f.row()] == kNumber) continue;
    details_[f.row()] = static_cast<Detail>(details_[f.row()] + 1);
    keys[f.row()] = Key(f);
    has_changed = true;
  }
  return has_changed;
}

std::string_view CallgrindNames::Of(FunctionId function,
                                    std::string& scratch) const {
  const std::string_view name = profile_.Name(function);
  if (details_[function.row()] == kPlain && IsPlain(name)) return name;
  return scratch = Name(function);
}

std::string CallgrindNames::Name(FunctionId function) const {
  const Detail detail = details_[function.row()];
  std::string name = CallgrindName(profile_.Name(function), kNoName);
  if (detail >= kLine) {
    name += ':';
    name += std::to_string(profile_.functions[function.row()].line);
  }
  if (detail >= kPath) {
    name += " (" + CallgrindName(profile_.File(function), kNoFile) + ")";
  }
  if (detail >= kNumber) {
    name.insert(0, "#" + std::to_string(function.row()) + " ");
  }
  return name;
}

uint64_t CallgrindNames::Key(FunctionId function) {
  const Function& f = profile_.functions[function.row()];
  std::string scratch;
  return Mix(GluedHash::Of(Shown(Of(function, scratch))) +
             Base(f.file, kNoFile, file_bases_) +
             Base(f.object, kNoObject, object_bases_));
}

GluedHash CallgrindNames::Base(StringId text, std::string_view if_empty,
                               std::vector<GluedHash>& bases) const {
  GluedHash& base = bases[text.row()];
  if (base.power == 0) {
    const std::string name = CallgrindName(profile_.strings[text], if_empty);
    base = GluedHash::Of(BaseName(Shown(name)));
  }
  return base;
}

}  // namespace prof2cg
