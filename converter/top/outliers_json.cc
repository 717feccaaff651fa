#include "converter/top/outliers_json.h"

#include "converter/display/json_text.h"

namespace prof2cg {
namespace {

constexpr int kVersion = 1;

class OutliersJsonWriter {
 public:
  explicit OutliersJsonWriter(const OutlierReport& report) : report_(report) {}

  Json Write() const;

 private:
  Json Profile(size_t number) const { return JsonText(report_.inputs[number]); }
  static Json Place(const OutlierFunction& function);
  Json Of(const OutlierFunction& function) const;
  Json Of(const Spread& spread) const;
  Json Of(const Outlier& outlier) const;

  const OutlierReport& report_;
};

Json OutliersJsonWriter::Write() const {
  Json json;
  json["schema"] = "prof2cg.outliers";
  json["version"] = kVersion;
  json["event"] = JsonOf(report_.event);
  json["profiles"] = report_.inputs.size();
  json["median_total"] = report_.median_total;
  json["median_moved"] = report_.usual_moved;
  json["outlier_count"] = report_.odd;
  json["outliers"] = Json::array();
  for (const Outlier& each : report_.outliers) {
    json["outliers"].push_back(Of(each));
  }
  json["function_count"] = report_.functions;
  json["functions"] = Json::array();
  for (const OutlierFunction& each : report_.list) {
    json["functions"].push_back(Of(each));
  }
  return json;
}

Json OutliersJsonWriter::Place(const OutlierFunction& function) {
  Json json;
  json["name"] = JsonText(function.name);
  json["file"] = JsonText(function.file);
  if (function.line != 0) json["line"] = function.line;
  json["object"] = JsonText(function.object);
  return json;
}

Json OutliersJsonWriter::Of(const OutlierFunction& function) const {
  Json json = Place(function);
  json["self"] = Of(function.self);
  json["inclusive"] = Of(function.inclusive);
  return json;
}

Json OutliersJsonWriter::Of(const Spread& spread) const {
  return {{"mean", spread.mean()},
          {"deviation", spread.Deviation()},
          {"variation", spread.Variation()},
          {"least", spread.least().value},
          {"least_profile", Profile(spread.least().profile)},
          {"greatest", spread.greatest().value},
          {"greatest_profile", Profile(spread.greatest().profile)}};
}

Json OutliersJsonWriter::Of(const Outlier& outlier) const {
  Json json;
  json["profile"] = Profile(outlier.odd.profile);
  json["reasons"] = Json::array();
  if (outlier.odd.HasOddTotal()) json["reasons"].push_back("total");
  if (outlier.odd.HasOddShares()) json["reasons"].push_back("functions");
  json["total"] = outlier.total;
  json["times_median"] = outlier.odd.times;
  json["moved"] = outlier.moved;
  json["function"] = Place(outlier.function);
  json["self"] = outlier.self;
  json["self_of_others"] = outlier.self_of_others;
  return json;
}

}  // namespace

std::string OutliersJson(const OutlierReport& report) {
  return JsonFile(OutliersJsonWriter(report).Write());
}

}  // namespace prof2cg
