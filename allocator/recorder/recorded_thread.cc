#include "allocator/recorder/recorded_thread.h"

#include <algorithm>
#include <utility>

namespace prof2cg {

bool CallStack::PopAbove(FunctionAddress address) {
  for (ActiveCall* call = top_; call != calls_.get(); --call) {
    if (call->address != address) continue;
    top_ = call;
    return true;
  }
  return false;
}

Owner CallStack::ContextOf(FunctionAddress address) const {
  for (const ActiveCall* call = top_; call != calls_.get(); --call) {
    if (call->address == address) return call->context;
  }
  return kUnrecorded;
}

void CallStack::Grow() {
  constexpr size_t kSmallest = 256;
  const auto calls = static_cast<size_t>(end_ - calls_.get());
  const size_t room = std::max(kSmallest, 2 * calls);
  auto grown = std::make_unique_for_overwrite<ActiveCall[]>(room);
  grown[0] = kBottom;
  std::copy(calls_.get(), end_, grown.get());
  calls_ = std::move(grown);
  top_ = calls_.get() + calls;
  end_ = calls_.get() + room;
}

}  // namespace prof2cg
