// Recordings by hand: what is read of them, and what is refused.
#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/column.h"
#include "converter/io/recording_format.h"
#include "converter/readers/marshal_writer.h"
#include "converter/readers/pstats_dumps.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

std::string ColumnOf(const std::vector<int64_t>& numbers) {
  const PackedColumn packed = PackColumn(numbers);
  return Tuple({Unicode(packed.type.name), Bytes(packed.bytes)});
}

std::string TextColumn(std::string_view text) {
  return Tuple({Unicode("u1"), Bytes(PackBytes(text).bytes)});
}

// A dict in the order in which its keys came.
class Entries {
 public:
  Entries(std::vector<std::pair<std::string, std::string>> entries)
      : entries_(std::move(entries)) {}

  // Instead of what the key has; an empty value removes it.
  Entries With(const std::string& key, const std::string& value) const {
    Entries changed = *this;
    for (auto& entry : changed.entries_) {
      if (entry.first != key) continue;
      entry.second = value;
      return changed;
    }
    changed.entries_.emplace_back(key, value);
    return changed;
  }

  std::string Object() const {
    Items items;
    for (const auto& [key, value] : entries_) {
      if (value.empty()) continue;
      items.push_back(Unicode(key));
      items.push_back(value);
    }
    return Dict(items);
  }

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
};

std::string Event(std::string_view name, std::string_view unit = "ns",
                  std::string_view kind = "flow") {
  return Tuple({Unicode(name), Unicode("Time"), Unicode(unit), Unicode(kind)});
}

// Of main, which calls f.
Entries Texts() {
  return {{{"rows", Int(3)},
           {"size", ColumnOf({4, 1, 4})},
           {"bytes", TextColumn("mainfa.py")}}};
}

