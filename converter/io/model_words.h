// What our files call the model's enumerations, in the order of those.
#ifndef PROF2CG_CONVERTER_IO_MODEL_WORDS_H_
#define PROF2CG_CONVERTER_IO_MODEL_WORDS_H_

#include <string_view>

namespace prof2cg::words {

inline constexpr std::string_view kUnits[] = {"ns", "bytes", "count"};
inline constexpr std::string_view kKinds[] = {"flow", "live", "peak"};
inline constexpr std::string_view kNamings[] = {"module-line", "object",
                                                "file"};
inline constexpr std::string_view kShareBys[] = {"costs", "counts", "callers"};
// A letter each: absent, measured, derived, estimated.
inline constexpr std::string_view kOrigins = "amde";

}  // namespace prof2cg::words

#endif  // PROF2CG_CONVERTER_IO_MODEL_WORDS_H_
