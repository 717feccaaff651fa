#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "converter/readers/marshal_writer.h"
#include "converter/readers/protobuf_fields.h"
#include "converter/readers/reader.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

using namespace marshal;  // the writers of objects

// The name of the format that `bytes` look like, or the line of the error.
std::string Detect(std::string_view bytes) {
  try {
    return std::string(DetectReader(bytes).name);
  } catch (const Error& error) {
    return error.Line();
  }
}

BOOST_AUTO_TEST_SUITE(Registry)

BOOST_AUTO_TEST_CASE(EachReaderIsFoundByItsName) {
  std::set<std::string_view> names;
  for (const Reader* reader : Readers()) {
    BOOST_TEST(names.insert(reader->name).second);
    BOOST_TEST(FindReader(reader->name) == reader);
    BOOST_TEST(!reader->description.empty());
    BOOST_TEST(reader->description.find('\n') == std::string_view::npos);
  }
  BOOST_TEST(FindReader("") == nullptr);
  BOOST_TEST(FindReader("Pstats") == nullptr);
  BOOST_TEST(FindReader("pstat") == nullptr);
}

BOOST_AUTO_TEST_CASE(ADictOfTuplesIsPstats) {
  const std::string key = Tuple({Text("a.py"), Int(1), Text("f")});
  const std::string short_key = ")\3" + Text("a.py") + Int(1) + Text("f");
  for (const std::string& dump :
       {Dict({}), Shared(Dict({})), Dict({key, None()}),
        Dict({short_key, None()}), Shared(Dict({Shared(key), None()})),
        Shared(Dict({Shared(short_key), None()})),
        Dict({Tuple({Text("__sampled__")}), Bool(true), key, None()})}) {
    BOOST_TEST(Detect(dump) == "pstats");
    // Also where most of it is missing: then the reader says what is.
    BOOST_TEST(Detect(dump.substr(0, 6)) == "pstats");
  }
}

BOOST_AUTO_TEST_CASE(EveryRealDumpIsPstats) {
  int dumps = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/pstats")) {
    if (entry.path().extension() != ".pstats") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    BOOST_TEST(Detect(bytes) == "pstats", entry.path());
    ++dumps;
  }
  BOOST_TEST(dumps == 60);
}

