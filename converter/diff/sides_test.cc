#include "converter/diff/sides.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "graph/error.h"

namespace prof2cg {
namespace {

// Files of stacks, one each of a text, in a folder of its own.
class Stacks {
 public:
  explicit Stacks(const std::vector<std::string>& texts)
      : folder_(std::filesystem::temp_directory_path() / "sides_test") {
    std::filesystem::create_directories(folder_);
    for (size_t i = 0; i < texts.size(); ++i) {
      files_.push_back(folder_ / (std::to_string(i) + ".txt"));
      Write(i, texts[i]);
    }
  }
  ~Stacks() { std::filesystem::remove_all(folder_); }

  void Write(size_t file, const std::string& text) const {
    std::ofstream(files_[file]) << text;
  }
  Sides Load() const { return LoadSides(files_, {files_[0]}, {}, {}); }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> files_;
};

BOOST_AUTO_TEST_SUITE(ComparedSides)

BOOST_AUTO_TEST_CASE(ProfilesAddUpToTheirSum) {
  const Stacks stacks({"f;g 1\n", "g;h 20\nf 300\n", "h;f 4000\n"});
  const Sides sides = stacks.Load();
  const Profile& sum = sides.base.sum;
  std::vector<int64_t> costs(sum.functions.size());
  sides.base.ForEachProfile(
      [&](const Profile& profile, const std::vector<FunctionId>& functions) {
        for (size_t f = 0; f < functions.size(); ++f) {
          costs[functions[f].row()] += profile.graph.self[f][0];
        }
      });
  BOOST_TEST(sum.functions.size() == 3);
  for (size_t f = 0; f < costs.size(); ++f) {
    BOOST_TEST(costs[f] == sum.graph.self[f][0]);
  }
}

BOOST_AUTO_TEST_CASE(AFileThatIsAnotherOneWhenReadAgainIsAnError) {
  const Stacks stacks({"f;g 1\n", "f;g 2\n"});
  const Sides sides = stacks.Load();
  stacks.Write(1, "f;g;h 2\n");
  size_t visited = 0;
  BOOST_CHECK_EXCEPTION(
      sides.base.ForEachProfile([&](const auto&, const auto&) { ++visited; }),
      Error, [](const Error& error) {
        return error.Line().ends_with("1.txt: changed while it was compared");
      });
  BOOST_TEST(visited == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
