// What the reports in JSON have in common.
#ifndef PROF2CG_CONVERTER_DISPLAY_JSON_TEXT_H_
#define PROF2CG_CONVERTER_DISPLAY_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "graph/event_set.h"
#include "graph/provenance.h"

namespace prof2cg {

using Json = nlohmann::ordered_json;

// UTF-8 whose every character can stand in JSON.
std::string JsonText(std::string_view text);

// The text as a string of JSON, in ASCII.
std::string JsonQuoted(std::string_view text);

// {"name": "ns", "long_name": "Time [ns]", "unit": "ns" | "bytes" | "count"}
Json JsonOf(const Event& event);

// {"count": 3, "text": "3 callers …"}
Json JsonOf(const Oddity& oddity);

// Indented, in ASCII, with an end of line.
std::string JsonFile(const Json& json);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_JSON_TEXT_H_
