#include "converter/names/function_pattern.h"

#include <algorithm>
#include <charconv>

#include "converter/io/utf8.h"
#include "converter/names/plain_name.h"

namespace prof2cg {
namespace {

using Match = FunctionPattern::Match;

constexpr std::string_view kSpecial = "*?[";  // in globs

char ToLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

bool ContainsAnyCase(std::string_view text, std::string_view lower_part) {
  return std::search(
             text.begin(), text.end(), lower_part.begin(), lower_part.end(),
             [](char a, char b) { return ToLower(a) == b; }) != text.end();
}

// Whether `file` is `tail` or ends with it from a folder on.
bool EndsWithPath(std::string_view file, std::string_view tail) {
  if (!file.ends_with(tail)) return false;
  if (file.size() == tail.size()) return true;
  const char before = file[file.size() - tail.size() - 1];
  return before == '/' || before == '\\';
}

// Whether `tail` is what follows a dot or two colons in `name`.
bool EndsWithPart(std::string_view name, std::string_view tail) {
  if (tail.empty() || !name.ends_with(tail)) return false;
  name.remove_suffix(tail.size());
  return name.ends_with('.') || name.ends_with("::");
}

// Whether `file` is the Python module or package of that dotted name, from any
// folder of its path on.
bool IsModule(std::string_view file, std::string_view module) {
  constexpr std::string_view kSource = ".py";
  constexpr std::string_view kPackage = "/__init__";
  if (!file.ends_with(kSource)) return false;
  file.remove_suffix(kSource.size());
  if (file.ends_with(kPackage)) file.remove_suffix(kPackage.size());
  if (module.empty() || file.size() < module.size()) return false;
  const std::string_view tail = file.substr(file.size() - module.size());
  return EndsWithPath(file, tail) &&
         std::ranges::equal(tail, module, [](char in_path, char in_module) {
           return in_path == in_module || (in_path == '/' && in_module == '.');
         });
}

// Whether `text` is `name` behind the module that `file` is: json.loads.
bool IsOfModule(std::string_view text, std::string_view name,
                std::string_view file) {
  if (!EndsWithPart(text, name)) return false;
  text.remove_suffix(name.size());
  return text.ends_with('.') && IsModule(file, text.substr(0, text.size() - 1));
}

// Only built-ins have another name to match.
std::string PlainOfBuiltIn(std::string_view name) {
  const bool is_built_in = name.starts_with('<') && name.ends_with('>');
  return is_built_in ? PlainName(name) : std::string();
}

// Where the set that starts at `glob[open]`, a '[', is closed; npos: it is not.
// A ']' that stands first belongs to the set.
size_t EndOfSet(std::string_view glob, size_t open) {
  size_t first = open + 1;
  if (first < glob.size() && glob[first] == '!') ++first;
  return first < glob.size() ? glob.find(']', first + 1) : glob.npos;
}

// Whether `c` is in `set`: the text between '[' and ']'.
bool IsInSet(uint32_t c, std::string_view set) {
  const bool is_negated = set.starts_with('!');
  bool found = false;
  for (size_t i = is_negated; i < set.size();) {
    const CodePoint first = DecodeWtf8(set, i);
    i += first.bytes;
    uint32_t last = first.value;
    if (i + 1 < set.size() && set[i] == '-') {
      const CodePoint end = DecodeWtf8(set, i + 1);
      last = end.value;
      i += 1 + end.bytes;
    }
    found |= first.value <= c && c <= last;
  }
  return found != is_negated;
}

}  // namespace

bool MatchesGlob(std::string_view text, std::string_view glob) {
  size_t t = 0;
  size_t g = 0;
  // Where to resume when what follows the last '*' does not match.
  size_t star = glob.npos;
  size_t star_text = 0;
  while (t < text.size()) {
    const CodePoint c = DecodeWtf8(text, t);
    if (g < glob.size() && glob[g] == '*') {
      star = ++g;
      star_text = t;
      continue;
    }
    if (g < glob.size()) {
      const size_t end = glob[g] == '[' ? EndOfSet(glob, g) : glob.npos;
      const CodePoint expected = DecodeWtf8(glob, g);
      const bool matches =
          end != glob.npos ? IsInSet(c.value, glob.substr(g + 1, end - g - 1))
                           : glob[g] == '?' || expected.value == c.value;
      if (matches) {
        t += c.bytes;
        g = end != glob.npos ? end + 1 : g + expected.bytes;
        continue;
      }
    }
    if (star == glob.npos) return false;
    g = star;
    star_text += DecodeWtf8(text, star_text).bytes;
    if (g < glob.size() && kSpecial.find(glob[g]) == kSpecial.npos) {
      // On to where the character that must come next may start.
      star_text = std::min(text.find(glob[g], star_text), text.size());
    }
    t = star_text;
  }
  return glob.find_first_not_of('*', g) == glob.npos;
}

FunctionPattern::FunctionPattern(std::string_view text)
    : text_(IsWtf8(text) ? std::string(text) : Latin1ToUtf8(text)),
      folder_glob_("*/" + text_),
      lower_(text_),
      place_(ParsePlace(text_)),
      is_glob_(text_.find_first_of(kSpecial) != text_.npos),
      may_span_(text_.find_first_of(":(){}") != text_.npos) {
  std::ranges::transform(lower_, lower_.begin(), ToLower);
}

Match FunctionPattern::Matches(const Profile& profile, FunctionId function,
                               Match widest) {
  const std::string_view name = profile.Name(function);
  const std::string_view file = profile.File(function);
  const uint32_t line = profile.functions[function.row()].line;
  if (!profile.separation) {
    return Matches({name, PlainOfBuiltIn(name)}, file, line, widest);
  }
  const std::string_view base = profile.strings[profile.Base(function).name];
  const Match of_base =
      Matches({base, PlainOfBuiltIn(base)}, file, line, widest);
  const Named whole{name, PlainName(profile, function), false};
  return std::min(of_base, Matches(whole, file, line, widest));
}

Match FunctionPattern::Matches(const Named& named, std::string_view file,
                               uint32_t line, Match widest) {
  const auto& [name, plain, has_parts] = named;
  const bool has_plain = !plain.empty();
  if (IsExact(name, plain, file, line) ||
      (has_parts && EndsWithPart(has_plain ? plain : name, text_))) {
    return Match::kExact;
  }
  if (widest == Match::kExact) return Match::kNone;

  const bool spans = may_span_ && (is_glob_ || widest >= Match::kPlace);
  const std::string_view both =
      spans ? Describe(name, file, line) : std::string_view();
  const auto matches_place = [&](std::string_view place) {
    return MatchesGlob(place, text_) ||
           (!text_.starts_with('*') && MatchesGlob(place, folder_glob_));
  };
  if (is_glob_ &&
      (MatchesGlob(name, text_) || (has_plain && MatchesGlob(plain, text_)) ||
       matches_place(file) || (spans && matches_place(both)))) {
    return Match::kGlob;
  }
  if (widest == Match::kGlob) return Match::kNone;
  if (Contains(name, text_) || Contains(plain, text_)) return Match::kName;
  if (widest == Match::kName) return Match::kNone;
  if (Contains(file, text_) || (spans && Contains(both, text_))) {
    return Match::kPlace;
  }
  if (widest == Match::kPlace) return Match::kNone;
  return ContainsAnyCase(name, lower_) || ContainsAnyCase(file, lower_)
             ? Match::kAnyCase
             : Match::kNone;
}

std::vector<FunctionId> FunctionPattern::Find(const Profile& profile) {
  std::vector<FunctionId> found;
  Match narrowest = Match::kPlace;
  const auto look = [&] {
    for (size_t row = 0; row < profile.functions.size(); ++row) {
      const FunctionId function(row);
      const Match match = Matches(profile, function, narrowest);
      if (match > narrowest) continue;
      if (match < narrowest) found.clear();
      narrowest = match;
      found.push_back(function);
    }
  };
  look();
  if (!found.empty()) return found;
  narrowest = Match::kAnyCase;
  look();
  return found;
}

size_t FunctionPattern::CountOtherParts(const Profile& profile) {
  size_t parts = 0;
  bool has_narrower = false;
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    const Match match = Matches(profile, FunctionId(row), Match::kName);
    parts += match == Match::kName;
    has_narrower |= match < Match::kName;
  }
  return has_narrower ? parts : 0;
}

