#include "allocator/recorder/to_profile.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "allocator/heap.h"
#include "allocator/recorder/fake_program.h"

namespace prof2cg {
namespace {

constexpr Backing kMalloc = {
    nullptr, [](void*, size_t size) { return std::malloc(size); },
    [](void*, size_t count, size_t size) { return std::calloc(count, size); },
    [](void*, void* block, size_t size) { return std::realloc(block, size); },
    [](void*, void* block) { std::free(block); }};

constexpr RecordedEvents kAll = {.sizes = true};

// A program with a heap of its own.
class AllocatingProgram : public FakeProgram {
 public:
  AllocatingProgram() {
    heap_.Open({.reservation_bytes = size_t{1} << 30});
    heap_.CountSizes(true);
  }
  ~AllocatingProgram() { heap_.Close(); }

  void* Allocate(size_t size) { return heap_.Allocate(kMalloc, size); }
  void* Resize(void* block, size_t size) {
    return heap_.Reallocate(kMalloc, block, size);
  }
  void Free(void* block) { heap_.Free(kMalloc, block); }
  const Heap& heap() const { return heap_; }

  Profile Finish() { return ToProfile(recorder(), heap_, kAll); }

 private:
  Heap heap_;
};

// A context's costs by the names of their events, without those that are 0.
std::map<std::string, int64_t> CostsOf(const Profile& profile, size_t row) {
  std::map<std::string, int64_t> costs;
  size_t column = 0;
  for (const Event& event : profile.events) {
    const int64_t cost = profile.contexts->self[row][column++];
    if (cost != 0) costs[event.name] = cost;
  }
  return costs;
}

using Costs = std::map<std::string, int64_t>;

BOOST_AUTO_TEST_SUITE(ARecordingAsAProfile)

BOOST_AUTO_TEST_CASE(HasTheEventsThatWereChosen) {
  const auto names = [](const RecordedEvents& events) {
    FakeProgram program;
    std::string all;
    for (const Event& event : program.Finish(events).events) {
      all += event.name + " ";
    }
    return all;
  };
  BOOST_TEST(names(FakeProgram::kTimeOnly) == "ns ");
  BOOST_TEST(names({.time = false, .alloc = false, .peak = false}) ==
             "cpu_ns live_blocks live_bytes arenas ");
  BOOST_TEST(names(kAll) ==
             "ns cpu_ns alloc_blocks alloc_bytes freed_blocks freed_bytes "
             "reallocs live_blocks live_bytes peak_blocks peak_bytes arenas ");
}

BOOST_AUTO_TEST_CASE(TellsWhatKindOfFigureEachEventIs) {
  FakeProgram program;
  for (const Event& event : program.Finish(kAll).events) {
    const Kind expected = event.name.starts_with("live")   ? Kind::kLive
                          : event.name.starts_with("peak") ? Kind::kPeak
                                                           : Kind::kFlow;
    BOOST_CHECK(event.kind == expected);
    BOOST_TEST(!event.long_name.empty());
  }
}

BOOST_AUTO_TEST_CASE(ChargesBlocksToContexts) {
  AllocatingProgram program;
  void* const before = program.Allocate(1000);  // nobody's
  program.Call(0);
  void* const kept = program.Allocate(10);
  program.Call(1, 4);
  void* const given = program.Allocate(100);
  void* const grown = program.Resize(program.Allocate(600), 700);
  program.Return(1);
  program.Free(given);
  program.Free(before);
  const Profile profile = program.Finish();
  BOOST_TEST(profile.Check() == "");
  BOOST_CHECK((CostsOf(profile, 0) == Costs{{"alloc_blocks", 1},
                                            {"alloc_bytes", 10},
                                            {"freed_blocks", 2},
                                            {"freed_bytes", 1100},
                                            {"live_blocks", 1},
                                            {"live_bytes", 10},
                                            {"peak_blocks", 1},
                                            {"peak_bytes", 10},
                                            {"arenas", 1}}));
  BOOST_CHECK((CostsOf(profile, 1) == Costs{{"alloc_blocks", 2},
                                            {"alloc_bytes", 800},
                                            {"reallocs", 1},
                                            {"live_blocks", 1},
                                            {"live_bytes", 700},
                                            {"peak_blocks", 2},
                                            {"peak_bytes", 800}}));
  for (void* const block : {kept, grown}) program.Free(block);
}

BOOST_AUTO_TEST_CASE(TellsSizesByContext) {
  AllocatingProgram program;
  program.Call(0);
  std::vector<void*> blocks;
  for (const size_t size : {0, 5, 6, 7, 8}) {
    blocks.push_back(program.Allocate(size));
  }
  const Profile profile = program.Finish();
  const std::vector<SizeCount> expected = {
      {ContextId(0), 0, 1}, {ContextId(0), 4, 3}, {ContextId(0), 8, 1}};
  BOOST_CHECK(profile.contexts->sizes == expected);
  for (void* const block : blocks) program.Free(block);
}

BOOST_AUTO_TEST_CASE(PeaksOfAllContextsAreThePeakOfTheProcess) {
  AllocatingProgram program;
  std::vector<void*> blocks;
  program.Call(0);
  for (uint32_t i = 0; i < 1000; ++i) {
    program.Call(1 + i % 7, i % 3);
    blocks.push_back(program.Allocate(i));
    if (i % 5 == 0) {
      program.Free(blocks.back());
      blocks.pop_back();
    }
    if (i == 900) {
      for (void* const block : std::exchange(blocks, {})) program.Free(block);
    }
    program.Return(1 + i % 7);
  }
  const Profile profile = program.Finish();
  const std::vector<int64_t> totals = profile.contexts->self.Totals();
  const auto total = [&](const char* name) {
    return totals[profile.events.Find(name)->row()];
  };
  BOOST_TEST(total("peak_bytes") == program.heap().Totals().peak_bytes);
  BOOST_TEST(total("live_bytes") == program.heap().Totals().live_bytes);
  BOOST_TEST(total("alloc_bytes") - total("freed_bytes") ==
             total("live_bytes"));
  BOOST_TEST(total("alloc_blocks") - total("freed_blocks") ==
             total("live_blocks"));
  BOOST_TEST(total("peak_bytes") > total("live_bytes"));
  for (void* const block : blocks) program.Free(block);
}

BOOST_AUTO_TEST_CASE(AddsFunctionsUpThatLookAlike) {
  FakeProgram program;
  const auto describe = [] { return FakeProgram::Describe(7); };
  for (const FunctionAddress address : {0x10, 0x20}) {
    program.recorder().Enter(*attached_thread, address, 0, describe);
    program.Pass(5);
    program.recorder().Leave(*attached_thread, address);
  }
  const Profile profile = program.Finish();
  BOOST_TEST(profile.functions.size() == 1);
  BOOST_TEST(profile.contexts->contexts.size() == 1);
  BOOST_TEST(profile.graph.counts[0].total == 2);
  BOOST_TEST(profile.graph.self[0][0] == 10);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
