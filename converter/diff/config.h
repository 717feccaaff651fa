// prof2cg.toml: what a project wants of its comparisons.
//
//   [gate]
//   gate = ["calls", "alloc_bytes"]      # these as the options of their names
//   thresholds = ["5%", "ns:+2ms"]
//   min-share = 0.1                      # percent
//   alpha = 0.05
//   paired = true
//   max-unmatched = 50                   # percent
//   budgets = ["alloc_bytes render <= 1.05 x base"]
//   rules = ["no new callers of db.execute under template/**"]
//
// budget_text.h has the sentences. What is not in the list above is an error.
#ifndef PROF2CG_CONVERTER_DIFF_CONFIG_H_
#define PROF2CG_CONVERTER_DIFF_CONFIG_H_

#include <string_view>

#include "converter/diff/options.h"

namespace prof2cg {

inline constexpr const char* kConfigFile = "prof2cg.toml";

// Fills in gate, budgets and rules from the text of such a file. Throws Error
// that names the line.
void ParseConfig(std::string_view text, DiffOptions& options);

// Reads options.config; where none is named, kConfigFile of the current folder,
// if there is one, which options.config is then. Fills in gate, budgets and
// rules: the gate is what the file sets, and what options.settings set above
// that. Throws Error that names file and line.
void ReadConfig(DiffOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_CONFIG_H_
