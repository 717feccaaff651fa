#include "converter/io/inflate.h"

#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "converter/io/test_support.h"

namespace prof2cg {
namespace {

constexpr size_t kNoLimit = size_t{1} << 30;

std::string Gzip(std::string_view text) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Compresses badly, so that damage in the middle is damage to the data.
std::string Numbers(uint32_t count) {
  std::string text;
  for (uint32_t i = 0; i < count; ++i) text += std::to_string(i * 7919 % 10007);
  return text;
}

std::string InflateError(const std::string& compressed,
                         size_t limit = kNoLimit) {
  return ErrorOf([&] { Inflate(compressed, limit); });
}

BOOST_AUTO_TEST_SUITE(Inflating)

BOOST_AUTO_TEST_CASE(IsKnownByItsFirstThreeBytes) {
  BOOST_TEST(IsGzip(Gzip("")));
  BOOST_TEST(!IsGzip("\x1f\x8b"));
  BOOST_TEST(!IsGzip("\x1f\x8b\x07 not deflate"));
  BOOST_TEST(!IsGzip(""));
}

BOOST_AUTO_TEST_CASE(TextLargerThanTheFirstRoomComesBack) {
  const std::string text = Numbers(1'000'000);
  BOOST_CHECK(Inflate(Gzip(text), kNoLimit).bytes() == text);
}

BOOST_AUTO_TEST_CASE(NothingInflatesToNothing) {
  BOOST_TEST(Inflate(Gzip(""), kNoLimit).bytes() == "");
}

BOOST_AUTO_TEST_CASE(MembersFollowEachOther) {
  const std::string members = Gzip("one ") + Gzip("") + Gzip("two");
  BOOST_TEST(Inflate(members, kNoLimit).bytes() == "one two");
}

BOOST_AUTO_TEST_CASE(ZerosMayFollow) {
  const std::string padded = Gzip("text") + std::string(512, '\0');
  BOOST_TEST(Inflate(padded, kNoLimit).bytes() == "text");
}

BOOST_AUTO_TEST_CASE(AnythingElseThatFollowsIsAnErrorAtItsFirstByte) {
  const std::string member = Gzip("text");
  BOOST_TEST(InflateError(member + "garbage") ==
             "gzip data are followed by something else, at byte " +
                 std::to_string(member.size()));
}

BOOST_AUTO_TEST_CASE(EveryTruncationIsAnErrorAtItsEnd) {
  const std::string whole = Gzip(Numbers(100));
  for (size_t size = 3; size < whole.size(); ++size) {
    BOOST_TEST(InflateError(whole.substr(0, size)) ==
               "gzip data end early, at byte " + std::to_string(size));
  }
}

BOOST_AUTO_TEST_CASE(TruncationOfALaterMemberCountsFromTheFirst) {
  const std::string two = Gzip("one") + Gzip("two");
  BOOST_TEST(InflateError(two.substr(0, two.size() - 1)) ==
             "gzip data end early, at byte " + std::to_string(two.size() - 1));
}

BOOST_AUTO_TEST_CASE(AWrongChecksumIsDamageAtTheChecksum) {
  std::string damaged = Gzip("some text");
  damaged[damaged.size() - 8] ^= 1;
  BOOST_TEST(InflateError(damaged) ==
             "damaged gzip data (incorrect data check), at byte " +
                 std::to_string(damaged.size() - 4));
}

BOOST_AUTO_TEST_CASE(AnUnknownBlockTypeIsDamage) {
  std::string damaged = Gzip("some text");
  constexpr size_t kHeaderBytes = 10;
  damaged[kHeaderBytes] = 7;
  BOOST_TEST(InflateError(damaged) ==
             "damaged gzip data (invalid block type), at byte 11");
}

BOOST_AUTO_TEST_CASE(TheLimitItselfIsAllowed) {
  const std::string compressed = Gzip(std::string(100'000, 'a'));
  BOOST_TEST(Inflate(compressed, 100'000).bytes().size() == 100'000u);
}

BOOST_AUTO_TEST_CASE(OneByteBeyondTheLimitIsRefused) {
  const std::string compressed = Gzip(std::string(100'001, 'a'));
  BOOST_TEST(InflateError(compressed, 100'000)
                 .starts_with("gzip data inflate to more than 100000 bytes"));
}

BOOST_AUTO_TEST_CASE(TheLimitHoldsForAllMembersTogether) {
  const std::string member = Gzip(std::string(600, 'a'));
  BOOST_TEST(InflateError(member + member, 1000)
                 .starts_with("gzip data inflate to more than 1000 bytes"));
}

BOOST_AUTO_TEST_CASE(TheLimitGrowsWithTheFileFrom64MiBOn) {
  BOOST_TEST(InflatedLimit(1) == size_t{64} << 20);
  BOOST_TEST(InflatedLimit(10'000'000) == 2'000'000'000u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
