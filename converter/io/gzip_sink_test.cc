#include "converter/io/gzip_sink.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <string_view>

#include "converter/io/inflate.h"
#include "converter/io/text_buffer.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(GzipSinkSuite)

BOOST_AUTO_TEST_CASE(WhatIsInflatedIsWhatWasWritten) {
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    TextBuffer out;
    GzipSink sink(out);
    std::string text;
    for (int i = 0; i < 30; ++i) {
      // From nothing to more than a buffer holds, and nothing that repeats.
      std::string more((random() % 200'000) >> (random() % 18), '\0');
      for (char& c : more) c = static_cast<char>(random());
      text += more;
      sink.Write(more);
      sink.Write('x');
      text += 'x';
    }
    sink.Finish();
    BOOST_TEST(IsGzip(out.text()));
    BOOST_CHECK(Inflate(out.text(), text.size()).bytes() == text);
  }
}

BOOST_AUTO_TEST_CASE(NothingIsAFileOfNothing) {
  TextBuffer out;
  GzipSink sink(out);
  sink.Finish();
  BOOST_TEST(Inflate(out.text(), 0).bytes().empty());
}

// RFC 1952, 2.3: the flags, which tell of a name, and the time.
BOOST_AUTO_TEST_CASE(TheHeaderHasNeitherTimeNorName) {
  TextBuffer out;
  GzipSink sink(out);
  sink.Finish();
  BOOST_CHECK(out.text().substr(3, 5) == std::string_view("\0\0\0\0\0", 5));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