BOOST_AUTO_TEST_CASE(EveryListingIsOfTheFormatThatItsNameTells) {
  int listings = 0;
  for (const char* folder : {"gprof", "axe", "hprof"}) {
    for (const auto& entry : std::filesystem::directory_iterator(
             std::string("testdata/") + folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      BOOST_TEST("." + Detect(bytes) == entry.path().extension().string());
      ++listings;
    }
  }
  BOOST_TEST(listings == 7);
}

BOOST_AUTO_TEST_CASE(MessagesOfTheRightShapeArePprof) {
  using namespace protobuf;
  const std::string type = Bytes(1, Number(1, 1) + Number(2, 2));
  const std::string sample =
      Bytes(2, Packed(1, {1, 300}) + Packed(2, {5}) + Bytes(3, Number(1, 0)));
  const std::string location =
      Bytes(4, Number(1, 1) + Bytes(4, Number(1, 1) + Number(2, 3)));
  const std::string long_text = Bytes(6, std::string(5000, 'x'));
  for (const std::string& bytes :
       {type, sample, location, type + sample + Number(9, 1) + Bytes(6, "f"),
        Bytes(5, Number(1, 1) + Number(5, 7)), Bytes(3, Number(10, 1)),
        Bytes(11, Number(1, 1)) + Number(12, 8) + type,
        Bytes(6, "") + Bytes(6, "") + type, type + long_text}) {
    BOOST_TEST(Detect(bytes) == "pprof");
  }
  for (const std::string& bytes :
       {type + "x", type + Number(16, 1), type.substr(0, 4), Bytes(1, ""),
        Bytes(6, "f") + type, Bytes(1, Number(3, 1)), Bytes(1, Bytes(1, "")),
        Bytes(4, Bytes(4, Number(9, 1))), Number(9, 1), long_text + type,
        std::string("2 bottles"), std::string("\n\nx"), std::string("\n \n \n"),
        std::string("\"\"\"doc\"\"\"\n")}) {
    BOOST_TEST(Detect(bytes).starts_with("not a profile that I know"));
  }
}

BOOST_AUTO_TEST_CASE(LinesOfStacksAndCountsAreCollapsed) {
  const std::string line = "main;f (x.py:1) 5\n";
  std::string many;
  while (many.size() < 5000) many += line;
  // As many as make the head end in a count, in a frame and after a line.
  for (size_t cut = 0; cut < 2 * line.size(); ++cut) {
    BOOST_TEST(Detect(std::string(cut, '\n') + many) == "collapse");
  }
  for (const std::string& text :
       {line, std::string("a;b 1"), std::string("# mode: wall\n\na;b 1.5\r\n"),
        std::string(" 7\nmain 3\na;b -1 \n"),
        // Longer than what is looked at.
        "main;" + std::string(5000, 'f') + " 1\n",
        "main;é;" + std::string(4088, 'f') + "é;g 1\n"}) {
    BOOST_TEST(Detect(text) == "collapse");
  }
}

BOOST_AUTO_TEST_CASE(IndentedFramesOfModulesAreDtrace) {
  for (const std::string text :
       {"\n  lib`f+0x1\n  1\n", "CPU ID\n 1\n\n\t lib`f\n\t lib`g\n",
        "Tracing...\n  lib`f\n    [ a.py:1 (f) ]\n",
        "  lib`f\n\n  value  ------------- Distribution ------------- count\n",
        "  lib`f\n  0x7f00\n"}) {
    BOOST_TEST(Detect(text) == "dtrace");
  }
}

BOOST_AUTO_TEST_CASE(AnObjectThatBeginsAsTheSchemaHasItIsJson) {
  for (const std::string text :
       {R"({"version": 0})", R"({"version":0,"costs":[]})",
        "\xef\xbb\xbf { \n \"version\" : 0", R"({"costs": [{"description": )",
        R"({"costs": [{"unit": "s"}]})", R"({"costs": []})",
        R"({"functions": [{"name": "f"}]})", R"({"functions":[{"module":)",
        R"({"events": [{"callchain": [)", R"({"events": [ { "cost")"}) {
    BOOST_TEST(Detect(text) == "json");
  }
}

BOOST_AUTO_TEST_CASE(WhatOnlyLooksLikeStacksIsNone) {
  for (const std::string text :
       {// no frames, no counts, or not all lines
        "main 5\n", "a;b\n", "a;b 1\nc d\n", "a;b 1x\n", "x = 1; y = 2;\n",
        "1;2;3\n4;5;6\n",
        // quotes in a text
        "Call `f` or\n`g`.\n", "    `f`\n    `g`\n", "  a `f`\n  1\n",
        "lib`f\n1\n", "  lib`f\n", "  lib`f\nnext\n", "  lib`\n  1\n",
        // other JSON
        R"({"version": 1})", R"({"version": "0"})", R"({"events": [1]})",
        R"({"events": [{"name": 1}]})", R"({"functions": {}})",
        R"(["version"])", R"({"$schema": "x", "version": 0})"}) {
    BOOST_TEST(Detect(text).starts_with("not a profile that I know"), text);
  }
}

BOOST_AUTO_TEST_CASE(HeaderLinesUpToTheNamesOfEventsAreCallgrind) {
  for (const std::string& file :
       {std::string("# callgrind format\n"), std::string("# callgrind format"),
        std::string("events: Ir\n"), std::string("\n# c\n\nevents: Ir"),
        std::string("version: 1\r\ncreator: x\r\nevents: Ir\r\n"),
        std::string("\xef\xbb\xbfversion: 1\nevents: Ir"),
        std::string("cmd: events: x\nevents: Ir\nfn=f\n"),
        std::string("desc: I1 cache: 1\ncmd: a=b\nevents: Ir\n"),
        std::string("timeframe (BB): 1\nodd-key: 2\nevents: Ir\n"),
        "creator: x\ncmd: " + std::string(5000, 'x') + "\nevents: Ir\n"}) {
    BOOST_TEST(Detect(file) == "callgrind", file);
  }
  for (const std::string& other :
       {std::string("events:"), std::string("version: 1\n"),
        std::string("version: 1\nfn=f\nevents: Ir\n"),
        std::string("#!/bin/sh\nevents\n"),
        std::string("key: value\n\"events\": 3\n")}) {
    BOOST_TEST(Detect(other).starts_with("not a profile that I know"), other);
  }
}

BOOST_AUTO_TEST_CASE(EveryRealCallgrindFileIsCallgrind) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/callgrind")) {
    if (!entry.path().string().ends_with("grind")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    BOOST_TEST(Detect(bytes) == "callgrind", entry.path());
    ++files;
  }
  BOOST_TEST(files == 10);
}

BOOST_AUTO_TEST_CASE(WhatIsNoProfileIsShownByItsFirstBytes) {
  const struct {
    std::string bytes;
    std::string shown;
  } rows[] = {
      {"x", "\"x\""},
      {"{", "\"{\""},
      {"{}", "\"{}\""},
      {"{\"a\": 1}", "\"{\"a\": 1}\""},
      {"{('a.py', 1, 'f'): (1, 1)}", "\"{('a.py', 1, 'f'\""},  // its repr
      {"no profile at all", "\"no profile at al\""},
      {"a\tb\r\nc", R"("a\tb\r\nc")"},
      {"\x1b[31mred", "1b 5b 33 31 6d 72 65 64"},
      {std::string("a\0b", 3), "61 00 62"},
      {"caf\xc3\xa9", "63 61 66 c3 a9"},
      {"\x7f", "7f"},
      {"\n", R"("\n")"},
      {"\n\x1b", "0a 1b"},
      {"\x1f\x8b\x08", "1f 8b 08"},  // gzip in gzip
      {"\x7f"
       "ELF\2\1\1" +
           std::string(20, '\0'),
       "7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00"},
      // marshalled, but no dict of tuples
      {List({}), "5b 00 00 00 00"},
      {Dict({Text("a"), None()}), "7b 7a 01 61 4e 30"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(Detect(row.bytes) ==
               "not a profile that I know: it starts with " + row.shown +
                   ", at byte 0");
  }
}

BOOST_AUTO_TEST_CASE(NothingIsSaidToBeEmpty) {
  BOOST_TEST(Detect("") == "is empty");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
