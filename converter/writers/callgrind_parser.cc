#include "converter/writers/callgrind_parser.h"

#include <charconv>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

namespace prof2cg {
namespace {

// KCachegrind takes "???" for an empty name.
std::string_view Known(std::string_view name) {
  return name == "???" ? "" : name;
}

std::string_view BaseName(std::string_view path) {
  return Known(path).substr(Known(path).rfind('/') + 1);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsName(std::string_view text) {
  if (text.empty() || !IsAlpha(text.front())) return false;
  for (const char c : text) {
    if (!IsAlpha(c) && !IsDigit(c)) return false;
  }
  return true;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  ParsedCallgrind Parse() {
    if (!NextLine() || line_ != "# callgrind format") {
      Fail("expected \"# callgrind format\"");
    }
    while (file_.events.empty()) {
      if (!NextLine()) Fail("expected \"events:\"");
      ParseHeaderLine();
    }
    while (NextLine()) ParseBodyLine();
    if (callee_) Fail("a called function without its call");
    return std::move(file_);
  }

 private:
  // Each kind of name has ids of its own.
  enum Kind { kObject, kFile, kFunction, kKinds };

  [[noreturn]] void Fail(const std::string& message) const {
    throw std::runtime_error("line " + std::to_string(number_) + ": " +
                             message + ": " + std::string(line_));
  }

  bool NextLine() {
    if (rest_.empty()) return false;
    ++number_;
    const size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    if (end == rest_.npos) Fail("the last line does not end");
    rest_.remove_prefix(end + 1);
    for (size_t i = 0; i < line_.size(); ++i) {
      const auto c = static_cast<uint8_t>(line_[i]);
      const bool is_latin1_control =
          c == 0xc2 && i + 1 < line_.size() &&
          static_cast<uint8_t>(line_[i + 1]) - 0x80 < 0x20;
      if (c < 0x20 || c == 0x7f || is_latin1_control) {
        Fail("a control character");
      }
    }
    return true;
  }

  // The next line begins with `prefix`, of which `text` is what follows.
  static bool Takes(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
  }

  void ParseHeaderLine();
  void ParseEventLine(std::string_view text);
  void ParseEvents(std::string_view text);
  void ParsePositions(std::string_view text);

  void ParseBodyLine();
  void ParseCostLine();
  void ParseCall(std::string_view text);
  std::string ParseName(Kind kind, std::string_view text);
  size_t ParseFunction(std::string_view text, const std::string& file,
                       const std::string& object);
  size_t RowOf(const ParsedFunction& function);

  uint64_t TakeNumber(std::string_view& text, bool may_be_hex) const;
  uint64_t TakePosition(std::string_view& text, uint64_t base) const;
  std::vector<uint64_t> TakePositions(std::string_view& text) const;
  ParsedCosts ParseCosts(std::string_view text) const;

  std::string_view rest_;
  std::string_view line_;
  size_t number_ = 0;
  ParsedCallgrind file_;

  size_t line_column_ = 0;                // which position is the line
  std::vector<uint64_t> position_ = {0};  // of the last cost line
  std::map<uint64_t, std::string> names_[kKinds];
  std::map<uint64_t, size_t> functions_by_id_;
  std::map<std::string, size_t> functions_by_key_;
  std::set<size_t> has_body_;

  std::optional<std::string> object_;
  std::optional<std::string> file_name_;
  std::optional<size_t> function_;
  std::optional<std::string> called_object_;
  std::optional<std::string> called_file_;
  std::optional<size_t> callee_;
  uint64_t callee_line_ = 0;
};

void Parser::ParseHeaderLine() {
  std::string_view text = line_;
  if (text.empty() || text.front() == '#') return;
  const size_t colon = text.find(": ");
  if (colon == text.npos) Fail("expected \"key: value\"");
  const std::string key(text.substr(0, colon));
  text.remove_prefix(colon + 2);
  if (text.empty() || text.front() == ' ' || text.back() == ' ') {
    Fail("blanks around a value");
  }
  if (key == "desc") {
    if (text.find(": ") == text.npos) Fail("expected \"type: value\"");
    file_.descriptions.emplace_back(text);
    return;
  }
  if (key == "event") return ParseEventLine(text);
  const std::set<std::string> known = {"version", "creator",  "pid",
                                       "thread",  "part",     "cmd",
                                       "events",  "positions"};
  if (!known.contains(key)) Fail("an unknown header line");
  if (!file_.header.emplace(key, text).second) Fail("given twice");
  if (key == "version" && (number_ != 2 || (text != "0" && text != "1"))) {
    Fail("expected version 0 or 1 in the second line");
  }
  if (key == "pid" || key == "thread" || key == "part") {
    TakeNumber(text, false);
    if (!text.empty()) Fail("expected a number");
  }
  if (key == "positions") ParsePositions(text);
  if (key == "events") ParseEvents(text);
}

// "NAME : Long name" or "NAME = FORMULA : Long name".
void Parser::ParseEventLine(std::string_view text) {
  const size_t blank = text.find(' ');
  const std::string name(text.substr(0, blank));
  if (!IsName(name) || blank == text.npos) Fail("expected an event's name");
  text.remove_prefix(blank);
  const bool is_long_name = text.starts_with(" : ") && text.size() > 3;
  const bool is_formula = text.starts_with(" = ") && text.size() > 3;
  if (!is_long_name && !is_formula) Fail("expected \" : \" or \" = \"");
  if (!file_.event_lines.emplace(name, text.substr(1)).second) {
    Fail("an event given twice");
  }
}

// Ends the header: KCachegrind takes what "event:" says only before.
void Parser::ParseEvents(std::string_view text) {
  std::set<std::string> unique;
  while (!text.empty()) {
    const size_t end = text.find(' ');
    const std::string name(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (!IsName(name)) Fail("expected an event's name");
    if (!unique.insert(name).second) Fail("an event given twice");
    file_.events.push_back(name);
  }
  for (const auto& [name, description] : file_.event_lines) {
    if (description.front() == ':' && !unique.contains(name)) {
      Fail("no column for event " + name);
    }
  }
}

void Parser::ParsePositions(std::string_view text) {
  if (text != "line" && text != "instr" && text != "instr line") {
    Fail("expected \"instr\" or \"line\"");
  }
  line_column_ = text == "instr line";
  position_.assign(line_column_ + 1, 0);
}

void Parser::ParseBodyLine() {
  std::string_view text = line_;
  if (text.empty() || text.front() == '#') return;
  if (!file_.totals.empty()) Fail("something after the totals");
  if (IsDigit(text[0]) || text[0] == '+' || text[0] == '-' || text[0] == '*') {
    return ParseCostLine();
  }
  if (Takes(text, "summary: ")) {
    if (object_ || file_name_) Fail("a summary within the body");
    if (!file_.summary.empty()) Fail("given twice");
    file_.summary = ParseCosts(text);
    return;
  }
  if (Takes(text, "cob=")) {
    if (callee_) Fail("cob= behind cfn=");
    called_object_ = ParseName(kObject, text);
    return;
  }
  if (Takes(text, "cfi=") || Takes(text, "cfl=")) {
    if (callee_) Fail("cfi= behind cfn=");
    called_file_ = ParseName(kFile, text);
    return;
  }
  if (Takes(text, "cfn=")) {
    if (!function_) Fail("a call outside of functions");
    if (callee_) Fail("a called function without its call");
    callee_ = ParseFunction(text, called_file_.value_or(*file_name_),
                            called_object_.value_or(*object_));
    return;
  }
  if (Takes(text, "calls=")) return ParseCall(text);

  if (callee_ || called_file_ || called_object_) {
    Fail("a called function without its call");
  }
  if (Takes(text, "totals: ")) {
    file_.totals = ParseCosts(text);
  } else if (Takes(text, "ob=")) {
    object_ = ParseName(kObject, text);
    function_.reset();
  } else if (Takes(text, "fl=")) {
    file_name_ = ParseName(kFile, text);
    function_.reset();
  } else if (Takes(text, "fi=") || Takes(text, "fe=")) {
    if (!function_) Fail("a change of file outside of functions");
    file_name_ = ParseName(kFile, text);
  } else if (Takes(text, "fn=")) {
    if (!file_name_) Fail("a function without a file");
    if (!object_) object_ = "";
    function_ = ParseFunction(text, *file_name_, *object_);
    if (has_body_.insert(*function_).second) {
      file_.bodies.push_back(*function_);
    }
  } else {
    Fail("an unknown line");
  }
}

void Parser::ParseCostLine() {
  if (!function_) Fail("costs of no function");
  if (callee_ || called_file_ || called_object_) {
    Fail("a called function without its call");
  }
  std::string_view text = line_;
  position_ = TakePositions(text);
  const ParsedCosts costs = ParseCosts(text);
  ParsedFunction& function = file_.functions[*function_];
  function.lines.push_back(position_[line_column_]);
  for (size_t e = 0; e < costs.size(); ++e) {
    if (__builtin_add_overflow(function.self[e], costs[e], &function.self[e])) {
      Fail("the function's self cost has more than 64 bits");
    }
  }
}

// "calls=COUNT TARGET" and, at once, the line of the call and its costs.
void Parser::ParseCall(std::string_view text) {
  if (!callee_) Fail("a call of no function");
  ParsedCall call;
  call.callee = *callee_;
  call.count = TakeNumber(text, false);
  if (call.count == 0) Fail("callgrind_annotate takes this for self cost");
  if (!Takes(text, " ")) Fail("expected the callee's position");
  call.callee_line = TakePositions(text)[line_column_];
  if (!text.empty()) Fail("more than the callee's position");

  if (!NextLine()) Fail("expected the costs of the call");
  text = line_;
  position_ = TakePositions(text);
  call.line = position_[line_column_];
  call.inclusive = ParseCosts(text);
  file_.functions[*function_].calls.push_back(std::move(call));
  callee_.reset();
  called_object_.reset();
  called_file_.reset();
}

// "(ID) NAME", "(ID)" or "NAME". What begins with "(" and a digit has an id.
std::string Parser::ParseName(Kind kind, std::string_view text) {
  std::optional<uint64_t> id;
  if (text.size() > 1 && text[0] == '(' && IsDigit(text[1])) {
    text.remove_prefix(1);
    id = TakeNumber(text, false);
    if (!Takes(text, ")")) Fail("expected \")\" after an id");
    if (text.empty()) {
      const auto known = names_[kind].find(*id);
      if (known == names_[kind].end()) Fail("an id without a name");
      return known->second;
    }
    if (!Takes(text, " ")) Fail("expected a blank after an id");
  }
  if (text.empty() || text.front() == ' ' || text.back() == ' ') {
    Fail("an empty name, or blanks around it");
  }
  const std::string name(text);
  if (id && !names_[kind].emplace(*id, name).second) Fail("an id given twice");
  return name;
}

// callgrind_annotate takes an id for a name, KCachegrind for the function that
// had this name where it was defined: both must be the same.
size_t Parser::ParseFunction(std::string_view text, const std::string& file,
                             const std::string& object) {
  ParsedFunction function;
  function.name = ParseName(kFunction, text);
  function.file = file;
  function.object = object;
  const size_t row = RowOf(function);
  if (text[0] == '(' && IsDigit(text[1])) {
    text.remove_prefix(1);
    const auto known = functions_by_id_.emplace(TakeNumber(text, false), row);
    if (known.first->second != row) Fail("the id of another file's function");
  }
  return row;
}

size_t Parser::RowOf(const ParsedFunction& function) {
  const auto [place, is_new] =
      functions_by_key_.emplace(function.Key(), file_.functions.size());
  if (is_new) {
    file_.functions.push_back(function);
    file_.functions.back().self.resize(file_.events.size());
  }
  return place->second;
}

uint64_t Parser::TakeNumber(std::string_view& text, bool may_be_hex) const {
  const bool is_hex = may_be_hex && Takes(text, "0x");
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] =
      std::from_chars(text.data(), end, number, is_hex ? 16 : 10);
  if (error != std::errc()) Fail("expected a number of up to 64 bits");
  text.remove_prefix(static_cast<size_t>(rest - text.data()));
  return number;
}

uint64_t Parser::TakePosition(std::string_view& text, uint64_t base) const {
  if (Takes(text, "*")) return base;
  if (Takes(text, "+")) return base + TakeNumber(text, true);
  if (!Takes(text, "-")) return TakeNumber(text, true);
  const uint64_t less = TakeNumber(text, true);
  if (less > base) Fail("a position below zero");
  return base - less;
}

std::vector<uint64_t> Parser::TakePositions(std::string_view& text) const {
  std::vector<uint64_t> positions;
  for (const uint64_t base : position_) {
    if (!positions.empty() && !Takes(text, " ")) Fail("expected a position");
    positions.push_back(TakePosition(text, base));
  }
  // What follows are costs, each behind a blank, or nothing.
  if (Takes(text, " ") && text.empty()) Fail("a blank at the end");
  return positions;
}

// Events without a cost at the end have cost 0.
ParsedCosts Parser::ParseCosts(std::string_view text) const {
  ParsedCosts costs;
  while (!text.empty()) {
    if (!costs.empty() && !Takes(text, " ")) Fail("expected one blank");
    costs.push_back(TakeNumber(text, false));
  }
  if (costs.size() > file_.events.size()) Fail("more costs than events");
  costs.resize(file_.events.size());
  return costs;
}

}  // namespace

std::string ParsedFunction::Key() const {
  return std::string(Known(name)) + std::string(BaseName(file)) +
         std::string(BaseName(object));
}

ParsedCallgrind ParseCallgrind(std::string_view text) {
  return Parser(text).Parse();
}

}  // namespace prof2cg
