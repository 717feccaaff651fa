#include "graph/shared_text.h"

#include <cstddef>
#include <vector>

namespace prof2cg {

FunctionTable WithSharedText(const Profile& profile, StringTable& shared) {
  std::vector<StringId> ids;
  ids.reserve(profile.strings.size());
  for (size_t row = 0; row < profile.strings.size(); ++row) {
    ids.push_back(shared.Intern(profile.strings[StringId(row)]));
  }
  FunctionTable functions = profile.functions;
  for (Function& f : functions) {
    for (StringId* text : {&f.name, &f.file, &f.object}) {
      *text = ids[text->row()];
    }
  }
  return functions;
}

}  // namespace prof2cg
