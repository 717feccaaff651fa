// The comparison as GitHub's Markdown, for a step's summary or a comment:
// verdict, totals and a table of findings; what explains each is folded.
//
// It is never longer than a limit, above which GitHub drops all of it: rows
// that have no room are left out, the last ones first, and counted.
#ifndef PROF2CG_CONVERTER_DIFF_MARKDOWN_H_
#define PROF2CG_CONVERTER_DIFF_MARKDOWN_H_

#include <cstddef>
#include <string>

#include "converter/diff/report.h"

namespace prof2cg {

// In bytes; GitHub counts a comment's characters, of which there are less.
inline constexpr size_t kStepSummaryLimit = 1 << 20;
inline constexpr size_t kCommentLimit = 65'536;

struct MarkdownOptions {
  size_t limit = kStepSummaryLimit;  // at least 8192, which headings need
  bool shows_all = false;
};

std::string DiffMarkdown(const DiffReport& report,
                         const MarkdownOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_MARKDOWN_H_
