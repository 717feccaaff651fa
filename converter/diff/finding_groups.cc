#include "converter/diff/finding_groups.h"

#include "graph/compare/change_terms.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

GroupKey KeyOf(const Explained& explained) {
  const Finding& finding = *explained.finding;
  const bool has_cause = explained.blame && explained.blame->cause.kind !=
                                                Cause::Kind::kUnexplained;
  if (has_cause) return {finding.answer, explained.blame->cause, ""};
  return {finding.answer, {}, finding.event};
}

bool IsOfPath(const Finding& finding) {
  return finding.subject.kind == Subject::Kind::kPath;
}

int DistanceToCause(const Explained& explained) {
  const Subject& subject = explained.finding->subject;
  const Cause& cause = explained.blame->cause;
  using enum Subject::Kind;
  if (subject.kind == kPath) {
    return explained.blame->path == subject.row ? 2 : 4;
  }
  if (cause.call) {
    if (subject == Subject{kCall, *cause.call}) return 0;
    const bool is_callee =
        subject.kind != kCall && subject.row == cause.function;
    return is_callee ? 1 : 3;
  }
  const bool is_function =
      subject.kind != kCall && subject.row == cause.function;
  if (!is_function) return 3;
  return subject.kind == kSelf ? 0 : 1;
}

}  // namespace prof2cg
