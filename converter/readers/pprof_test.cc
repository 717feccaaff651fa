#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/inflate.h"
#include "converter/io/pprof_format.h"
#include "converter/io/test_support.h"
#include "converter/readers/protobuf_fields.h"
#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

using namespace pprof;
using namespace protobuf;
using Json = nlohmann::json;

Profile ReadPprof(std::string_view bytes) { return ReadStacks("pprof", bytes); }

std::string Refused(std::string_view bytes) { return Refusal("pprof", bytes); }

// A file as it grows. Texts come last, as everywhere.
class File {
 public:
  uint64_t Text(const std::string& text) {
    const auto found = std::ranges::find(texts_, text);
    const auto place = static_cast<uint64_t>(found - texts_.begin());
    if (found == texts_.end()) texts_.push_back(text);
    return place;
  }
  File& Add(const std::string& field) {
    fields_ += field;
    return *this;
  }
  File& AddType(const std::string& type, const std::string& unit) {
    return Add(Bytes(kSampleType,
                     Number(kType, Text(type)) + Number(kUnit, Text(unit))));
  }
  File& AddFunction(uint64_t id, const std::string& name,
                    const std::string& file = "", uint64_t line = 0) {
    return Add(Bytes(kFunction,
                     Number(kFunctionOfId, id) + Number(kName, Text(name)) +
                         Number(kFile, Text(file)) + Number(kStartLine, line)));
  }
  // Of (function, line)s, the innermost first.
  File& AddLocation(uint64_t id,
                    const std::vector<std::pair<uint64_t, uint64_t>>& lines,
                    const std::string& more = "") {
    std::string location = Number(kId, id) + more;
    for (const auto& [function, line] : lines) {
      location += Bytes(
          kLine, Number(kFunctionId, function) + Number(kLineNumber, line));
    }
    return Add(Bytes(kLocation, location));
  }
  File& AddSample(const std::vector<uint64_t>& locations,
                  const std::vector<uint64_t>& values,
                  const std::string& more = "") {
    return Add(Bytes(kSample, Packed(kLocationId, locations) +
                                  Packed(kValue, values) + more));
  }
  std::string LabelOf(const std::string& key, const std::string& text) {
    return Bytes(kLabel, Number(kKey, Text(key)) + Number(kText, Text(text)));
  }

  std::string Make() const {
    std::string bytes = fields_;
    for (const std::string& text : texts_) bytes += Bytes(kStringTable, text);
    return bytes;
  }

 private:
  std::string fields_;
  std::vector<std::string> texts_ = {""};
};

// Samples, of a location for each of a and b.
File TwoFunctions() {
  File file;
  file.AddType("samples", "count");
  for (uint64_t id : {1, 2}) {
    file.AddFunction(id, id == 1 ? "a" : "b").AddLocation(id, {{id, 10 * id}});
  }
  return file;
}

// Of one sample that costs 1: the event, and what that is.
std::string ShowType(const std::string& type, const std::string& unit) {
  File file;
  file.AddType(type, unit).AddSample({}, {1});
  const Profile profile = ReadPprof(file.Make());
  const Event& event = profile.events[EventId(0)];
  constexpr const char* kUnits[] = {"ns", "bytes", "count"};
  return event.name + "|" + event.long_name + "|" +
         std::to_string(profile.graph.self[0][0]) + " " +
         kUnits[static_cast<size_t>(event.unit)];
}

std::string OdditiesIn(const File& file) {
  return OdditiesOf(ReadPprof(file.Make()));
}

BOOST_AUTO_TEST_SUITE(PprofReader)

