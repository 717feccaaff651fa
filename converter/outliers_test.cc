// End to end: reports of odd profiles by the real program.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;

// handle calls parse and execute, which cost so much.
std::string Worker(int64_t parse, int64_t execute) {
  return "main;handle 100\nmain;handle;parse " + std::to_string(parse) +
         "\nmain;handle;execute " + std::to_string(execute) + "\n";
}

// With worker-0 to worker-9, of which 7 is odd, and others.
class Workers : public Folder {
 public:
  Workers() {
    for (int i = 0; i < 10; ++i) {
      WriteFile(*this / ("worker-" + std::to_string(i)),
                i == 7 ? Worker(710, 2400) : Worker(700 + 5 * i, 200));
    }
    WriteFile(*this / "other.cg", "events: Ir\nfl=app.py\nfn=main\n1 5\n");
  }
};

constexpr const char* kTop = "$P top --outliers ";

BOOST_AUTO_TEST_CASE(TheOddOneIsNamedWithItsReason) {
  const Workers folder;
  const Result result = folder.Run(std::string(kTop) + "worker-*");
  BOOST_TEST(result.status == 0, result.err);
  BOOST_TEST(result.err == "");
  const auto says = [&](const std::string& words) {
    BOOST_TEST(result.out.find(words) != std::string::npos, result.out);
  };
  says("10 profiles, median ");
  says("; 1 is odd\n");
  says("\nworker-7: ");
  says("  3.1 × the median, and ");
  says("The greatest difference is in execute: ");
  BOOST_TEST(result.out.find("worker-6") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(JsonHasTheExactFigures) {
  const Workers folder;
  const Result result = folder.Run(std::string(kTop) + "--json worker-*");
  BOOST_REQUIRE(result.status == 0);
  const Json json = Json::parse(result.out);
  BOOST_TEST(json["schema"] == "prof2cg.outliers");
  BOOST_TEST(json["profiles"] == 10);
  BOOST_TEST(json["median_total"] == 1022.5);
  BOOST_REQUIRE(json["outliers"].size() == 1u);
  const Json& odd = json["outliers"][0];
  BOOST_TEST(odd["profile"] == "worker-7");
  BOOST_TEST(odd["reasons"] == Json({"total", "functions"}));
  BOOST_TEST(odd["total"] == 3210);
  BOOST_TEST(odd["function"]["name"] == "execute");
  BOOST_TEST(odd["self"] == 2400);
  BOOST_TEST(odd["self_of_others"].get<double>() == 200,
             boost::test_tools::tolerance(1e-9));
  const Json& execute = json["functions"][0];
  BOOST_TEST(execute["name"] == "execute");
  BOOST_TEST(execute["self"]["mean"].get<double>() == 420,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(execute["self"]["least"] == 200);
  BOOST_TEST(execute["self"]["least_profile"] == "worker-0");
  BOOST_TEST(execute["self"]["greatest_profile"] == "worker-7");
  BOOST_TEST(json["functions"].size() == json["function_count"]);
}

BOOST_AUTO_TEST_CASE(NoneIsOddAmongCopiesOfADump) {
  const Folder folder;
  const Result result = folder.Run(std::string(kTop) + "-n 2 $D $D $D $D");
  BOOST_TEST(result.status == 0);
  BOOST_TEST(result.out.find("none is odd\n") != std::string::npos);
  BOOST_TEST(result.out.find("\n2 of 225 functions") != std::string::npos,
             result.out);
}

BOOST_AUTO_TEST_CASE(WhatCannotBeToldIsAnError) {
  const Workers folder;
  const auto fails = [&](const std::string& arguments,
                         const std::string& words) {
    CheckTrouble(folder.Run(kTop + arguments), words);
  };
  fails("worker-0 worker-1", "3 profiles or more");
  fails("worker-0 worker-1 - </dev/null", "must be files");
  BOOST_REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  fails("worker-0 worker-1 pipe", "must be files");
  fails("worker-0 worker-1 missing", "missing");
  fails("worker-0 worker-1 other.cg", "other.cg: it has no event samples");
  fails("--event bytes worker-0 worker-1 worker-2", "bytes");
}

BOOST_AUTO_TEST_CASE(RowsLimitWhatIsShownNotWhatIsCounted) {
  const Workers folder;
  for (const char* worker : {"worker-1", "worker-4"}) {
    WriteFile(folder / worker, Worker(700, 5000));
  }
  const Result result = folder.Run(std::string(kTop) + "-n 1 worker-*");
  BOOST_TEST(result.out.find("; 3 are odd\n") != std::string::npos, result.out);
  BOOST_TEST(result.out.find("\nworker-1: ") != std::string::npos);
  BOOST_TEST(result.out.find("\nworker-7: ") == std::string::npos);
  BOOST_TEST(result.out.find("\n2 more are odd") != std::string::npos);
  const Json json =
      Json::parse(folder.Run(std::string(kTop) + "-n 1 --json worker-*").out);
  BOOST_TEST(json["outlier_count"] == 3);
  BOOST_TEST(json["outliers"].size() == 1u);
}

BOOST_AUTO_TEST_CASE(FlagsOfTheOtherReportsAreRefused) {
  const Workers folder;
  for (const std::string flag :
       {"--sort calls", "--stacks", "--callers main", "--least 3"}) {
    const Result result = folder.Run(kTop + flag + " worker-*");
    BOOST_TEST(result.status != 0);
    BOOST_TEST(result.out == "");
  }
}

}  // namespace
}  // namespace prof2cg
