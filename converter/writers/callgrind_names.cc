#include "converter/writers/callgrind_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "converter/io/callgrind_notes.h"
#include "converter/writers/callgrind_line_text.h"

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

// The rows of keys that stand in `keys` more than once, in order. Nearly all
// are unique, and a bit for each part of the keys shows it.
std::vector<size_t> Repeated(const std::vector<uint64_t>& keys) {
  constexpr size_t kBitsPerKey = 16, kBitsPerWord = 64;
  const size_t bits = std::bit_ceil(kBitsPerKey * keys.size() + kBitsPerWord);
  std::vector<uint64_t> met(bits / kBitsPerWord);
  std::vector<uint64_t> met_again(bits / kBitsPerWord);
  const auto word = [&](uint64_t key) {
    return (key & (bits - 1)) / kBitsPerWord;
  };
  const auto bit = [](uint64_t key) {
    return uint64_t{1} << key % kBitsPerWord;
  };
  for (const uint64_t key : keys) {
    met_again[word(key)] |= met[word(key)] & bit(key);
    met[word(key)] |= bit(key);
  }
  std::vector<std::pair<uint64_t, size_t>> suspects;
  for (size_t f = 0; f < keys.size(); ++f) {
    if ((met_again[word(keys[f])] & bit(keys[f])) != 0) {
      suspects.emplace_back(keys[f], f);
    }
  }
  std::ranges::sort(suspects);
  std::vector<size_t> repeated;
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

}  // namespace

GluedHash GluedHash::Of(std::string_view text) {
  constexpr size_t kStep = 8;
  // Of the base, which is odd, so that none is 0.
  static constexpr auto kPowers = [] {
    std::array<uint64_t, kStep + 1> powers{1};
    for (size_t i = 1; i < powers.size(); ++i) {
      powers[i] = powers[i - 1] * 0x9e3779b97f4a7c15;
    }
    return powers;
  }();
  // Independent products, which need not wait for each other.
  const auto polynomial = [&](const char* bytes, size_t size) {
    uint64_t sum = 0;
#pragma GCC unroll 8
    for (size_t i = 0; i < size; ++i) {
      // A digit is never 0: else zeros in front would be nothing.
      const uint64_t digit = uint64_t{static_cast<uint8_t>(bytes[i])} + 1;
      sum += digit * kPowers[size - 1 - i];
    }
    return sum;
  };
  GluedHash hash{0, 1};
  for (; text.size() >= kStep; text.remove_prefix(kStep)) {
    hash.value = hash.value * kPowers[kStep] + polynomial(text.data(), kStep);
    hash.power *= kPowers[kStep];
  }
  const size_t rest = text.size();
  hash.value = hash.value * kPowers[rest] + polynomial(text.data(), rest);
  hash.power *= kPowers[rest];
  return hash;
}

namespace {

// How much a name says beyond the function's own.
enum Detail : uint8_t { kPlain, kLine, kPath, kNumber };

std::string DetailedName(const Profile& profile, FunctionId function,
                         Detail detail) {
  std::string name = CallgrindName(profile.Name(function), kNoName);
  if (detail >= kLine) {
    name += ':';
    name += std::to_string(profile.functions[function.row()].line);
  }
  if (detail >= kPath) {
    name += " (" + CallgrindName(profile.File(function), kNoFile) + ")";
  }
  if (detail >= kNumber) {
    name.insert(0, "#" + std::to_string(function.row()) + " ");
  }
  return name;
}

// Per id: what KCachegrind knows the file or object by, hashed.
std::vector<GluedHash> BaseNames(const CallgrindTexts& texts) {
  std::vector<GluedHash> bases(texts.texts.size());
  for (size_t id = kOutsideId + 1; id < bases.size(); ++id) {
    bases[id] = GluedHash::Of(BaseName(Shown(texts.texts[id].name)));
  }
  return bases;
}

}  // namespace

CallgrindNames::CallgrindNames(const Profile& profile,
                               const CallgrindTexts& files,
                               const CallgrindTexts& objects)
    : provenance_(profile.provenance) {
  const std::vector<GluedHash> file_bases = BaseNames(files);
  const std::vector<GluedHash> object_bases = BaseNames(objects);
  const GluedHash mark = GluedHash::Of(callgrind::kMark);
  const auto key = [&](size_t row, GluedHash name) {
    if (HasMark(FunctionId(row))) {
      name = name + mark;
    } else if (Shown(names_[row]).empty()) {
      name = GluedHash::Of("");
    }
    return Mix(name + file_bases[files.ids[row]] +
               object_bases[objects.ids[row]]);
  };
  const size_t functions = profile.functions.size();
  std::vector<size_t> changed;  // rows, some of them twice
  std::vector<uint64_t> keys;
  keys.reserve(functions + 1);
  names_.reserve(functions);
  // Per text, if it was met and is a name as it stands. Many functions share
  // one.
  std::vector<GluedHash> hashes(profile.strings.size());
  for (size_t row = 0; row < functions; ++row) {
    const FunctionId f(row);
    const StringId text = profile.functions[row].name;
    const std::string_view name = profile.strings[text];
    GluedHash& hash = hashes[text.row()];
    if (hash.power == 0 && IsCallgrindName(name)) hash = GluedHash::Of(name);
    if (HasMark(f)) with_mark_.push_back(f);
    if (hash.power != 0) {
      names_.push_back(name);
      keys.push_back(key(row, hash));
    } else {
      changed.push_back(row);
      names_.push_back(made_.emplace_back(DetailedName(profile, f, kPlain)));
      keys.push_back(key(row, GluedHash::Of(names_.back())));
    }
  }
  keys.push_back(Mix(GluedHash::Of(callgrind::kOutsideName) +
                     GluedHash::Of(callgrind::kOutsideFile) +
                     GluedHash::Of(callgrind::kOutsideObject)));

  // Names that are alike say more, until none is or they say all they can.
  std::vector<Detail> details(functions, kPlain);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (const size_t row : Repeated(keys)) {
      if (row == functions || details[row] == kNumber) continue;
      if (details[row] == kPlain) changed.push_back(row);
      details[row] = static_cast<Detail>(details[row] + 1);
      names_[row] = made_.emplace_back(
          DetailedName(profile, FunctionId(row), details[row]));
      keys[row] = key(row, GluedHash::Of(names_[row]));
      has_changed = true;
    }
  }
  std::ranges::sort(changed);
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  for (const size_t row : changed) {
    const FunctionId f(row);
    if (details[row] > kLine || !IsCallgrindName(profile.Name(f))) {
      changed_.push_back(f);
    } else if (details[row] == kLine) {
      with_line_.push_back(f);
    }
  }
}

}  // namespace prof2cg
