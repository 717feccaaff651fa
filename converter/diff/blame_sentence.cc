#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/sentences.h"
#include "converter/diff/words.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

std::string Arrow(const std::string& base, const std::string& current) {
  return base + " → " + current;
}

std::string CallsText(int64_t calls) {
  return Counted{calls, "call", "calls"}.Text();
}

// "100 → 300 calls"
std::string CallsText(int64_t base, int64_t current) {
  return Arrow(GroupDigits(base), CallsText(current));
}

bool IsOfCalls(const DiffFinding& finding) {
  return finding.event.name == kCallsEvent;
}

// 0 where there is none.
double Ratio(double base, double current) {
  return base > 0 && current > 0 ? current / base : 0;
}

// "3.0 × as much", "more" where there is no ratio.
std::string HowMuch(double base, double current) {
  const double ratio = Ratio(base, current);
  if (ratio != 0) return ComparedText(ratio, "much");
  return current > base   ? "more"
         : current < base ? "less"
                          : "as much as before";
}

// What an event does, in the third person.
struct Verb {
  std::string_view now;     // "a call costs 4 ms"
  std::string_view before;  // "calls cost 4 ms"
  std::string_view many;    // "calls cost 4 ms", now
};

Verb VerbOf(const Event& event) {
  if (event.kind != Kind::kFlow) return {"holds", "held", "hold"};
  if (event.unit == Unit::kBytes && event.name.starts_with("alloc")) {
    return {"allocates", "allocated", "allocate"};
  }
  return {"costs", "cost", "cost"};
}

// "`loader.py:88`", "`loader.py:88` and 2 more lines"
std::string LinesText(const DiffFunction& function,
                      const std::vector<uint32_t>& lines) {
  std::string text = QuotedPlace(function, lines[0]);
  if (text.empty()) text = "line " + std::to_string(lines[0]);
  if (lines.size() == 1) return text;
  const auto more = static_cast<int64_t>(lines.size()) - 1;
  return text + " and " + Counted{more, "more line", "more lines"}.Text();
}

// The sentence of a blame, put together of clauses.
class BlameSentence {
 public:
  explicit BlameSentence(const DiffFinding& finding)
      : finding_(finding),
        blame_(*finding.blame),
        verb_(VerbOf(finding.event)),
        name_(QuotedName(blame_.function)) {}

  std::string Write() const {
    const std::string text = Cause() + '.' + Explained();
    if (!IsOfPath()) return text;
    return "On the path " + QuotedPath(blame_.path) + ", " + text;
  }

 private:
  bool IsOfPath() const { return !blame_.path.empty(); }
  bool HasCounts() const {
    return blame_.base_calls > 0 && blame_.current_calls > 0;
  }
  bool IsGone() const {
    return blame_.current_calls == 0 && blame_.current_cost == 0;
  }
  bool IsNew() const { return blame_.base_calls == 0 && blame_.base_cost == 0; }
  double UnitOf(int64_t cost, int64_t calls) const {
    return static_cast<double>(cost) / static_cast<double>(calls);
  }
  double BaseUnit() const {
    return UnitOf(blame_.base_cost, blame_.base_calls);
  }
  double CurrentUnit() const {
    return UnitOf(blame_.current_cost, blame_.current_calls);
  }
  std::string Amount(int64_t cost) const {
    return AmountText(finding_.event, cost);
  }

  std::string Cause() const;
  std::string Self() const;
  std::string MoreCalls(const std::string& caller) const;
  std::string NewCall() const;
  std::string GoneCall() const;
  std::string Often() const;
  std::string Costs() const;
  std::string UnitClause() const;
  std::string Sites() const;
  std::string AllCalls(int64_t calls, int64_t cost, bool is_now) const;
  std::string Explained() const;

  const DiffFinding& finding_;
  const DiffBlame& blame_;
  Verb verb_;
  std::string name_;
};

std::string BlameSentence::Cause() const {
  switch (blame_.kind) {
    case Cause::Kind::kSelf:
      return Self();
    case Cause::Kind::kMoreCalls:
    case Cause::Kind::kNewCall:
      if (!blame_.call) return MoreCalls("");
      if (IsGone()) return GoneCall();
      if (IsNew()) return NewCall();
      return MoreCalls(" from " + QuotedName(blame_.call->caller));
    case Cause::Kind::kEntry:
      return MoreCalls(" from outside the profile");
    case Cause::Kind::kCycle:
      return name_ +
             " lies within functions that call each other: which of "
             "them is the cause cannot be told";
    case Cause::Kind::kUnexplained:
      break;
  }
  return "No single call or function below " + name_ +
         " has most of the difference";
}

// "3.0 × as often"
std::string BlameSentence::Often() const {
  return ComparedText(Ratio(static_cast<double>(blame_.base_calls),
                            static_cast<double>(blame_.current_calls)),
                      "often");
}

// "costs 3.0 × as much (2 ms → 6 ms)", of all calls together
std::string BlameSentence::Costs() const {
  return std::string(verb_.now) + ' ' +
         HowMuch(static_cast<double>(blame_.base_cost),
                 static_cast<double>(blame_.current_cost)) +
         " (" + Arrow(Amount(blame_.base_cost), Amount(blame_.current_cost)) +
         ')';
}

