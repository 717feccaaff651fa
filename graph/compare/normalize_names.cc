#include "graph/compare/normalize_names.h"

#include <cstddef>
#include <regex>
#include <utility>

#include "graph/compare/normalize_path.h"
#include "graph/error.h"
#include "graph/function_table.h"
#include "graph/passes/merge.h"

namespace prof2cg {
namespace {

constexpr size_t kLongestPath = 4096;  // PATH_MAX of Linux

// What stands before the next `delimiter`, which is taken too; false: there is
// none.
bool TakePart(char delimiter, std::string_view& text, std::string& part) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == delimiter) {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\' && i + 1 < text.size()) {
      if (text[++i] != delimiter) part += '\\';
    }
    part += text[i];
  }
  return false;
}

// With __polynomial, libstdc++ follows all ways to match at once, instead of
// one after the other and each to its end by recursion: no rule takes for ever,
// and no path overflows the stack.
class CompiledRule {
 public:
  explicit CompiledRule(const PathRule& rule) : to_(rule.to) {
    try {
      from_.assign(rule.from, std::regex_constants::ECMAScript |
                                  std::regex_constants::__polynomial);
    } catch (const std::regex_error& error) {
      throw Error("\"" + rule.from +
                  "\" is no regular expression for paths: " + error.what());
    }
  }

  std::string Apply(std::string path) const {
    if (path.size() > kLongestPath) return path;
    return std::regex_replace(path, from_, to_);
  }

 private:
  std::regex from_;
  std::string to_;
};

// Without " at 0x7f2a", wherever it stands.
std::string WithoutAddresses(std::string_view name) {
  constexpr std::string_view kAddress = " at 0x";
  constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  std::string rest;
  size_t done = 0;
  for (size_t at = 0; (at = name.find(kAddress, at)) != name.npos;) {
    const size_t digits = at + kAddress.size();
    const size_t end =
        std::min(name.find_first_not_of(kDigits, digits), name.size());
    if (end != digits) {
      rest += name.substr(done, at - done);
      done = end;
    }
    at = end;
  }
  return rest += name.substr(done);
}

// Gives every function what `change` makes of its text, which is asked once for
// each; tells if any is another.
template <class Change>
bool ChangeTexts(Profile& profile, StringId Function::*text, Change change) {
  std::vector<StringId> changed(profile.strings.size());
  bool has_changed = false;
  for (Function& function : profile.functions) {
    const StringId before = function.*text;
    StringId& after = changed[before.row()];
    if (!after.is_valid()) {
      after = profile.strings.Intern(change(profile.strings[before]));
    }
    has_changed |= after != before;
    function.*text = after;
  }
  return has_changed;
}

bool IsFile(std::string_view file) {
  return !file.empty() && file != kBuiltInFile;
}

// Merging even one profile puts functions that are equal together.
Profile JoinEqualFunctions(const Profile& profile) {
  Merger merger;
  merger.Add(profile);
  return std::move(merger).Merge();
}

}  // namespace

PathRule ParsePathRule(std::string_view text) {
  PathRule rule;
  std::string_view rest = text;
  const auto take = [&](std::string& part) {
    return TakePart(text[1], rest, part);
  };
  const bool begins = text.size() > 1 && text[0] == 's' && text[1] != '\\';
  if (begins) rest.remove_prefix(2);
  if (!begins || !take(rule.from) || !take(rule.to) || !rest.empty() ||
      rule.from.empty()) {
    throw Error("expected s/FROM/TO/, found \"" + std::string(text) + "\"");
  }
  CompiledRule check(rule);
  return rule;
}

Profile NormalizeNames(Profile profile, const std::vector<PathRule>& rules) {
  const std::vector<CompiledRule> compiled(rules.begin(), rules.end());
  bool has_changed = ChangeTexts(profile, &Function::name, WithoutAddresses);
  has_changed |=
      ChangeTexts(profile, &Function::file, [&](std::string_view file) {
        std::string path(file);
        if (!IsFile(file)) return path;
        for (const CompiledRule& rule : compiled) {
          path = rule.Apply(std::move(path));
        }
        return NormalizePath(path);
      });
  return has_changed ? JoinEqualFunctions(profile) : std::move(profile);
}

Profile DropPrefix(Profile profile, std::string_view prefix) {
  const bool has_changed =
      ChangeTexts(profile, &Function::file, [&](std::string_view file) {
        if (file.starts_with(prefix)) file.remove_prefix(prefix.size());
        return std::string(file);
      });
  return has_changed ? JoinEqualFunctions(profile) : std::move(profile);
}

}  // namespace prof2cg
