#include "converter/io/checksum_sink.h"

#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "converter/io/text_buffer.h"

namespace prof2cg {
namespace {

uint32_t ChecksumOf(const std::string& text) {
  return static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(text.data()),
            static_cast<uInt>(text.size())));
}

BOOST_AUTO_TEST_SUITE(ChecksumSinkSuite)

BOOST_AUTO_TEST_CASE(ItIsThatOfTheTextThatWasPassedOn) {
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    TextBuffer out;
    ChecksumSink sink(out);
    std::string text;
    for (int i = 0; i < 30; ++i) {
      // From nothing to more than a buffer holds.
      const std::string more((random() % 400'000) >> (random() % 18),
                             static_cast<char>(random()));
      text += more;
      sink.Write(more);
      BOOST_TEST(sink.bytes() == text.size());
      if (random() % 8 == 0) BOOST_TEST(sink.Checksum() == ChecksumOf(text));
    }
    BOOST_TEST(sink.Checksum() == ChecksumOf(text));
    BOOST_CHECK(out.text() == text);
  }
}

BOOST_AUTO_TEST_CASE(TextThatIsLargerThanABufferMayBeAllThereIs) {
  const std::string text(1 << 20, 'x');
  TextBuffer out;
  ChecksumSink sink(out);
  sink.Write(text);
  BOOST_TEST(sink.Checksum() == ChecksumOf(text));
}

BOOST_AUTO_TEST_CASE(OfNothingItIsZero) {
  TextBuffer out;
  ChecksumSink sink(out);
  BOOST_TEST(sink.Checksum() == 0);
  BOOST_TEST(sink.bytes() == 0);
  BOOST_TEST(out.text().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
