#include "graph/compare/call_sites.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "graph/compare/align_lines.h"

namespace prof2cg {

CallSiteFinder::CallSiteFinder(const Profile& base, const Profile& current,
                               const JoinedGraph& graph)
    : graph_(graph),
      base_{base, IndexByCaller(base.graph), &FunctionPair::base},
      current_{current, IndexByCaller(current.graph), &FunctionPair::current} {}

uint32_t CallSiteFinder::FirstLine(const Side& side, JoinedCall call) const {
  const FunctionId caller = graph_.functions[call.caller].*side.function;
  return caller.is_valid() ? side.profile.Base(caller).line : 0;
}

std::vector<CallSiteFinder::Site> CallSiteFinder::SitesOf(
    const Side& side, JoinedCall call, uint32_t first_line) const {
  std::vector<Site> sites;
  const FunctionId caller = graph_.functions[call.caller].*side.function;
  const FunctionId callee = graph_.functions[call.callee].*side.function;
  if (!caller.is_valid() || !callee.is_valid()) return sites;
  for (const CallId id : side.calls.Of(caller)) {
    const Call& site = side.profile.graph.calls[id.row()];
    if (site.callee != callee) continue;
    sites.push_back(
        {int64_t{site.line} - first_line, site.line, site.counts.total});
  }
  std::ranges::sort(sites, {}, &Site::line);
  return sites;
}

std::vector<CallSite> CallSiteFinder::Find(uint32_t row) const {
  const JoinedCall call = graph_.calls[row];
  uint32_t base_line = FirstLine(base_, call);
  uint32_t current_line = FirstLine(current_, call);
  if (base_line == 0 || current_line == 0) base_line = current_line = 0;
  const std::vector<Site> base = SitesOf(base_, call, base_line);
  const std::vector<Site> current = SitesOf(current_, call, current_line);
  const auto is_unknown = [](const std::vector<Site>& sites) {
    return !sites.empty() && sites[0].line == 0;
  };
  if (is_unknown(base) || is_unknown(current)) return {};

  const auto distances = [](const std::vector<Site>& sites) {
    std::vector<int64_t> all;
    for (const Site& site : sites) all.push_back(site.distance);
    return all;
  };
  std::vector<CallSite> sites;
  for (const Site& site : current) {
    sites.push_back({{}, site.line, 0, site.calls});
  }
  std::vector<bool> is_gone(base.size(), true);
  for (const auto& [b, c] : AlignLines(distances(base), distances(current))) {
    sites[c].base = base[b].line;
    sites[c].base_calls = base[b].calls;
    is_gone[b] = false;
  }
  for (size_t b = 0; b < base.size(); ++b) {
    if (is_gone[b]) sites.push_back({base[b].line, {}, base[b].calls, 0});
  }
  return sites;
}

}  // namespace prof2cg
