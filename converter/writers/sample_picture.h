// Pictures to draw: put together by hand, or random ones by seed.
#ifndef PROF2CG_CONVERTER_WRITERS_SAMPLE_PICTURE_H_
#define PROF2CG_CONVERTER_WRITERS_SAMPLE_PICTURE_H_

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/text_sink.h"
#include "converter/picture/picture.h"
#include "converter/writers/writer.h"
#include "graph/sample_profile.h"

namespace prof2cg {

// Text in memory.
class StringSink final : public TextSink {
 public:
  // All that was written; nothing can be added.
  std::string Take() && {
    MakeRoom(0);
    return std::move(text_);
  }

 private:
  void MakeRoom(size_t size) override {
    text_.append(buffer_.data(), static_cast<size_t>(position_ - begin()));
    buffer_.resize(std::max<size_t>(size, 1 << 16));
    position_ = begin();
    end_ = position_ + buffer_.size();
  }
  char* begin() { return buffer_.data(); }

  std::string text_;
  std::vector<char> buffer_;
};

struct SamplePicture {
  std::unique_ptr<const Profile> profile;
  Picture picture;
};

inline std::string SamplePercent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", 100 * share);
  return text;
}

// All of `profile`, by each of its events.
inline SamplePicture DrawAll(Profile all, std::string_view theme = "heat") {
  SamplePicture sample;
  sample.profile = std::make_unique<const Profile>(std::move(all));
  const Profile& profile = *sample.profile;
  Picture& picture = sample.picture;
  picture.profile = &profile;
  picture.theme = *FindTheme(theme);
  picture.title = "app.py --fast";
  picture.notes = {"measured 100.0 %, estimated 0.0 %, lost 0"};
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const Function& function = profile.functions[f];
    PictureNode node;
    node.function = FunctionId(f);
    node.name = profile.Name(node.function);
    std::string file(profile.File(node.function));
    file.erase(0, file.rfind('/') + 1);
    node.place = file + ":" + std::to_string(function.line);
    node.label = node.place + ":" + node.name;
    picture.nodes.push_back(std::move(node));
  }
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    picture.edges.push_back({call.caller.row(), call.callee.row(), CallId(c)});
  }
  for (size_t e = 0; e < profile.events.size(); ++e) {
    PictureView view;
    view.event = EventId(e);
    for (size_t f = 0; f < profile.functions.size(); ++f) {
      view.total = std::max(view.total, profile.graph.inclusive[f][e]);
    }
    const double total = std::max(1., static_cast<double>(view.total));
    for (size_t f = 0; f < profile.functions.size(); ++f) {
      NodeFigures figures;
      figures.self = profile.graph.self[f][e];
      figures.total = profile.graph.inclusive[f][e];
      figures.self_share = static_cast<double>(figures.self) / total;
      figures.total_share = static_cast<double>(figures.total) / total;
      figures.weight = figures.total_share;
      figures.label = SamplePercent(figures.total_share) + "\n(" +
                      SamplePercent(figures.self_share) + ")\n" +
                      std::to_string(profile.graph.counts[f].total) + "×";
      view.nodes.push_back(std::move(figures));
    }
    for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
      EdgeFigures figures;
      figures.total = profile.graph.call_inclusive[c][e];
      figures.total_share = static_cast<double>(figures.total) / total;
      figures.weight = figures.breadth = figures.total_share;
      figures.label = SamplePercent(figures.total_share) + "\n" +
                      std::to_string(profile.graph.calls[c].counts.total) + "×";
      view.edges.push_back(std::move(figures));
    }
    picture.views.push_back(std::move(view));
  }
  return sample;
}

