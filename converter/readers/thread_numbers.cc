#include "converter/readers/thread_numbers.h"

#include <algorithm>

#include "converter/readers/frames.h"

namespace prof2cg {

uint32_t ThreadNumbers::Find(std::string_view text) {
  const auto next = static_cast<uint32_t>(texts_.size());
  const auto [number, is_new] = numbers_.try_emplace(text, next);
  if (is_new) texts_.push_back(text);
  return number->second;
}

void ThreadNumbers::Name(ProfileBuilder& builder,
                         std::string (*name_of)(std::string_view)) const {
  if (std::ranges::all_of(texts_, &std::string_view::empty)) return;
  for (const std::string_view text : texts_) {
    builder.profile().threads.push_back(
        InternUtf8(builder, text.empty() ? "(unknown)" : name_of(text)));
  }
}

}  // namespace prof2cg