Entries Functions() {
  return {{{"rows", Int(2)},
           {"name", ColumnOf({0, 1})},
           {"file", ColumnOf({2, 2})},
           {"object", ColumnOf({1, 1})},
           {"line", ColumnOf({7, 8})},
           {"total", ColumnOf({1, 300})},
           {"primitive", ColumnOf({1, 300})},
           {"self", Tuple({ColumnOf({10, 70'000})})},
           {"inclusive", Tuple({ColumnOf({70'010, 70'000})})}}};
}

Entries Calls() {
  return {{{"rows", Int(1)},
           {"caller", ColumnOf({0})},
           {"callee", ColumnOf({1})},
           {"line", ColumnOf({9})},
           {"total", ColumnOf({300})},
           {"primitive", ColumnOf({300})},
           {"inclusive", Tuple({ColumnOf({70'000})})},
           {"self", Tuple({ColumnOf({70'000})})},
           {"estimated", ColumnOf({1})}}};
}

Entries Contexts() {
  return {{{"rows", Int(2)},
           {"parent", ColumnOf({0, 1})},
           {"function", ColumnOf({0, 1})},
           {"line", ColumnOf({0, 9})},
           {"calls", ColumnOf({1, 300})},
           {"thread", ColumnOf({1, 1})},
           {"self", Tuple({ColumnOf({10, 70'000})})}}};
}

Entries Sizes() {
  return {{{"rows", Int(2)},
           {"context", ColumnOf({1, 1})},
           {"least", ColumnOf({0, 32})},
           {"blocks", ColumnOf({5, 6})}}};
}

Entries Recording() {
  return {{{"prof2cg", Int(1)},
           {"naming", Unicode("file")},
           {"traced", Bool(true)},
           {"command", Unicode("a.py -x")},
           {"facts", Tuple({Tuple({Unicode("Python"), Unicode("3.11")})})},
           {"threads", Tuple({Unicode("main"), Unicode("other")})},
           {"events", Tuple({Event("ns")})},
           {"origins", Unicode("mdmmde")},
           {"lost", Int(4)},
           {"oddities", Tuple({Tuple({Unicode("x"), Unicode("xs"), Int(2)})})},
           {"complete", Bool(true)},
           {"folded", Bool(false)},
           {"texts", Texts().Object()},
           {"functions", Functions().Object()},
           {"calls", Calls().Object()},
           {"contexts", Contexts().Object()},
           {"sizes", Sizes().Object()}}};
}

// The same, with one entry of a table changed.
Entries WithColumn(const std::string& table, const Entries& entries,
                   const std::string& column, const std::string& value) {
  return Recording().With(table, entries.With(column, value).Object());
}

// A whole file: of a dump with one function, so that it can serve.
std::string FileOf(const std::string& object) {
  std::string file = Dict({Key("served"), AnyStats()}) + object;
  file += Raw(uint64_t{object.size()}) + std::string(recording::kMagic);
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(file.data()),
                         static_cast<uInt>(file.size()));
  return file + Raw(static_cast<uint32_t>(sum));
}
std::string FileOf(const Entries& entries) { return FileOf(entries.Object()); }

// Why the dump was read instead, without the byte; "" if it was not.
std::string RefusalOf(const std::string& file) {
  const Profile profile = Read(file);
  if (profile.functions.size() != 1) return "";
  BOOST_TEST(profile.Name(FunctionId(0)) == "served");
  std::string line = OdditiesOf(profile);
  const std::string before = "1 recording behind the dump is left out: ";
  BOOST_TEST(line.starts_with(before));
  return line.substr(before.size(), line.find(", at byte") - before.size());
}

BOOST_AUTO_TEST_SUITE(RecordingReader)

BOOST_AUTO_TEST_CASE(EverythingIsReadAsItStandsThere) {
  const Profile profile = Read(FileOf(Recording()));
  BOOST_TEST((profile.naming == Naming::kFileName));
  BOOST_TEST(profile.is_traced);
  BOOST_TEST(profile.command == "a.py -x");
  BOOST_TEST((profile.facts == std::vector<Fact>{{"Python", "3.11"}}));
  BOOST_TEST(profile.threads.size() == 2);
  BOOST_TEST(profile.strings[profile.threads[1]] == "other");
  BOOST_TEST((profile.events ==
              EventSet({{"ns", "Time", Unit::kNanoseconds, Kind::kFlow}})));
  const Provenance& provenance = profile.provenance;
  BOOST_TEST((provenance.counts == Origin::kMeasured));
  BOOST_TEST((provenance.call_counts == Origin::kDerived));
  BOOST_TEST((provenance.events[0].call_inclusive == Origin::kDerived));
  BOOST_TEST((provenance.events[0].call_self == Origin::kEstimated));
  BOOST_TEST(provenance.lost == 4);
  BOOST_TEST(provenance.is_complete);
  BOOST_TEST(OdditiesOf(profile) == "2 xs\n");
  BOOST_TEST(FiguresOf(profile) ==
             "main: 1 calls, 1 primitive, self 10, inclusive 70010\n"
             "f: 300 calls, 300 primitive, self 70000, inclusive 70000\n"
             "main > f: 300 calls, 300 primitive, self 70000, inclusive 70000, "
             "estimated\n");
  BOOST_CHECK(
      (KeyOf(profile, FunctionId(1)) == FunctionKey{"f", "a.py", "f", 8}));
  BOOST_TEST(profile.graph.calls[0].line == 9);
  const ContextTree& tree = *profile.contexts;
  BOOST_CHECK(
      (tree.contexts[1] == Context{ContextId(0), FunctionId(1), 9, 300, 1}));
  BOOST_TEST(tree.self[1][0] == 70'000);
  BOOST_CHECK((tree.sizes[1] == SizeCount{ContextId(1), 32, 6}));
}

BOOST_AUTO_TEST_CASE(AFoldedGraphIsMadeOfTheContexts) {
  const Profile profile =
      Read(FileOf(Recording().With("folded", Bool(true)).With("calls", "")));
  BOOST_TEST(profile.graph.calls.size() == 1);
  BOOST_TEST(profile.graph.call_inclusive[0][0] == 70'000);
  BOOST_TEST(!profile.provenance.IsEstimated(0));
}

BOOST_AUTO_TEST_CASE(UnknownKeysAreSkipped) {
  const std::string value =
      Tuple({Dict({Int(1), List({None(), Float(1)})}), Bytes("x")});
  for (const Entries& entries :
       {Recording().With("later", value),
        WithColumn("functions", Functions(), "later", value),
        WithColumn("later", Functions(), "line", value)}) {
    BOOST_TEST(RefusalOf(FileOf(entries)) == "");
  }
}

BOOST_AUTO_TEST_CASE(WhatIsOfANewerVersionIsRefused) {
  const std::string refusal =
      "of format 2, which is newer than this prof2cg: it knows 1";
  BOOST_TEST(RefusalOf(FileOf(Recording().With("prof2cg", Int(2)))) == refusal);
  // Of which nothing else need be known.
  BOOST_TEST(RefusalOf(FileOf(Dict({Unicode("prof2cg"), Int(2), None(), None(),
                                    Unicode("functions"), Int(7)}))) ==
             refusal);
}

BOOST_AUTO_TEST_CASE(MalformedPartsAreRefused) {
  const auto with = [](const char* key, const std::string& value) {
    return RefusalOf(FileOf(Recording().With(key, value)));
  };
  BOOST_TEST(RefusalOf(FileOf(Tuple({}))) == "expected a dict");
  BOOST_TEST(RefusalOf(FileOf(Dict({}))) == "expected its version");
  BOOST_TEST(RefusalOf(FileOf(Dict({Unicode("naming"), Unicode("file")}))) ==
             "expected its version");
  BOOST_TEST(RefusalOf(FileOf(Recording().Object() + None())) ==
             "ends before its trailer");
  BOOST_TEST(with("prof2cg", Unicode("1")) == "expected a number");
  BOOST_TEST(with("naming", Unicode("other")) == "unknown word");
  BOOST_TEST(with("command", Int(1)) == "expected a text");
  BOOST_TEST(with("facts", Tuple({Tuple({Unicode("x")})})) ==
             "expected a tuple of 2");
  BOOST_TEST(with("threads", Dict({})) == "expected threads");
  BOOST_TEST(with("lost", None()) == "expected a number");
  BOOST_TEST(with("folded", Int(1)) == "expected True or False");
  BOOST_TEST(with("origins", Unicode("mmmmm")) ==
             "its origins are not those of its events");
  BOOST_TEST(with("origins", Unicode("mmmmmx")) ==
             "its origins are not those of its events");
  BOOST_TEST(with("texts", Tuple({})) == "expected a table");
  BOOST_TEST(with("oddities", Tuple({Tuple({})})) == "expected a tuple of 3");
  const std::string oddity = Tuple({Unicode("x"), Unicode("xs"), Int(2)});
  BOOST_TEST(with("oddities", Tuple(Items(10'001, oddity))) ==
             "too many oddities");
}

BOOST_AUTO_TEST_CASE(EventsThatNoProfileHasAreRefused) {
  const auto with = [](const Items& events) {
    const std::string origins(2 + 4 * events.size(), 'm');
    return RefusalOf(FileOf(Recording()
                                .With("events", Tuple(events))
                                .With("origins", Unicode(origins))));
  };
  BOOST_TEST(with({Event("ns")}) == "");
  BOOST_TEST(with({}) == "no event");
  BOOST_TEST(with(Items(1001, Event("ns"))) == "too many events");
  BOOST_TEST(with({Event("ns"), Event("ns")}) == "an event comes twice");
  BOOST_TEST(with({Event("")}) == "an event's name is no word");
  BOOST_TEST(with({Event("n s")}) == "an event's name is no word");
  BOOST_TEST(with({Event("ns\nfn=x")}) == "an event's name is no word");
  BOOST_TEST(with({Event("ns", "s")}) == "unknown word");
  BOOST_TEST(with({Event("ns", "ns", "high")}) == "unknown word");
  BOOST_TEST(with({Event("ns"), Event("x")}) ==
             "other costs than events in the table of functions");
}

// A small file whose texts are a large one's.
BOOST_AUTO_TEST_CASE(ReferencesAreRefused) {
  BOOST_TEST(RefusalOf(FileOf(Recording().With(
                 "facts", Tuple({Shared(Tuple({Unicode("x"), Unicode("y")})),
                                 Ref(0)})))) == "a reference in a recording");
}

BOOST_AUTO_TEST_CASE(TablesThatContradictThemselvesAreRefused) {
  const std::string beyond = "a number is beyond what it counts";
  const std::string other_rows =
      "a column does not hold as many numbers as its table has rows";
  const auto check = [](const Entries& entries, const std::string& refusal) {
    BOOST_TEST(RefusalOf(FileOf(entries)) == refusal);
  };
  const auto functions = [](const char* column, const std::string& value) {
    return WithColumn("functions", Functions(), column, value);
  };
  check(functions("name", ColumnOf({0, 3})), beyond);
  check(functions("file", ColumnOf({0, -1})), beyond);
  check(functions("line", ColumnOf({0, int64_t{1} << 32})), beyond);
  check(functions("line", ColumnOf({1})), other_rows);
  check(functions("line", ColumnOf({1, 2, 3})), other_rows);
  check(functions("line", ""), "no column \"line\" in the table of functions");
  check(functions("line", Tuple({Unicode("f8"), Bytes("")})), "unknown type");
  check(functions("line", Tuple({Unicode("u1"), Unicode("\n")})), other_rows);
  check(functions("line", Tuple({Unicode("u1")})), "expected a tuple of 2");
  check(functions("self", Tuple({})),
        "other costs than events in the table of functions");
  check(functions("self", ColumnOf({1, 2})), "expected a tuple");
  check(functions("rows", Int(-1)), "no number of rows");
  check(functions("rows", Int(3)), other_rows);
  check(functions("name", ColumnOf({0, 0})).With("calls", ""),
        "no table of calls");
  check(WithColumn("functions", Functions().With("name", ColumnOf({0, 0})),
                   "line", ColumnOf({7, 7})),
        "two equal functions in the table of functions");
  check(WithColumn("texts", Texts(), "size", ColumnOf({4, 1, 5})), other_rows);
  check(WithColumn("texts", Texts(), "size", ColumnOf({4, 1, -5})), beyond);

  const auto calls = [](const char* column, const std::string& value) {
    return WithColumn("calls", Calls(), column, value);
  };
  check(calls("caller", ColumnOf({2})), beyond);
  check(calls("callee", ColumnOf({2})), beyond);
  check(calls("estimated", ColumnOf({2})), beyond);
  const std::string twice = ColumnOf({1, 1});
  Entries two = Calls().With("rows", Int(2)).With("self", "");
  for (const char* column :
       {"caller", "callee", "line", "total", "primitive", "estimated"}) {
    two = two.With(column, twice);
  }
  check(WithColumn("calls", two, "inclusive", Tuple({twice})),
        "two equal calls in the table of calls");

  const auto contexts = [](const char* column, const std::string& value) {
    return WithColumn("contexts", Contexts(), column, value);
  };
  check(contexts("parent", ColumnOf({0, 2})), beyond);
  check(contexts("parent", ColumnOf({1, 0})), beyond);
  check(contexts("function", ColumnOf({0, 2})), beyond);
  check(contexts("thread", ColumnOf({2, 2})), beyond);
  check(contexts("thread", ColumnOf({0, 1})),
        "another thread than the parent's in the table of contexts");
  check(WithColumn("contexts",
                   Contexts()
                       .With("parent", ColumnOf({0, 0}))
                       .With("line", ColumnOf({0, 0})),
                   "function", ColumnOf({0, 0})),
        "two equal contexts in the table of contexts");
  check(Recording().With("contexts", "").With("folded", Bool(true)),
        "no table of contexts");
  check(Recording().With("sizes", ""), "no table of sizes");

  const auto sizes = [](const char* column, const std::string& value) {
    return WithColumn("sizes", Sizes(), column, value);
  };
  check(sizes("context", ColumnOf({0, 2})), beyond);
  check(sizes("least", ColumnOf({0, 3})),
        "a size that is no power of two in the table of sizes");
  check(sizes("least", ColumnOf({0, -8})),
        "a size that is no power of two in the table of sizes");
  check(sizes("least", ColumnOf({8, 8})),
        "two equal sizes in the table of sizes");
}

// Zeros, a thousand of them a byte: gigabytes in a file of a megabyte.
BOOST_AUTO_TEST_CASE(MoreRowsThanTheFileHasRoomForAreRefused) {
  const std::vector<int64_t> zeros(20'000'000);
  const std::string column = ColumnOf(zeros);
  const Entries entries = WithColumn(
      "functions", Functions().With("rows", Int(20'000'000)), "name", column);
  BOOST_TEST(FileOf(entries).size() < 100'000);
  BOOST_TEST(RefusalOf(FileOf(entries)) ==
             "more rows than its file has room for, in the table of functions");
  // Announced only.
  BOOST_TEST(RefusalOf(FileOf(WithColumn("functions", Functions(), "rows",
                                         Int64(UINT32_MAX - 1)))) ==
             "more rows than its file has room for, in the table of functions");
}

BOOST_AUTO_TEST_CASE(AnErrorNamesTheByteOfItsColumn) {
  const std::string bytes = PackColumn(std::vector<int64_t>{2, 3}).bytes;
  const std::string file =
      FileOf(WithColumn("contexts", Contexts(), "function",
                        Tuple({Unicode("u1"), Bytes(bytes)})));
  BOOST_TEST(
      OdditiesOf(Read(file))
          .ends_with(", at byte " + std::to_string(file.find(bytes)) + "\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
