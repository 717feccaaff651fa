#include "converter/diff/config.h"

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/toml.h"
#include "converter/io/input.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

void Apply(const GateSettings& settings, Gate& gate) {
  gate.events = settings.events.value_or(gate.events);
  for (const std::string& text : settings.thresholds) SetThreshold(text, gate);
  gate.least_share = settings.least_share.value_or(gate.least_share);
  gate.alpha = settings.alpha.value_or(gate.alpha);
  gate.is_paired = settings.is_paired.value_or(gate.is_paired);
  gate.most_unmatched = settings.most_unmatched.value_or(gate.most_unmatched);
}

[[noreturn]] void FailAt(const toml::source_region& place,
                         const std::string& what) {
  throw Error("line " + std::to_string(place.begin.line) + ": " + what);
}

// The value of a key, as what it has to be.
class Setting {
 public:
  Setting(const toml::key& key, const toml::node& node)
      : key_(key.str()), place_(key.source()), node_(node) {}

  std::string_view key() const { return key_; }

  [[noreturn]] void Fail(const std::string& what) const {
    FailAt(place_, std::string(key_) + ' ' + what);
  }

  double Number() const {
    const auto number = node_.value<double>();
    if (number && *number >= 0 && std::isfinite(*number)) return *number;
    Fail("takes a number from 0 on");
  }
  double Share() const { return Number() / 100; }

  bool Bool() const {
    const auto value = node_.value_exact<bool>();
    if (!value) Fail("takes true or false");
    return *value;
  }

  const toml::table& Table() const {
    const toml::table* table = node_.as_table();
    if (table == nullptr) Fail("is the name of a table: [" + Name() + ']');
    return *table;
  }

  // Calls visit(text, line) for each of a list; its errors get the line, too.
  template <class Visit>
  void ForEachText(Visit visit) const {
    const toml::array* list = node_.as_array();
    if (list == nullptr) Fail("takes a list: [\"...\"]");
    for (const toml::node& node : *list) {
      const auto text = node.value_exact<std::string_view>();
      if (!text) FailAt(node.source(), Name() + " takes text: [\"...\"]");
      try {
        visit(*text, node.source().begin.line);
      } catch (const Error& error) {
        FailAt(node.source(), error.what());
      }
    }
  }

 private:
  std::string Name() const { return std::string(key_); }

  std::string_view key_;
  const toml::source_region& place_;
  const toml::node& node_;
};

void ReadGateSetting(const Setting& setting, DiffOptions& options) {
  Gate& gate = options.gate;
  const std::string_view key = setting.key();
  if (key == "gate") {
    setting.ForEachText([&](std::string_view event, uint32_t) {
      gate.events.emplace_back(event);
    });
  } else if (key == "thresholds") {
    setting.ForEachText(
        [&](std::string_view text, uint32_t) { SetThreshold(text, gate); });
  } else if (key == "min-share") {
    gate.least_share = setting.Share();
  } else if (key == "alpha") {
    gate.alpha = setting.Number();
  } else if (key == "paired") {
    gate.is_paired = setting.Bool();
  } else if (key == "max-unmatched") {
    gate.most_unmatched = setting.Share();
  } else if (key == "budgets") {
    setting.ForEachText([&](std::string_view text, uint32_t line) {
      options.budgets.push_back(ParseBudget(text));
      options.budgets.back().line = line;
    });
  } else if (key == "rules") {
    setting.ForEachText([&](std::string_view text, uint32_t line) {
      options.rules.push_back(ParseCallerRule(text));
      options.rules.back().line = line;
    });
  } else {
    setting.Fail(
        "is not known; [gate] takes gate, thresholds, min-share, alpha, "
        "paired, max-unmatched, budgets, rules");
  }
}

void ReadTables(const toml::table& root, DiffOptions& options) {
  for (const auto& [key, node] : root) {
    const Setting table(key, node);
    if (table.key() != "gate") table.Fail("is not known; there is [gate]");
    for (const auto& [name, value] : table.Table()) {
      ReadGateSetting(Setting(name, value), options);
    }
  }
}

toml::table Parse(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    FailAt(error.source(), std::string(error.description()));
  }
}

void ReadFile(DiffOptions& options) {
  const Input input = Input::Open(options.config);
  try {
    ParseConfig(input.bytes(), options);
  } catch (const Error& error) {
    throw error.In(options.config);
  }
}

}  // namespace

void ParseConfig(std::string_view text, DiffOptions& options) {
  ReadTables(Parse(text), options);
}

void ReadConfig(DiffOptions& options) {
  if (options.config.empty() && std::filesystem::exists(kConfigFile)) {
    options.config = kConfigFile;
  }
  if (!options.config.empty()) ReadFile(options);
  Apply(options.settings, options.gate);
}

}  // namespace prof2cg
