// How a picture prints times: --time-format.
#ifndef PROF2CG_CONVERTER_PICTURE_TIME_FORMAT_H_
#define PROF2CG_CONVERTER_PICTURE_TIME_FORMAT_H_

#include <string>
#include <string_view>

namespace prof2cg {

// printf's format of one number, as Python's % operator takes it: text, one
// conversion of d, i, u, e, E, f, F, g or G with flags, width and precision,
// and text; %% is a percent sign.
class TimeFormat {
 public:
  TimeFormat() : TimeFormat("%.7g") {}
  // Throws Error if it is anything else, or wider than a line.
  explicit TimeFormat(std::string_view format);

  std::string Print(double seconds) const;

 private:
  std::string format_;     // fit for snprintf
  bool is_whole_ = false;  // it takes a long long
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_TIME_FORMAT_H_
