// End to end: pictures by the real program.
#include <boost/test/unit_test.hpp>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

bool IsDot(const std::string& text) {
  return text.starts_with("// prof2cg ") &&
         text.find("\ndigraph {\n") != std::string::npos &&
         text.ends_with("}\n");
}

BOOST_AUTO_TEST_CASE(DotGoesToStandardOutputUnlessAFileIsNamed) {
  const Folder folder;
  const Result result = folder.Run("$P -t dot $D");
  BOOST_TEST(result.status == 0);
  BOOST_TEST(result.err == "");
  BOOST_TEST(IsDot(result.out));
  BOOST_TEST(folder.IsEmpty());
  for (const std::string name : {"x.dot", "x.gv"}) {
    BOOST_TEST(folder.Run("$P $D -o " + name).out == "");
    BOOST_TEST(ReadFile(folder / name) == result.out);
  }
  BOOST_TEST(folder.Run("$P -t dot $D -o -").out == result.out);
  BOOST_TEST(folder.Run("$P -t dot - <$D").out == result.out);
}

BOOST_AUTO_TEST_CASE(CalledGprof2dotItHasItsDefaults) {
  const Folder folder;
  const std::string expected = folder.Run("$P -t dot $D").out;
  const std::string link = "ln -s $P gprof2dot; ";
  BOOST_TEST(folder.Run(link + "./gprof2dot -f pstats $D").out == expected);
  BOOST_TEST(folder.Run("./gprof2dot <$D").out == expected);
  BOOST_TEST(folder.Run("./gprof2dot -o out $D").out == "");
  BOOST_TEST(ReadFile(folder / "out") == expected);
  BOOST_TEST(folder.Run("./gprof2dot -t callgrind $D")
                 .out.starts_with("# callgrind format\n"));
}

BOOST_AUTO_TEST_CASE(TheSameInputGivesTheSameBytes) {
  const Folder folder;
  const std::string line = "$P -t dot -n0 -e0 --cluster file -z '*dumps' $D";
  const std::string once = folder.Run(line).out;
  BOOST_TEST(IsDot(once));
  BOOST_TEST(folder.Run(line).out == once);
}

