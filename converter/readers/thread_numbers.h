// Threads of samples that each tell theirs in a text of its own.
#ifndef PROF2CG_CONVERTER_READERS_THREAD_NUMBERS_H_
#define PROF2CG_CONVERTER_READERS_THREAD_NUMBERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/profile_builder.h"

namespace prof2cg {

// Numbers threads from 0 in the order in which they appear.
class ThreadNumbers {
 public:
  // Of the thread that a sample tells in this text, "" if it tells none. Texts
  // are not copied, so they must stay where they are.
  uint32_t Find(std::string_view text);

  // Gives the profile its threads, each with the name that name_of(text) has
  // for it. It has none if no sample told one.
  void Name(
      ProfileBuilder& builder,
      std::string (*name_of)(std::string_view) = [](std::string_view text) {
        return std::string(text);
      }) const;

 private:
  std::vector<std::string_view> texts_;
  absl::flat_hash_map<std::string_view, uint32_t> numbers_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_THREAD_NUMBERS_H_