std::string BlameSentence::Self() const {
  if (IsOfCalls(finding_)) return MoreCalls("");
  const auto itself = [&](int64_t cost, int64_t calls) {
    std::string text = Amount(cost) + " itself";
    if (calls > 0) text += ", in " + CallsText(calls);
    return text;
  };
  if (blame_.function.side == DiffFunction::Side::kCurrent) {
    return name_ + " is new and " + std::string(verb_.now) + ' ' +
           itself(blame_.current_cost, blame_.current_calls);
  }
  if (blame_.function.side == DiffFunction::Side::kBase) {
    return name_ + " is gone; it " + std::string(verb_.before) + ' ' +
           itself(blame_.base_cost, blame_.base_calls);
  }
  if (!HasCounts()) return name_ + " itself " + Costs();
  return (IsOfPath() ? "a call of " : "A call of ") + name_ + " itself " +
         std::string(verb_.now) + ' ' + HowMuch(BaseUnit(), CurrentUnit()) +
         " (" +
         Arrow(AmountText(finding_.event, BaseUnit()),
               AmountText(finding_.event, CurrentUnit())) +
         "); it is called " + Often();
}

// "new call at loader.py:88", also "gone from …"; "" if sites are the same
std::string BlameSentence::Sites() const {
  if (!blame_.call) return "";
  const DiffCall& call = *blame_.call;
  std::string text;
  if (!call.new_lines.empty()) {
    text += call.new_lines.size() == 1 ? "; new call at " : "; new calls at ";
    text += LinesText(call.caller, call.new_lines);
  }
  if (!call.gone_lines.empty()) {
    text += "; gone from " + LinesText(call.caller, call.gone_lines);
  }
  return text;
}

std::string BlameSentence::UnitClause() const {
  if (IsOfCalls(finding_) || !HasCounts()) return "";
  const double ratio = Ratio(BaseUnit(), CurrentUnit());
  if (ratio == 0) return "";
  const std::string compared = ComparedText(ratio, "much");
  if (compared == "as much as before") {
    return "; its cost per call is unchanged";
  }
  return "; a call of it " + std::string(verb_.now) + ' ' + compared;
}

std::string BlameSentence::MoreCalls(const std::string& caller) const {
  const int64_t base = blame_.base_calls;
  const int64_t current = blame_.current_calls;
  if (base <= 0 && current <= 0) {  // they were not counted
    return name_ + (caller.empty() ? "" : ", called" + caller + ',') + ' ' +
           Costs();
  }
  const std::string how = base <= 0      ? "now called"
                          : current <= 0 ? "no longer called"
                                         : "called " + Often();
  return name_ + " is " + how + caller + " (" + CallsText(base, current) +
         Sites() + ')' + UnitClause();
}

// "200 calls cost 4.00 ms"
std::string BlameSentence::AllCalls(int64_t calls, int64_t cost,
                                    bool is_now) const {
  if (IsOfCalls(finding_)) return CallsText(calls);
  if (calls <= 0) {
    return "this " + std::string(is_now ? verb_.now : verb_.before) + ' ' +
           Amount(cost);
  }
  const std::string_view verb = !is_now      ? verb_.before
                                : calls == 1 ? verb_.now
                                             : verb_.many;
  return CallsText(calls) + ' ' + std::string(verb) + ' ' + Amount(cost);
}

std::string BlameSentence::NewCall() const {
  const DiffCall& call = *blame_.call;
  using enum DiffFunction::Side;
  std::string text = QuotedName(call.caller);
  text +=
      call.caller.side == kCurrent ? ", which is new, calls " : " now calls ";
  text += QuotedName(call.callee);
  if (call.callee.side == kCurrent) {
    text += call.caller.side == kCurrent ? ", new too" : ", which is new";
  }
  if (!call.new_lines.empty()) {
    text += call.new_lines.size() == 1 ? " (new call at " : " (new calls at ";
    text += LinesText(call.caller, call.new_lines) + ')';
  }
  return text + ": " +
         AllCalls(blame_.current_calls, blame_.current_cost, true);
}

std::string BlameSentence::GoneCall() const {
  const DiffCall& call = *blame_.call;
  using enum DiffFunction::Side;
  std::string text = QuotedName(call.caller);
  text += call.caller.side == kBase ? " is gone, which called "
                                    : " no longer calls ";
  text += QuotedName(call.callee);
  if (call.callee.side == kBase) {
    text += call.caller.side == kBase ? ", gone too" : ", which is gone";
  }
  if (!call.gone_lines.empty()) {
    text += " (it did at " + LinesText(call.caller, call.gone_lines) + ')';
  }
  return text + ": " + AllCalls(blame_.base_calls, blame_.base_cost, false);
}

// Nothing where the cause is as good as all of the difference.
std::string BlameSentence::Explained() const {
  constexpr double kAll = .95;
  if (blame_.kind == Cause::Kind::kCycle ||
      blame_.kind == Cause::Kind::kUnexplained) {
    return "";
  }
  const double part = static_cast<double>(blame_.explained) /
                      static_cast<double>(DifferenceOf(finding_));
  if (!(part > 0 && part < kAll)) return "";
  return " This explains " + PartText(part) + " of the difference.";
}

}  // namespace

std::string BlameText(const DiffFinding& finding) {
  return BlameSentence(finding).Write();
}

}  // namespace prof2cg
