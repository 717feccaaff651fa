// The comparison as commands of GitHub's runner, which show it where the source
// is, and budgets where they are written: ::error for what is worse or broken,
// ::warning for what cannot be told.
//
// The runner keeps kAnnotations of a kind and step and drops others without a
// word; a ::notice counts them. Every command is a line; no name can add to it
// or begin another (actions/toolkit, packages/core/src/command.ts).
#ifndef PROF2CG_CONVERTER_DIFF_GITHUB_H_
#define PROF2CG_CONVERTER_DIFF_GITHUB_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "converter/diff/report.h"

namespace prof2cg {

inline constexpr size_t kAnnotations = 10;

// `root` is left out of files within it: the top of the repository.
std::string DiffAnnotations(const DiffReport& report,
                            std::string_view root = "");

// Lines to append to the file that $GITHUB_OUTPUT names: verdict ("worse",
// "not_worse" or "cannot_tell"), worst (the first finding, or else the first
// budget that is broken, in words; empty if nothing is worse) and report
// (`path`).
std::string GithubOutputs(const DiffReport& report, std::string_view path);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_GITHUB_H_