// Fields in any order, ids of any kind, numbers packed or not.
BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    File file;
    std::vector<std::string> fields;
    const bool ids_count = random() % 2 == 0;
    const auto id_of = [&](size_t row) {
      return ids_count ? row + 1 : (row + 1) * 0x9e3779b97f4a7c15;
    };
    std::vector<FunctionKey> functions;
    for (size_t i = 0; i < 6; ++i) {
      functions.push_back({"f" + std::to_string(i / 2), i % 2 == 0 ? "m" : "",
                           "", static_cast<uint32_t>(i)});
      fields.push_back(Bytes(
          kFunction, Number(kFunctionOfId, id_of(i)) +
                         Number(kName, file.Text(std::get<0>(functions[i]))) +
                         Number(kFile, file.Text(std::get<1>(functions[i]))) +
                         Number(kStartLine, i)));
    }
    // Frames from the innermost.
    std::vector<std::vector<std::pair<size_t, uint32_t>>> locations(5);
    for (size_t i = 0; i < locations.size(); ++i) {
      std::string location = Number(kId, id_of(i)) + Number(kColumn + 99, 7);
      for (size_t n = 1 + random() % 3; n > 0; --n) {
        const size_t f = random() % functions.size();
        const auto line = static_cast<uint32_t>(random() % 3);
        locations[i].emplace_back(f, line);
        location += Bytes(
            kLine, Number(kLineNumber, line) + Number(kFunctionId, id_of(f)));
      }
      fields.push_back(Bytes(kLocation, location));
    }
    StackModel model;
    for (size_t i = 1 + random() % 30; i > 0; --i) {
      ContextKey stack;
      std::string sample;
      std::vector<uint64_t> ids;
      for (size_t n = 1 + random() % 4; n > 0; --n) {
        ids.push_back(random() % locations.size());
      }
      uint32_t line = 0;
      for (size_t l = ids.size(); l-- > 0;) {
        const auto& frames = locations[ids[l]];
        for (size_t f = frames.size(); f-- > 0;) {
          stack.emplace_back(functions[frames[f].first], line);
          line = frames[f].second;
        }
      }
      for (uint64_t& id : ids) id = id_of(id);
      const std::vector<int64_t> costs = {static_cast<int64_t>(random() % 100),
                                          -static_cast<int64_t>(random() % 9)};
      const std::vector<uint64_t> values = {static_cast<uint64_t>(costs[1]),
                                            static_cast<uint64_t>(costs[0])};
      if (random() % 2 == 0) {
        sample = Packed(kLocationId, ids) + Packed(kValue, values);
      } else {
        for (const uint64_t v : values) sample += Number(kValue, v);
        for (const uint64_t id : ids) sample += Number(kLocationId, id);
      }
      model.Add(stack, costs);
      fields.push_back(Bytes(kSample, sample));
    }
    file.AddType("b", "bytes").AddType("a", "count");
    std::ranges::shuffle(fields, random);
    for (const std::string& field : fields) file.Add(field);
    const Profile profile = ReadPprof(file.Make());
    Contents contents = ContentsOf(profile);
    // Functions that no stack has.
    std::erase_if(contents.functions, [&](const auto& row) {
      return std::ranges::none_of(*contents.contexts, [&](const auto& context) {
        return context.first.back().first == row.first;
      });
    });
    BOOST_CHECK((Sorted(std::move(contents)) == model.Sum()));
  }
}

