#include "graph/compare/checkout_prefixes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/function_table.h"
#include "graph/ids.h"
#include "graph/shared_text.h"
#include "graph/string_table.h"

namespace prof2cg {
namespace {

constexpr size_t kMostFolders = 16;  // by which files are looked up

using Prefixes = std::pair<std::string_view, std::string_view>;

bool IsPath(std::string_view file) {
  return !file.empty() && file != kBuiltInFile && file[0] != '<';
}

// Of any file: no evidence that two of them are the same.
bool IsCommonName(std::string_view name) { return name.starts_with('<'); }

// Where the path's last parts begin, the shortest end first.
std::vector<std::string_view> Ends(std::string_view path) {
  std::vector<std::string_view> ends;
  size_t slash = path.size();
  while (slash != 0 && ends.size() < kMostFolders) {
    slash = path.rfind('/', slash - 1);
    if (slash == path.npos) {
      ends.push_back(path);
      break;
    }
    ends.push_back(path.substr(slash + 1));
  }
  return ends;
}

bool BeginsPart(std::string_view path, std::string_view end) {
  const size_t begin = path.size() - end.size();
  return begin == 0 || path[begin - 1] == '/';
}

// The longest common end of whole parts.
std::string_view CommonEnd(std::string_view a, std::string_view b) {
  const auto [from_a, from_b] =
      std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  std::string_view end = a;
  end.remove_prefix(static_cast<size_t>(a.rend() - from_a));
  if (!BeginsPart(a, end) || !BeginsPart(b, end)) {
    const size_t slash = end.find('/');
    end.remove_prefix(slash == end.npos ? end.size() : slash + 1);
  }
  return end;
}

// The files of two profiles, as ids of one table.
class Files {
 public:
  Files(const Profile& base, const Profile& current)
      : base_(WithSharedText(base, strings_)),
        current_(WithSharedText(current, strings_)) {
    std::vector<Presence> presence(strings_.size());
    for (const Function& f : base_) presence[f.file.row()].in_base = true;
    for (const Function& f : current_) presence[f.file.row()].in_current = true;
    for (size_t row = 0; row < presence.size(); ++row) {
      const StringId file(row);
      if (!IsPath(strings_[file])) continue;
      const auto [in_base, in_current] = presence[row];
      if (in_base && in_current) of_both_.push_back(file);
      if (in_base && !in_current) of_base_.push_back(file);
      if (!in_base && in_current) of_current_.push_back(file);
    }
  }

  Prefixes FindPrefixes() const {
    const Prefixes best = BestVote();
    return HasCommonFiles(best) || !ExplainMost(best) ? Prefixes() : best;
  }

 private:
  struct Presence {
    bool in_base = false;
    bool in_current = false;
  };

  // Per text: the one file of the current profile that has most in common with
  // this file of the base, if there is one.
  std::vector<StringId> FindCounterparts() const {
    absl::flat_hash_map<std::string_view, StringId> by_end;
    for (const StringId file : of_current_) {
      for (const std::string_view end : Ends(strings_[file])) {
        const auto [found, is_new] = by_end.try_emplace(end, file);
        if (!is_new) found->second = StringId();  // of several
      }
    }
    std::vector<StringId> counterparts(strings_.size());
    for (const StringId file : of_base_) {
      for (const std::string_view end : Ends(strings_[file])) {
        const auto found = by_end.find(end);
        if (found == by_end.end()) break;
        counterparts[file.row()] = found->second;
      }
    }
    return counterparts;
  }

  // Per file of the base: its functions that the counterpart has, too.
  std::vector<int64_t> CountCommonFunctions(
      const std::vector<StringId>& counterparts) const {
    absl::flat_hash_set<std::pair<StringId, StringId>> of_current;
    for (const Function& f : current_) of_current.emplace(f.file, f.name);
    std::vector<int64_t> common(strings_.size());
    for (const Function& f : base_) {
      if (IsCommonName(strings_[f.name])) continue;
      const StringId counterpart = counterparts[f.file.row()];
      common[f.file.row()] += of_current.contains({counterpart, f.name});
    }
    return common;
  }

  // What most vote for, the first of equals.
  Prefixes BestVote() const {
    const std::vector<StringId> counterparts = FindCounterparts();
    const std::vector<int64_t> common = CountCommonFunctions(counterparts);
    absl::flat_hash_map<Prefixes, int64_t> votes;
    std::pair<Prefixes, int64_t> best;
    for (const StringId file : of_base_) {
      if (common[file.row()] == 0) continue;
      const std::string_view base = strings_[file];
      const std::string_view current = strings_[counterparts[file.row()]];
      const std::string_view end = CommonEnd(base, current);
      const Prefixes prefixes{base.substr(0, base.size() - end.size()),
                              current.substr(0, current.size() - end.size())};
      int64_t& count = votes[prefixes];
      count += (1 + std::ranges::count(end, '/')) * common[file.row()];
      if (count > best.second) best = {prefixes, count};
    }
    return best.first;
  }

  bool HasCommonFiles(const Prefixes& prefixes) const {
    const auto begins = [&](StringId file, std::string_view prefix) {
      return !prefix.empty() && strings_[file].starts_with(prefix);
    };
    return std::ranges::any_of(of_both_, [&](StringId file) {
      return begins(file, prefixes.first) || begins(file, prefixes.second);
    });
  }

  bool ExplainMost(const Prefixes& prefixes) const {
    absl::flat_hash_set<std::string_view> without_prefix;
    for (const StringId id : of_current_) {
      std::string_view file = strings_[id];
      if (!file.starts_with(prefixes.second)) continue;
      file.remove_prefix(prefixes.second.size());
      without_prefix.insert(file);
    }
    const auto explained = std::ranges::count_if(of_base_, [&](StringId id) {
      std::string_view file = strings_[id];
      if (!file.starts_with(prefixes.first)) return false;
      file.remove_prefix(prefixes.first.size());
      return without_prefix.contains(file);
    });
    return 2 * static_cast<size_t>(explained) >
           std::min(of_base_.size(), of_current_.size());
  }

  StringTable strings_;
  FunctionTable base_;
  FunctionTable current_;
  std::vector<StringId> of_both_;
  std::vector<StringId> of_base_;  // alone
  std::vector<StringId> of_current_;
};

}  // namespace

CheckoutPrefixes FindCheckoutPrefixes(const Profile& base,
                                      const Profile& current) {
  const Files files(base, current);
  const auto [of_base, of_current] = files.FindPrefixes();
  return {std::string(of_base), std::string(of_current)};
}

}  // namespace prof2cg