// main calls parse and draw, which both call helper; draw calls itself. By time
// and by bytes.
inline SamplePicture SmallPicture(std::string_view theme = "heat") {
  SampleProfile sample(TimeAndBytes());
  const auto main = sample.Add("main", "/app/app.py", 1, {1, 1}, {1'000'000, 0},
                               {100'000'000, 5000});
  const auto parse = sample.Add("parse", "/app/parser.py", 20, {10, 10},
                                {20'000'000, 1000}, {24'000'000, 4000});
  const auto draw = sample.Add("draw", "/app/canvas.py", 300, {7, 3},
                               {70'000'000, 600}, {75'000'000, 1000});
  const auto helper = sample.Add("helper", "/app/util.py", 5, {1234, 1234},
                                 {9'000'000, 3400}, {9'000'000, 3400});
  const SampleProfile::Costs none = {0, 0};
  sample.Call(main, parse, {10, 10}, {24'000'000, 4000}, none);
  sample.Call(main, draw, {3, 3}, {75'000'000, 1000}, none);
  sample.Call(parse, helper, {1000, 1000}, {4'000'000, 3000}, none);
  sample.Call(draw, draw, {4, 0}, {30'000'000, 500}, none);
  sample.Call(draw, helper, {234, 234}, {5'000'000, 400}, none);
  return DrawAll(sample.Build(), theme);
}

// A program of that many functions in some layers, each but the first called by
// one to three of layers above, with a little recursion; costs add up along the
// calls. By time and by bytes.
inline SamplePicture RandomPicture(size_t functions, uint32_t seed,
                                   std::string_view theme = "heat") {
  static constexpr std::string_view kVerbs[] = {
      "parse",     "read",   "compile", "visit",    "emit",   "load",
      "find_spec", "handle", "get",     "__init__", "update", "match"};
  static constexpr std::string_view kNouns[] = {"",
                                                "_token",
                                                "_module",
                                                "_from_cache",
                                                "_value",
                                                "_header_section",
                                                "_and_check_every_argument",
                                                "_tree"};
  static constexpr std::string_view kFiles[] = {
      "decoder.py", "parser.py", "feedparser.py", "importlib/_bootstrap.py",
      "codecs.py",  "ast.py"};
  std::mt19937 random(seed);
  SampleProfile sample(TimeAndBytes());
  const auto pick = [&](const auto& texts) {
    return std::string(texts[random() % std::size(texts)]);
  };
  std::vector<FunctionId> ids;
  std::vector<std::vector<std::pair<size_t, double>>> callers(functions);
  std::vector<SampleProfile::Costs> self(functions), total;
  for (size_t f = 0; f < functions; ++f) {
    const double heavy = 1. / static_cast<double>(1 + random() % 100);
    self[f] = {static_cast<int64_t>(1e8 * heavy * heavy),
               static_cast<int64_t>(random() % 100'000)};
    const size_t count = f == 0 ? 0 : 1 + (random() % 10 + 2) / 6;
    for (size_t c = 0; c < count; ++c) {
      // Mostly not far above.
      const size_t reach = std::min(f, 4 + f / 3);
      const size_t caller = f - 1 - random() % reach;
      if (std::ranges::none_of(callers[f],
                               [&](auto& x) { return x.first == caller; })) {
        callers[f].emplace_back(caller, 1. / static_cast<double>(count));
      }
    }
  }
  total = self;
  struct Edge {
    size_t caller, callee;
    SampleProfile::Costs cost;
  };
  std::vector<Edge> edges;
  for (size_t f = functions; f-- > 1;) {
    for (const auto& [caller, share] : callers[f]) {
      Edge edge = {caller, f, {}};
      for (size_t e = 0; e < 2; ++e) {
        edge.cost.push_back(
            static_cast<int64_t>(share * static_cast<double>(total[f][e])));
        total[caller][e] += edge.cost.back();
      }
      edges.push_back(std::move(edge));
    }
  }
  for (size_t f = 0; f < functions; ++f) {
    const auto calls = static_cast<int64_t>(1 + random() % 5000);
    ids.push_back(sample.Add(f == 0 ? "<module>" : pick(kVerbs) + pick(kNouns),
                             "/usr/lib/python3.11/" + pick(kFiles),
                             static_cast<uint32_t>(f + 1), {calls, calls},
                             self[f], total[f]));
  }
  for (size_t f = 7; f < functions; f += 23) {
    edges.push_back({f, f, {total[f][0] / 3, total[f][1] / 2}});
  }
  std::ranges::stable_sort(edges, {}, &Edge::caller);
  for (const Edge& edge : edges) {
    sample.Call(ids[edge.caller], ids[edge.callee], {3, 3}, edge.cost, {0, 0});
  }
  return DrawAll(sample.Build(), theme);
}

inline std::string Svg(const Picture& picture) {
  StringSink sink;
  FindWriter("svg")->draw(picture, sink);
  return std::move(sink).Take();
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SAMPLE_PICTURE_H_