BOOST_AUTO_TEST_CASE(ATypeIsAnEventInTheModelsUnits) {
  const struct {
    const char* type;
    const char* unit;
    const char* shown;
  } rows[] = {
      {"cpu", "nanoseconds", "cpu|cpu [ns]|1 ns"},
      {"wall", "microseconds", "wall|wall [ns]|1000 ns"},
      {"wall", "milliseconds", "wall|wall [ns]|1000000 ns"},
      {"wall", "seconds", "wall|wall [ns]|1000000000 ns"},
      {"alloc_space", "bytes", "alloc_space|alloc_space [bytes]|1 bytes"},
      {"rss", "kilobytes", "rss|rss [bytes]|1024 bytes"},
      {"rss", "megabytes", "rss|rss [bytes]|1048576 bytes"},
      {"samples", "count", "samples|samples|1 count"},
      {"x", "widgets", "x|x [widgets]|1 count"},
      {"Ir", "", "Ir|Ir|1 count"},
      {"alloc-samples", "count", "alloc_samples|alloc-samples|1 count"},
      {"", "", "cost||1 count"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(ShowType(row.type, row.unit) == row.shown);
  }
}

BOOST_AUTO_TEST_CASE(CostsThatAreTooLargeInTheModelsUnitsAreTheLargest) {
  File file;
  file.AddType("t", "seconds").AddSample({}, {uint64_t{1} << 62});
  BOOST_TEST(ReadPprof(file.Make()).graph.self[0][0] == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(TheDefaultTypeComesFirstElseTheLast) {
  const auto events = [](const char* first) {
    File file;
    for (const char* type : {"x", "y", "y", "z"}) file.AddType(type, "count");
    file.AddSample({}, {1, 2, 3, 4});
    if (first != nullptr) {
      file.Add(Number(kDefaultSampleType, file.Text(first)));
    }
    const Profile profile = ReadPprof(file.Make());
    std::string shown;
    for (size_t e = 0; e < profile.events.size(); ++e) {
      shown += profile.events[EventId(e)].name + " " +
               std::to_string(profile.graph.self[0][e]) + " ";
    }
    return shown;
  };
  BOOST_TEST(events(nullptr) == "z 4 x 1 y 2 y_2 3 ");
  BOOST_TEST(events("y") == "y 2 x 1 y_2 3 z 4 ");
  BOOST_TEST(events("none") == "z 4 x 1 y 2 y_2 3 ");
}

BOOST_AUTO_TEST_CASE(CallsBesideOtherTypesAreThoseOfContexts) {
  File file = TwoFunctions();
  file.AddType("calls", "count").AddSample({2, 1}, {7, 3});
  file.Add(Number(kDefaultSampleType, file.Text("samples")));
  const Profile profile = ReadPprof(file.Make());
  BOOST_TEST(profile.events.size() == 1);
  BOOST_TEST(profile.graph.counts[1].total == 3);
  BOOST_TEST((profile.provenance.counts == Origin::kDerived));
  File alone;
  alone.AddType("calls", "count").AddSample({}, {5});
  BOOST_TEST(ReadPprof(alone.Make()).graph.self[0][0] == 5);
}

BOOST_AUTO_TEST_CASE(WhatIsNotFreedAndThePeakAreKindsOfTheirOwn) {
  const auto kind = [](const char* type) {
    File file;
    file.AddType(type, "bytes").AddSample({}, {1});
    return ReadPprof(file.Make()).events[EventId(0)].kind;
  };
  BOOST_TEST((kind("inuse_space") == Kind::kLive));
  BOOST_TEST((kind("live_bytes") == Kind::kLive));
  BOOST_TEST((kind("peak_bytes") == Kind::kPeak));
  BOOST_TEST((kind("alloc_space") == Kind::kFlow));
}

BOOST_AUTO_TEST_CASE(AFunctionIsCalledByItsSystemNameOrAddressIfByNoOther) {
  File file;
  file.AddType("samples", "count");
  file.Add(Bytes(kMapping, Number(kMappingId, 4) +
                               Number(kFilename, file.Text("/lib/x.so"))));
  file.Add(Bytes(kFunction, Number(kFunctionOfId, 1) +
                                Number(kSystemName, file.Text("_Z1fv"))));
  const std::string place =
      Number(kMappingOfLocation, 4) + Number(kAddress, 0xbeef);
  file.AddLocation(1, {{1, 0}}, place).AddLocation(2, {}, place);
  file.AddLocation(3, {{0, 0}}, Number(kAddress, UINT64_MAX));
  file.AddLocation(4, {});
  file.AddSample({1, 2, 3, 4}, {1});
  BOOST_TEST(ShowFunctions(ReadPprof(file.Make())) ==
             "_Z1fv  /lib/x.so\n"
             "0xbeef  /lib/x.so\n"
             "0xffffffffffffffff  \n"
             "  \n");
}

BOOST_AUTO_TEST_CASE(AStackWithoutLocationsHasOneFunctionWithoutAName) {
  File file = TwoFunctions();
  BOOST_TEST(ShowStacks(ReadPprof(file.AddSample({}, {4}).Make())) == " 4\n");
}

BOOST_AUTO_TEST_CASE(ThreadsAreToldByTheLabelThatSaysMost) {
  File file = TwoFunctions();
  const std::string name = file.LabelOf("thread name", "Main");
  const std::string number =
      Bytes(kLabel, Number(kKey, file.Text("tid")) + Number(kNumber, 7));
  file.AddSample({1}, {1}, name + number).AddSample({1}, {2}, number + name);
  file.AddSample({1}, {4}, number).AddSample({1}, {8});
  const Profile profile = ReadPprof(file.Make());
  std::string shown;
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const uint32_t thread = profile.contexts->contexts[row].thread;
    shown += std::string(profile.strings[profile.threads[thread]]) + " " +
             std::to_string(profile.contexts->self[row][0]) + "\n";
  }
  BOOST_TEST(shown == "Main 3\n7 4\n(unknown) 8\n");
  BOOST_TEST(OdditiesOf(profile) == "");
  BOOST_TEST(
      ReadPprof(TwoFunctions().AddSample({1}, {1}).Make()).threads.empty());
}

BOOST_AUTO_TEST_CASE(WhatIsLeftOutIsCounted) {
  File file = TwoFunctions();
  const std::string bytes =
      Bytes(kLabel, Number(kKey, file.Text("bytes")) + Number(kNumber, 8));
  file.AddSample({1}, {1}, bytes + file.LabelOf("job", "x"));
  file.AddSample({1}, {1}, file.LabelOf("estimated", "stack"));
  file.Add(Number(kDropFrames, file.Text("runtime.*")));
  BOOST_TEST(OdditiesIn(file) ==
             "1 stack is estimated, as its label says\n"
             "2 labels of samples are left out\n"
             "1 expression of frames to drop is not applied\n");
}

BOOST_AUTO_TEST_CASE(CommentsAndWhatIsSaidOfTheRunAreFacts) {
  File file = TwoFunctions();
  for (const char* comment :
       {"Command: go test", "Clock: TSC", "by hand", "by hand", "",
        "Fidelity: measured 100 %, lost 0"}) {
    file.Add(Number(kComment, file.Text(comment)));
  }
  file.Add(Number(kTimeNanos, 1'000'000'000'000'000'000));
  file.Add(Number(kDurationNanos, 1'500'000'000));
  file.Add(Number(kPeriod, 100));
  file.Add(Bytes(kPeriodType, Number(kType, file.Text("cpu")) +
                                  Number(kUnit, file.Text("nanoseconds"))));
  const Profile profile = ReadPprof(file.Make());
  BOOST_TEST(profile.command == "go test");
  const std::vector<Fact> expected = {{"Clock", "TSC"},
                                      {"Comment", "by hand"},
                                      {"Time", "2001-09-09 01:46:40 UTC"},
                                      {"Duration", "1.500 s"},
                                      {"Period", "100 nanoseconds of cpu"}};
  BOOST_CHECK(profile.facts == expected);
}

BOOST_AUTO_TEST_CASE(WhatIsWrongIsSaidWithItsPlace) {
  const std::string location = Number(kLocationId, 1);
  const struct {
    std::string bytes;  // behind the field of a type
    std::string refusal;
  } rows[] = {
      {Bytes(kSample, location + Number(kValue, 1)),
       "there is no location with the id 1, at byte 8"},
      {Bytes(kSample, ""),
       "a sample has 0 values for 1 sample types, at byte 6"},
      {Packed(kSample, {1, 2, 3}),
       "expected a whole field of a Protocol Buffers message, at byte 8"},
      {Bytes(kLocation, Number(kMappingOfLocation, 1)),
       "a location without an id, at byte 6"},
      {Bytes(kLocation, Number(kId, 5)) + Bytes(kLocation, Number(kId, 5)),
       "a second location with the id 5, at byte 10"},
      {Bytes(kLocation, Number(kId, 1)) + Bytes(kLocation, Number(kId, 1)),
       "a second location with the id 1, at byte 10"},
      {Bytes(kLocation, Number(kId, 5) + Number(kMappingOfLocation, 9)),
       "there is no mapping with the id 9, at byte 6"},
      {Bytes(kLocation,
             Number(kId, 5) + Bytes(kLine, Number(kFunctionId, 300))),
       "there is no function with the id 300, at byte 6"},
      {Bytes(kFunction, Number(kFunctionOfId, 1) + Number(kName, 2)),
       "a string beyond the 1 of the string table, at byte 6"},
      {Number(kComment, UINT64_MAX),
       "a string beyond the 1 of the string table, at byte 6"},
      {Bytes(kStringTable, "x"),
       "expected a string table that begins with an empty string, at byte 6"},
      {Bytes(kSample, Bytes(kLabel, Number(kKey, 9)) + Number(kValue, 1)),
       "a label's string is beyond those of the string table, at byte 10"},
      {Number(kSample, 1), "expected text or a message in field 2, at byte 6"},
      {Bytes(kPeriod, "x"), "expected a number in field 12, at byte 6"},
      {"\x12\x7f",
       "expected a whole field of a Protocol Buffers message, at "
       "byte 6"},
      {std::string(11, '\xff'),
       "expected a whole field of a Protocol Buffers message, at byte 6"},
  };
  const std::string type =
      Bytes(kSampleType, Number(kType, 0) + Number(kUnit, 0));
  for (const auto& row : rows) {
    BOOST_TEST(Refused(type + row.bytes) == row.refusal);
  }
  BOOST_TEST(Refused("") == "has no sample types");
  std::string types;
  for (int i = 0; i < 33; ++i) types += type;
  BOOST_TEST(Refused(types) == "more than 32 sample types, at byte 192");
}

BOOST_AUTO_TEST_CASE(EveryCutIsReadOrRefused) {
  File file = TwoFunctions();
  const std::string bytes =
      file.AddSample({2, 1}, {3}, file.LabelOf("thread", "t")).Make();
  for (size_t size = 0; size < bytes.size(); ++size) {
    Refused(bytes.substr(0, size));
  }
  BOOST_TEST(Refused(bytes) == "");
}

// 1000 inlined functions in a location, 1000 times in each of 1000 samples.
BOOST_AUTO_TEST_CASE(FramesThatNoFileOfThatSizeHasAreRefused) {
  File file = TwoFunctions();
  file.AddLocation(3, std::vector<std::pair<uint64_t, uint64_t>>(1000, {1, 1}));
  for (int i = 0; i < 1000; ++i) {
    file.AddSample(std::vector<uint64_t>(1000, 3), {1});
  }
  BOOST_TEST(Refused(file.Make())
                 .starts_with("inlined functions make too many frames for such "
                              "a file, at byte "));
}

BOOST_AUTO_TEST_CASE(LongTextsAreTakenOnceHoweverManyReferToThem) {
  File file;
  file.AddType("samples", "count");
  const uint64_t text = file.Text(std::string(1 << 20, 'x'));
  for (uint64_t id = 1; id <= 20'000; ++id) {
    file.Add(Bytes(kFunction, Number(kFunctionOfId, id) + Number(kName, text) +
                                  Number(kStartLine, id)));
    file.Add(Bytes(kLocation,
                   Number(kId, id) + Bytes(kLine, Number(kFunctionId, id))));
    file.Add(Number(kComment, text));
  }
  const Profile profile = ReadPprof(file.Make());
  BOOST_TEST(profile.functions.size() == 20'000);
  BOOST_TEST(profile.facts.size() == 1);
}

// What `go tool pprof -top` says of each function; see tools/interop/pprof.
BOOST_AUTO_TEST_CASE(RealProfilesAreWhatGoReads) {
  using Figures = std::map<std::string, std::pair<int64_t, int64_t>>;
  int compared = 0;
  for (const char* name : {"cpu", "heap", "mutex"}) {
    const std::string path = std::string("testdata/pprof/") + name + ".pb.gz";
    const std::string compressed = ContentOf(path);
    const Pages bytes = Inflate(compressed, size_t{1} << 20);
    BOOST_TEST(DetectReader(bytes.bytes()).name == "pprof");
    const Profile profile = ReadPprof(bytes.bytes());
    const Json expected = Json::parse(
        ContentOf(std::string("testdata/pprof/expected/") + name + ".json"));
    BOOST_TEST(expected.size() == profile.events.size());
    for (size_t e = 0; e < profile.events.size(); ++e) {
      Figures figures;
      for (size_t f = 0; f < profile.functions.size(); ++f) {
        const int64_t inclusive = profile.graph.inclusive[f][e];
        if (inclusive == 0) continue;
        auto& [self, all] =
            figures[std::string(profile.Name(FunctionId(f))) + " " +
                    std::string(profile.File(FunctionId(f)))];
        self += profile.graph.self[f][e];
        all += inclusive;
      }
      Figures go;
      for (const auto& [function, row] :
           expected[profile.events[EventId(e)].name].items()) {
        go[function] = {row[0], row[1]};
      }
      BOOST_CHECK(figures == go);
      compared += static_cast<int>(go.size());
    }
  }
  BOOST_TEST(compared > 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
