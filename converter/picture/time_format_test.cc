#include "converter/picture/time_format.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(TimeFormatSuite)

// Expected texts are those of Python's % operator.
BOOST_AUTO_TEST_CASE(TimesAreWhatPythonPrints) {
  const struct {
    const char* format;
    double seconds;
    const char* text;
  } kRows[] = {
      {"%.7g", 0, "0"},
      {"%.7g", 1.2345678, "1.234568"},
      {"%.7g", 1e-9, "1e-09"},
      {"%.7g", 123456789, "1.234568e+08"},
      {"%.3f", 2. / 3, "0.667"},
      {"%.0f s", 2.5, "2 s"},
      {"%8.2f", 1.5, "    1.50"},
      {"%-8.2f|", 1.5, "1.50    |"},
      {"%+.1e", 12345, "+1.2e+04"},
      {"%E", 12345, "1.234500E+04"},
      {"%08.3f", -1.5, "-001.500"},
      {"% g", .25, " 0.25"},
      {"%#.3g", 1, "1.00"},
      {"%G", 1e-7, "1E-07"},
      {"%d", 3.99, "3"},
      {"%i", -3.99, "-3"},
      {"%u", 3.99, "3"},
      {"%05d", 42, "00042"},
      {"%.f", 2.5, "2"},
      {"100%% of %.1fs", .5, "100% of 0.5s"},
      {"Zeit: %.2f µs", .5, "Zeit: 0.50 µs"},
  };
  for (const auto& row : kRows) {
    BOOST_TEST(TimeFormat(row.format).Print(row.seconds) == row.text,
               row.format);
  }
}

BOOST_AUTO_TEST_CASE(WithoutAFormatThereAreSevenDigits) {
  BOOST_TEST(TimeFormat().Print(1. / 3) == "0.3333333");
}

BOOST_AUTO_TEST_CASE(TheLargestTimeFitsTheWidestFormat) {
  const double longest = 9223372036.854775807;
  BOOST_TEST(TimeFormat("%99.99f").Print(longest).size() == 110);
  const std::string text(100, 'x');
  BOOST_TEST(TimeFormat(text + "%99d" + text).Print(longest).size() == 299);
}

BOOST_AUTO_TEST_CASE(AnythingButOneNumberIsRefused) {
  for (const char* format : {"",
                             "seconds",
                             "%",
                             "%%",
                             "%5",
                             "%.",
                             "%s",
                             "%n",
                             "%x",
                             "%c",
                             "%p",
                             "%f%f",
                             "%d and %g",
                             "%*f",
                             "%.*f",
                             "%1$f",
                             "%lf",
                             "%Lf",
                             "%hd",
                             "%q",
                             "%100f",
                             "%.100f",
                             "%99999999999f",
                             "%------f",
                             "%f%",
                             "%f%s"}) {
    BOOST_CHECK_EXCEPTION(TimeFormat{format}, Error, [&](const Error& error) {
      return std::string(error.what()).starts_with("--time-format ");
    });
  }
  BOOST_CHECK_THROW(TimeFormat(std::string(1000, 'x') + "%f"), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
