// What Take…() take, which saves the work of Next().
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal.h"
#include "converter/readers/marshal_writer.h"

namespace prof2cg::marshal {
namespace {

// Numbers 0, 1 and 2, of which the first two get the words 17 and 18.
std::string SharedValues() {
  return Shared(Text("a")) + Shared(Text("b")) + Shared(Int(7));
}

MarshalCursor AfterSharedValues(std::string_view bytes) {
  MarshalCursor cursor(bytes);
  cursor.Memorize(cursor.Next(), 17);
  cursor.Memorize(cursor.Next(), 18);
  cursor.Next();
  return cursor;
}

// Those of a call.
Items Figures(int32_t count) {
  return {Int(count), Ref(2), Float(0.5), Float(1.5)};
}

BOOST_AUTO_TEST_CASE(IntsAreTakenWhereTheyStandAndByReference) {
  const std::string bytes = SharedValues() + Int(-3) + Ref(2) + Ref(0);
  MarshalCursor cursor = AfterSharedValues(bytes);
  BOOST_TEST(cursor.TakeInt().value() == -3);
  BOOST_TEST(cursor.TakeInt().value() == 7);
  BOOST_TEST(!cursor.TakeInt());  // a text
  BOOST_TEST(cursor.TakeMemo() == 17u);
  BOOST_TEST(!cursor.TakeInt());  // the end
}

BOOST_AUTO_TEST_CASE(SharedIntsThatHaveNoRoomInAMemoAreLeft) {
  for (const std::string& value :
       {Shared(Int(-1)), Shared(Long({0, 0, 2}, false))}) {
    const std::string bytes = value + Ref(0);
    MarshalCursor cursor(bytes);
    const int64_t integer = cursor.Next().integer;
    BOOST_TEST(!cursor.TakeInt());
    BOOST_TEST(cursor.Next().integer == integer);
  }
}

BOOST_AUTO_TEST_CASE(MemosOfIntsAreNotTheReaders) {
  const std::string bytes = SharedValues() + Ref(2) + Ref(2);
  MarshalCursor cursor = AfterSharedValues(bytes);
  BOOST_TEST(cursor.TakeMemo() == 0u);
  BOOST_TEST(cursor.Next().integer == 7);
}

BOOST_AUTO_TEST_CASE(DictsAreEnteredAndLeftWithoutValues) {
  const std::string bytes = Dict({}) + Shared(Dict({}));
  MarshalCursor cursor(bytes);
  BOOST_TEST(!cursor.TakeEnd());
  BOOST_TEST(cursor.TakeDict());
  BOOST_TEST(!cursor.TakeDict());
  BOOST_TEST(cursor.TakeEnd());
  BOOST_TEST(!cursor.TakeDict());  // something may refer to it
}

BOOST_AUTO_TEST_CASE(ItemsAreTakenUntilOneIsOtherwise) {
  const auto item = [](uint32_t key, int32_t count) {
    return Ref(key) + ShortTuple(Figures(count));
  };
  const std::string other = Ref(0) + ShortTuple({Int(5)});
  const std::string bytes = SharedValues() + item(0, 5) + item(1, 6) + other;
  MarshalCursor cursor = AfterSharedValues(bytes);
  Item items[8];
  BOOST_TEST(cursor.TakeItems({items, 1}) == 1u);
  BOOST_TEST(items[0].memo == 17u);
  BOOST_TEST(items[0].figures.counts[0] == 5);
  BOOST_TEST(items[0].figures.counts[1] == 7);
  BOOST_TEST(items[0].figures.times[0] == 0.5);
  BOOST_TEST(items[0].figures.times[1] == 1.5);
  BOOST_TEST(cursor.TakeItems(items) == 1u);
  BOOST_TEST(items[0].memo == 18u);
  BOOST_TEST(items[0].figures.counts[0] == 6);
  BOOST_TEST(cursor.TakeItems(items) == 0u);
  BOOST_TEST(cursor.TakeMemo() == 17u);
}

BOOST_AUTO_TEST_CASE(ItemsOfIntsOrOfUnknownKeysAreLeft) {
  for (const uint32_t key : {2u, 3u}) {
    const std::string bytes =
        SharedValues() + Ref(key) + ShortTuple(Figures(5));
    MarshalCursor cursor = AfterSharedValues(bytes);
    Item items[1];
    BOOST_TEST(cursor.TakeItems(items) == 0u);
  }
}

BOOST_AUTO_TEST_CASE(TriplesTakeTheirNumber) {
  const std::string triple = ShortTuple({Ref(0), Ref(2), Ref(1)});
  const std::string bytes =
      SharedValues() + triple + Shared(triple) + Shared(Text("c")) + Ref(3);
  MarshalCursor cursor = AfterSharedValues(bytes);
  const auto first = cursor.TakeTriple();
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(first->first == 17u);
  BOOST_TEST(first->number == 7);
  BOOST_TEST(first->last == 18u);
  cursor.Memorize(first->tuple, 20);  // not shared: forgotten
  const auto second = cursor.TakeTriple();
  BOOST_REQUIRE(second.has_value());
  cursor.Memorize(second->tuple, 21);
  cursor.Next();
  BOOST_TEST(cursor.TakeMemo() == 21u);
}

// What `take` takes of every beginning of `value`, which stands at the end of
// its memory: reading on would be seen by the address sanitizer.
template <class TakeFrom>
void CheckNothingIsTakenOfBeginnings(const std::string& value, TakeFrom take) {
  for (size_t size = 0; size < value.size(); ++size) {
    const std::string all = SharedValues() + value.substr(0, size);
    const std::vector<char> bytes(all.begin(), all.end());
    MarshalCursor cursor = AfterSharedValues({bytes.data(), bytes.size()});
    BOOST_TEST(!take(cursor));
    BOOST_TEST(cursor.position() == SharedValues().size());
  }
  const std::string bytes = SharedValues() + value;
  MarshalCursor cursor = AfterSharedValues(bytes);
  BOOST_TEST(take(cursor));
  BOOST_TEST(cursor.position() == bytes.size());
}

BOOST_AUTO_TEST_CASE(NothingIsTakenThatIsCutOff) {
  const auto take_int = [](MarshalCursor& c) { return bool(c.TakeInt()); };
  CheckNothingIsTakenOfBeginnings(Int(5), take_int);
  CheckNothingIsTakenOfBeginnings(Ref(2), take_int);
  CheckNothingIsTakenOfBeginnings(
      Join(Figures(5)), [](MarshalCursor& c) { return bool(c.TakeFigures()); });
  CheckNothingIsTakenOfBeginnings(
      ShortTuple({Ref(0), Ref(2), Ref(1)}),
      [](MarshalCursor& c) { return bool(c.TakeTriple()); });
  CheckNothingIsTakenOfBeginnings(Ref(0) + ShortTuple(Figures(5)),
                                  [](MarshalCursor& c) {
                                    Item items[1];
                                    return c.TakeItems(items) == 1;
                                  });
}

}  // namespace
}  // namespace prof2cg::marshal
