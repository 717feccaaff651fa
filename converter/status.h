// What the program ends with: a contract that scripts rely on.
#ifndef PROF2CG_CONVERTER_STATUS_H_
#define PROF2CG_CONVERTER_STATUS_H_

namespace prof2cg {

inline constexpr int kRegression = 1;  // diff proved one, and nothing else
inline constexpr int kTrouble = 2;
inline constexpr int kInconclusive = 3;  // of diff, on request
inline constexpr int kCannotTest = 125;  // `git bisect run` skips the commit

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_STATUS_H_
