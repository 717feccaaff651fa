// The names of functions that are told apart by their callers.
#ifndef PROF2CG_GRAPH_PASSES_NAME_SEPARATED_H_
#define PROF2CG_GRAPH_PASSES_NAME_SEPARATED_H_

#include <string>

#include "graph/function_table.h"
#include "graph/ids.h"
#include "graph/separation.h"
#include "graph/string_table.h"

namespace prof2cg {

// A row per row of the separation: its base with the name f'2'caller'caller2.
// Where that would make two of them equal, since callers share a name, these
// names tell more of the callers: their lines, f'get:12'main:3, then also their
// files, and at last the row. How much they tell is kept in the separation. The
// texts are added to `strings`. O(length of the names).
FunctionTable NameSeparated(Separation& separation, StringTable& strings);

// Appends what a name has behind that of the caller.
void AppendCallerDetail(const Function& caller, CallerDetail detail,
                        const StringTable& strings, std::string& context);

// Appends what a row's name has behind the base's: "'2'caller'caller2", where
// text(caller) stands for each caller's name. They cannot be found in the
// whole.
template <class Text>
void AppendContext(const Separation& separation, const StringTable& strings,
                   FunctionId row, Text text, std::string& context) {
  const SeparatedFunction& f = separation[row];
  if (f.level > 1) context += "'" + std::to_string(f.level);
  for (const FunctionId id : separation.CallersOf(row)) {
    const Function& caller = separation.bases[id.row()];
    context += '\'';
    context += text(strings[caller.name]);
    AppendCallerDetail(caller, f.detail, strings, context);
  }
  if (f.detail == CallerDetail::kRow) {
    context += " #" + std::to_string(row.row());
  }
}

template <class Text>
std::string ContextText(const Separation& separation,
                        const StringTable& strings, FunctionId row, Text text) {
  std::string context;
  AppendContext(separation, strings, row, text, context);
  return context;
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_NAME_SEPARATED_H_
