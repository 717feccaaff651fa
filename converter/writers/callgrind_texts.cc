#include "converter/writers/callgrind_texts.h"

#include "converter/writers/callgrind_line_text.h"

namespace prof2cg {

CallgrindTexts::CallgrindTexts(const Profile& profile, StringId Function::*text,
                               std::string_view if_empty) {
  while (texts.size() <= kOutsideId) {
    texts.push_back({"", UINT32_MAX, DecimalText(0)});
  }
  std::vector<uint32_t> known(profile.strings.size());  // 0: no id yet
  ids.reserve(profile.functions.size());
  for (const Function& f : profile.functions) {
    uint32_t& id = known[(f.*text).row()];
    if (id == 0) {
      id = static_cast<uint32_t>(texts.size());
      Add(profile.strings[f.*text], if_empty);
    }
    ids.push_back(id);
  }
}

void CallgrindTexts::Add(std::string_view text, std::string_view if_empty) {
  const auto id = static_cast<uint32_t>(texts.size());
  std::string_view name = text;
  if (!IsCallgrindName(text)) {
    name = made.emplace_back(CallgrindName(text, if_empty));
    changed.push_back({id, text});
  }
  texts.push_back({name, UINT32_MAX, DecimalText(id)});
}

}  // namespace prof2cg
