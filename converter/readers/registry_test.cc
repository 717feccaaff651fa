#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "converter/readers/marshal_writer.h"
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
