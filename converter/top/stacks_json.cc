#include "converter/top/stacks_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "converter/display/json_text.h"

namespace prof2cg {
namespace {

constexpr int kVersion = 1;

Json Of(const StackRow& row, bool has_blocks) {
  Json json;
  json["name"] = JsonText(row.name);
  json["file"] = JsonText(row.file);
  if (row.line != 0) json["line"] = row.line;
  json["object"] = JsonText(row.object);
  json["cost"] = row.cost;
  if (has_blocks) json["blocks"] = row.blocks;
  json["callers"] = Json::array();
  if (row.has_cut) json["cut"] = true;
  return json;
}

// A row goes into the callers of the row above it once all below it are in its
// own, so the rows are taken from the last.
Json Nest(const StackReport& report) {
  std::vector<std::vector<Json>> waiting;  // by depth, the last first
  for (size_t row = report.rows.size(); row-- > 0;) {
    const StackRow& now = report.rows[row];
    waiting.resize(std::max(waiting.size(), now.depth + 2));
    Json json = Of(now, report.blocks.has_value());
    std::vector<Json>& callers = waiting[now.depth + 1];
    while (!callers.empty()) {
      json["callers"].push_back(std::move(callers.back()));
      callers.pop_back();
    }
    waiting[now.depth].push_back(std::move(json));
  }
  Json functions = Json::array();
  if (waiting.empty()) return functions;
  for (size_t i = waiting[0].size(); i-- > 0;) {
    functions.push_back(std::move(waiting[0][i]));
  }
  return functions;
}

}  // namespace

std::string StacksJson(const StackReport& report) {
  Json json;
  json["schema"] = "prof2cg.stacks";
  json["version"] = kVersion;
  json["event"] = JsonOf(report.event);
  json["total"] = report.cost;
  if (report.blocks) json["total_blocks"] = report.block_count;
  json["functions_with_cost"] = report.functions;
  json["functions"] = Nest(report);
  json["oddities"] = Json::array();
  for (const Oddity& oddity : report.oddities) {
    json["oddities"].push_back(JsonOf(oddity));
  }
  return JsonFile(json);
}

}  // namespace prof2cg
