#include "converter/writers/callgrind_texts.h"

namespace prof2cg {

CallgrindTexts::CallgrindTexts(const Profile& profile,
                               StringId Function::*text) {
  const auto add = [&](StringId id) {
    texts.push_back(
        {id, UINT32_MAX, DecimalText(static_cast<uint32_t>(texts.size()))});
  };
  while (texts.size() <= kOutsideId) add(StringId());
  std::vector<uint32_t> known(profile.strings.size());  // 0: no id yet
  ids.reserve(profile.functions.size());
  for (const Function& f : profile.functions) {
    uint32_t& id = known[(f.*text).row()];
    if (id == 0) {
      id = static_cast<uint32_t>(texts.size());
      add(f.*text);
    }
    ids.push_back(id);
  }
}

}  // namespace prof2cg
