// How the reports of a comparison call things.
//
// Text of a profile stands between backquotes and has none itself: what is
// within them is a name, in whatever a sentence is shown as (QuotedParts).
// Everything is as Printable() has it, and names are shortened.
#ifndef PROF2CG_CONVERTER_DIFF_WORDS_H_
#define PROF2CG_CONVERTER_DIFF_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/report.h"
#include "graph/compare/blame.h"
#include "graph/compare/judge.h"
#include "graph/compare/split.h"
#include "graph/event_set.h"

namespace prof2cg {

// Columns that a name takes at most.
inline constexpr size_t kLongestName = 100;

// "`parse_row`", as people call it; "`(no name)`" where it has none.
std::string QuotedName(const DiffFunction& function);

// "`main > load > parse_row`", and of many functions the first ones and the
// last ones: "`main > run > … > load > parse_row`".
std::string QuotedPath(const std::vector<DiffFunction>& path);

// Text of a profile between backquotes; the same without them, for a sentence
// that is all of a profile's.
std::string Quoted(std::string_view text);
std::string Unquoted(std::string_view text);

// "`app/loader.py:88`", its end where it is long; "" where the file is not
// known.
std::string QuotedPlace(const DiffFunction& function, uint32_t line);

// The name of an event: as it is if it is an identifier, else quoted.
std::string EventName(const Event& event);

struct QuotedPart {
  std::string_view text;
  bool is_name;  // stood between backquotes, which are left out
};
std::vector<QuotedPart> QuotedParts(std::string_view sentence);

// current - base, as far as that can be told.
int64_t DifferenceOf(const DiffFinding& finding);

// "4.00 ms", "12.0 KiB", "1 call", "1 234 Ir"; what a part of a call costs has
// decimals.
std::string AmountText(const Event& event, int64_t cost);
std::string AmountText(const Event& event, double cost);

// The same without an event's name: "1 234", "4.00 ms".
std::string FigureText(const Event& event, int64_t cost);

// "+4.00 ms", "-12"
std::string DifferenceText(const Event& event, int64_t difference);

// "12.0 %", "<0.1 %"
std::string PartText(double part);

// "5 %", as a user would write it
std::string LimitText(double part);

// "+12.0 %", "-20.0 %", and from twice as much on "3.0 ×"; "from 0"; "same";
// "" where figures below zero have no relation.
std::string ChangeText(int64_t base, int64_t current);

// The same of a finding; "new" or "gone" where its function is.
std::string ChangeOf(const DiffFinding& finding);

// "3.0 × as often", "12.0 % more often", "20.0 % less often" for the adverb
// "often"; "as often as before". `ratio` is positive.
std::string ComparedText(double ratio, std::string_view adverb);

std::string_view AnswerName(Answer answer);  // "cannot tell"
std::string_view AnswerKey(Answer answer);   // "cannot_tell", for programs

// "more_calls", for programs.
std::string_view CauseKey(Cause::Kind kind);

// What a figure is of: "calls", "self ns", "incl ns".
std::string MeasureName(const DiffFinding& finding);

// "`f`", "`f` → `g`", "`f > g > h`", "(all)"
std::string QuotedSubject(const DiffFinding& finding);

// "`app/loader.py:88`": of the function, or where the call is made.
std::string QuotedPlace(const DiffFinding& finding);

// "calls of `f`", "ns of `f` itself", "ns of `g` from `f`", "ns of `f > g >
// h`", "ns in all"
std::string SubjectText(const DiffFinding& finding);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_WORDS_H_