std::vector<FunctionId> FunctionPattern::Filter(const Profile& profile) {
  std::vector<FunctionId> found;
  for (const Match widest : {Match::kPlace, Match::kAnyCase}) {
    for (size_t row = 0; row < profile.functions.size(); ++row) {
      const FunctionId function(row);
      if (Matches(profile, function, widest) <= widest) {
        found.push_back(function);
      }
    }
    if (!found.empty()) break;
  }
  return found;
}

std::optional<FunctionPattern::Place> FunctionPattern::ParsePlace(
    std::string_view text) {
  // A Windows path has a colon of its own.
  for (size_t colon = text.find(':'); colon != text.npos;
       colon = text.find(':', colon + 1)) {
    Place place{text.substr(0, colon), 0, std::nullopt};
    const char* const digits = text.data() + colon + 1;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(digits, end, place.line);
    if (error != std::errc()) continue;
    if (rest == end) return place;
    if (*rest != '(' || !text.ends_with(')')) continue;
    place.name = std::string_view(rest + 1, end - 1);
    return place;
  }
  return std::nullopt;
}

bool FunctionPattern::IsExact(std::string_view name, std::string_view plain,
                              std::string_view file, uint32_t line) const {
  if (name == text_ || (!plain.empty() && plain == text_)) return true;
  if (IsOfModule(text_, name, file)) return true;
  if (place_) {
    return line == place_->line && (!place_->name || name == *place_->name) &&
           EndsWithPath(file, place_->file);
  }
  // pstats shows <…> of no file as {…}.
  return file == kBuiltInFile && text_.starts_with('{') &&
         text_.ends_with('}') && name.size() == text_.size() &&
         name.substr(1, name.size() - 2) ==
             std::string_view(text_).substr(1, text_.size() - 2);
}

std::string_view FunctionPattern::Describe(std::string_view name,
                                           std::string_view file,
                                           uint32_t line) {
  scratch_.clear();
  if (file == kBuiltInFile && line == 0 && name.size() >= 2 &&
      name.starts_with('<') && name.ends_with('>')) {
    scratch_ += '{';
    scratch_ += name.substr(1, name.size() - 2);
    scratch_ += '}';
    return scratch_;
  }
  scratch_ += file;
  scratch_ += ':';
  scratch_ += std::to_string(line);
  scratch_ += '(';
  scratch_ += name;
  scratch_ += ')';
  return scratch_;
}

}  // namespace prof2cg