BOOST_AUTO_TEST_CASE(OptionsOfPicturesAreNotForOtherOutput) {
  const Folder folder;
  for (const std::string flag :
       {"-n 3", "-e 3", "-z f", "-l f", "-p f", "-c bw", "-s", "-w",
        "--depth 1", "--skew 2", "--show-samples", "--node-label self"}) {
    CheckTrouble(folder.Run("$P $D -o x.cg " + flag),
                 flag.substr(0, flag.find(' ')) +
                     " is for pictures: name one by -o x.svg or -t dot");
  }
  CheckTrouble(folder.Run("$P $D -o x.cg --event ns"),
               "--event is for pictures and formats of one event, not "
               "callgrind");
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(WhatAnOptionCannotTakeIsOneLine) {
  const Folder folder;
  const struct {
    const char* flags;
    const char* told;
  } kRows[] = {
      {"-n many", "-n takes a percentage, not many"},
      {"-n nan", "-n takes a percentage, not nan"},
      {"-n -1", "-n takes a percentage, not -1"},
      {"-n 1e999", "-n takes a percentage, not 1e999"},
      {"-n 5%", "-n takes a percentage, not 5%"},
      {"-n ''", "-n takes a percentage"},
      {"-e inf", "-e takes a percentage, not inf"},
      {"-c plaid", "-c plaid: there are: color pink gray bw print"},
      {"--skew -1", "--skew takes a positive number, not -1"},
      {"--depth x", "--depth takes a number of calls, not x"},
      {"--hops -1", "--hops takes a number of calls, not -1"},
      {"--nodecount 1.5", "--nodecount takes a number of functions, not 1.5"},
      {"--total x", "--total takes callratios, callstacks, not x"},
      {"--node-label x", "--node-label takes total-time-percentage, "},
      {"--edge-label x", "--edge-label takes total-percentage, "},
      {"--time-format %s", "--time-format %s: expected one number"},
      {"--cluster x", "--cluster takes package, file, function, not x"},
      {"--compare-tolerance x", "--compare-tolerance takes a percentage"},
      {"--event x", "no event \"x\" in this profile; it has: ns"},
      {"-z nobody", "no function matches \"nobody\""},
      {"-l nobody", "no function matches \"nobody\""},
      {"--near nobody", "no function matches \"nobody\""},
      {"--compare", "--compare takes two inputs"},
      {"--compare $D $D", "--compare takes two inputs"},
      {"-e", "-e needs an argument"},
      {"--no", "no such option, or short for several"},
  };
  for (const auto& row : kRows) {
    CheckTrouble(folder.Run(std::string("$P -o x.dot $D ") + row.flags),
                 row.told);
  }
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(AnErrorLeavesAnOlderPictureAlone) {
  const Folder folder;
  WriteFile(folder / "x.dot", "older");
  CheckTrouble(folder.Run("$P -o x.dot -z nobody $D"), "no function matches");
  BOOST_TEST(ReadFile(folder / "x.dot") == "older");
}

BOOST_AUTO_TEST_CASE(EveryFormatOfGprof2dotIsKnown) {
  const Folder folder;
  for (const std::string format :
       {"axe", "callgrind", "collapse", "dtrace", "hprof", "json", "perf",
        "prof", "pstats", "sleepy", "sysprof", "xperf"}) {
    const Result result = folder.Run("$P -t dot $D -f " + format);
    BOOST_TEST((result.status == 0) == (format == "pstats"), format);
    if (result.status == 0) continue;
    BOOST_TEST(
        result.err.find("not an input format that I know") == std::string::npos,
        result.err);
    BOOST_TEST(result.out == "");
  }
  CheckTrouble(folder.Run("$P -t dot $D -f nonsense"),
               "-f nonsense: not an input format that I know; there are: ");
}

BOOST_AUTO_TEST_CASE(FunctionsAreListedAsTheyWouldBeDrawn) {
  const Folder folder;
  const std::string dump = kRoot / "testdata/pstats/tiny-py3.13.pstats";
  const auto list = [&](const std::string& flags) {
    return folder.Run("$P " + dump + " --list-functions " + flags).out;
  };
  const std::string all = list("+");
  BOOST_TEST(all.starts_with("0:\t"));
  BOOST_TEST(all.ends_with("\n"));
  BOOST_TEST(list("'*'") == all);
  BOOST_TEST(list("'*:leaf'") == "real_profiles:42:leaf\n");
  BOOST_TEST(list("'%*:leaf'").starts_with("real_profiles:42:leaf\t"));
  BOOST_TEST(list("nobody") == "");
  BOOST_TEST(list("+ -z '*:leaf'").ends_with(":\treal_profiles:42:leaf\n"));
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(TwoProfilesAreCompared) {
  const Folder folder;
  const std::string tiny = kRoot / "testdata/pstats/tiny-py3.1";
  const std::string line =
      "$P -t dot --compare " + tiny + "1.pstats " + tiny + "0.pstats";
  const Result result = folder.Run(line);
  BOOST_TEST(result.status == 0, result.err);
  BOOST_TEST(IsDot(result.out));
  BOOST_TEST(result.out.find("shape=cds") != std::string::npos);
  BOOST_TEST(result.out.find("1× / 1×") != std::string::npos);
  // The tolerance is in percent.
  BOOST_TEST(
      folder.Run(line + " --compare-tolerance 100").out.find("shape=cds") ==
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(SeveralInputsAreOnePicture) {
  const Folder folder;
  const std::string dump = kRoot / "testdata/pstats/tiny-py3.13.pstats";
  const std::string line =
      "$P -t dot -n0 -e0 --node-label self-time-percentage ";
  const std::string once = folder.Run(line + dump).out;
  const std::string twice = folder.Run(line + dump + " " + dump).out;
  BOOST_TEST(once.find("\\n31×") != std::string::npos, once);
  BOOST_TEST(twice.find("\\n62×") != std::string::npos, twice);
}

}  // namespace
}  // namespace prof2cg
