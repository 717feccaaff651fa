// The table of what a comparison can be told as.
#ifndef PROF2CG_CONVERTER_DIFF_REPORT_FORMATS_H_
#define PROF2CG_CONVERTER_DIFF_REPORT_FORMATS_H_

#include <span>
#include <string>
#include <string_view>

#include "converter/diff/report.h"

namespace prof2cg {

struct ReportFormat {
  std::string_view name;         // for --report NAME=FILE
  std::string_view description;  // one line for --help
  std::string (*write)(const DiffReport& report);
};

std::span<const ReportFormat> ReportFormats();

// The format of that name, or null.
const ReportFormat* FindReportFormat(std::string_view name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_REPORT_FORMATS_H_
