// Runs a fuzz target on every file of its corpus, named after "--".
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

BOOST_AUTO_TEST_CASE(CorpusRunsWithoutTrouble) {
  const auto& arguments = boost::unit_test::framework::master_test_suite();
  BOOST_REQUIRE_GT(arguments.argc, 1);
  for (int i = 1; i < arguments.argc; ++i) {
    // Before it runs: after a crash nobody could say it.
    std::cerr << arguments.argv[i] << std::endl;
    std::ifstream file(arguments.argv[i], std::ios::binary);
    BOOST_REQUIRE_MESSAGE(file, arguments.argv[i]);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    // On the heap at its exact size, so that sanitizers see an overrun.
    const auto bytes = std::make_unique<uint8_t[]>(text.size());
    std::copy(text.begin(), text.end(), bytes.get());
    BOOST_TEST(LLVMFuzzerTestOneInput(bytes.get(), text.size()) == 0);
  }
}
