#include "allocator/recorder/calling_contexts.h"

#include <utility>

namespace prof2cg {
namespace {

// Of calls that differ in their lines: as a line of the context's key.
constexpr uint32_t kAnyLine = UINT32_MAX;

constexpr CallSite kNoSite = UINT32_MAX;

// Good in all bits (wyhash's mixing of two words).
uint64_t Hash(Owner parent, FunctionAddress address, uint32_t place) {
  const auto product =
      static_cast<unsigned __int128>(address ^ 0xa0761d6478bd642f) *
      ((uint64_t{parent} << 32 | place) ^ 0xe7037ed1a0b428db);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

bool CallingContexts::Open(uint32_t max_contexts) {
  table_.Close();
  Clear();
  return table_.Open(kFirstOwner + max_contexts);
}

void CallingContexts::Clear() {
  if (table_.is_open()) table_.Clear();
  end_ = kFirstOwner;
  children_ = RowIndex();
  entries_.clear();
  sites_ = RowIndex();
}

void CallingContexts::SetRecent(Owner parent, Owner child, CallSite site) {
  CallSite(&recent)[2] = table_[child].recent_sites;
  recent[1] = std::exchange(recent[0], site);
  table_[parent].recent_child = child;
}

Owner CallingContexts::FindBySite(Owner parent, FunctionAddress address,
                                  CallSite site) {
  const uint32_t row =
      sites_.Find(Hash(parent, address, site), [&](uint32_t other) {
        const Entry& entry = entries_[other];
        return entry.address == address && entry.parent == parent &&
               entry.site == site;
      });
  if (row == RowIndex::kNoRow) return kUnrecorded;
  const Owner child = entries_[row].child;
  SetRecent(parent, child, site);
  return child;
}

Owner CallingContexts::Add(Owner parent, FunctionAddress address, CallSite site,
                           uint32_t function, uint32_t line) {
  const Owner child = FindOrAddChild(parent, address, function, line);
  if (child == kUnrecorded) return child;
  sites_.FindOrAdd(Hash(parent, address, site),
                   static_cast<uint32_t>(entries_.size()),
                   [](uint32_t) { return false; });
  entries_.push_back({address, parent, site, child});
  SetRecent(parent, child, site);
  return child;
}

Owner CallingContexts::FindOrAddChild(Owner parent, FunctionAddress address,
                                      uint32_t function, uint32_t line) {
  const bool is_recursive = IsActive(address, parent);
  const uint64_t hash = Hash(parent, address, is_recursive ? kAnyLine : line);
  const uint32_t child = children_.Find(hash, [&](uint32_t other) {
    const CallingContext& context = table_[other];
    return context.address == address && context.parent == parent &&
           (is_recursive || context.line == line);
  });
  if (child != RowIndex::kNoRow) {
    if (table_[child].line != line) table_[child].line = 0;
    return child;
  }
  if (end_ == table_.size()) return kUnrecorded;
  children_.FindOrAdd(hash, end_, [](uint32_t) { return false; });
  CallingContext& context = table_[end_];
  context.recent_sites[0] = context.recent_sites[1] = kNoSite;
  context.address = address;
  context.parent = parent;
  context.function = function;
  context.line = line;
  return end_++;
}

bool CallingContexts::IsActive(FunctionAddress address, Owner context) const {
  for (int i = 0; i < kFarthestRecursion && context != kUnrecorded; ++i) {
    if (table_[context].address == address) return true;
    context = table_[context].parent;
  }
  return false;
}

}  // namespace prof2cg
