// The report by stacks for a terminal.
//
//   9.7656 KiB held at the end in 151 blocks
//
//              held  blocks  by function and callers
//    8.79 KiB 90.0%     150  make           leak.py:12
//                              Cache.fill   leak.py:30
//    4.88 KiB 50.0%      50      refresh    leak.py:52
//                                main       leak.py:43
//    3.91 KiB 40.0%     100      main       leak.py:41
//   1 000 B   10.0%       1  main           leak.py:40
//
// A caller stands below whom it calls, further in where there are several;
// figures stand where they differ from those above. All text is safe to print.
#ifndef PROF2CG_CONVERTER_TOP_STACKS_TEXT_H_
#define PROF2CG_CONVERTER_TOP_STACKS_TEXT_H_

#include <string>

#include "converter/top/stacks.h"
#include "converter/display/text_table.h"

namespace prof2cg {

std::string StacksText(const StackReport& report, const TextOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_STACKS_TEXT_H_
