#include "graph/cost_table.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

Costs Row(const CostTable& table, size_t row) {
  return {table[row].begin(), table[row].end()};
}

BOOST_AUTO_TEST_CASE(SumsBeyondTheLimitsAreTheLimits) {
  struct {
    int64_t a, b, sum;
  } const rows[] = {
      {0, 0, 0},
      {5, -7, -2},
      {INT64_MAX, 0, INT64_MAX},
      {INT64_MAX - 1, 1, INT64_MAX},
      {INT64_MAX, 1, INT64_MAX},
      {INT64_MAX, INT64_MAX, INT64_MAX},
      {INT64_MAX, -1, INT64_MAX - 1},
      {INT64_MIN + 1, -1, INT64_MIN},
      {INT64_MIN, -1, INT64_MIN},
      {INT64_MIN, INT64_MIN, INT64_MIN},
      {INT64_MIN, 1, INT64_MIN + 1},
      {INT64_MAX, INT64_MIN, -1},
  };
  for (const auto& [a, b, sum] : rows) {
    BOOST_TEST(SaturatingAdd(a, b) == sum);
    BOOST_TEST(SaturatingAdd(b, a) == sum);
  }
}

BOOST_AUTO_TEST_CASE(RowsComeBackAsTheyWereAppended) {
  CostTable table(2);
  BOOST_TEST(table.rows() == 0);
  table.Append(Costs{1, 2});
  table.Append(Costs{3, -4});
  BOOST_TEST(table.rows() == 2);
  BOOST_TEST(table.events() == 2);
  BOOST_TEST(Row(table, 0) == (Costs{1, 2}));
  BOOST_TEST(Row(table, 1) == (Costs{3, -4}));
}

BOOST_AUTO_TEST_CASE(NewRowsAreZeroAndOldOnesStay) {
  CostTable table(2);
  table.Append(Costs{1, 2});
  table.Resize(3);
  BOOST_TEST(table.rows() == 3);
  BOOST_TEST(Row(table, 0) == (Costs{1, 2}));
  BOOST_TEST(Row(table, 1) == (Costs{0, 0}));
  BOOST_TEST(Row(table, 2) == (Costs{0, 0}));
  table.Resize(1);
  BOOST_TEST(table.rows() == 1);
  BOOST_TEST(Row(table, 0) == (Costs{1, 2}));
}

BOOST_AUTO_TEST_CASE(ReservingAddsNoRows) {
  CostTable table(2);
  table.Reserve(100);
  BOOST_TEST(table.rows() == 0);
}

BOOST_AUTO_TEST_CASE(AddingChangesOneRowEventByEvent) {
  CostTable table(2);
  table.Resize(3);
  table.Add(1, Costs{1, 20});
  table.Add(1, Costs{300, -4000});
  BOOST_TEST(Row(table, 0) == (Costs{0, 0}));
  BOOST_TEST(Row(table, 1) == (Costs{301, -3980}));
  BOOST_TEST(Row(table, 2) == (Costs{0, 0}));
}

BOOST_AUTO_TEST_CASE(AddingSaturates) {
  CostTable table(2);
  table.Append(Costs{INT64_MAX - 1, INT64_MIN + 1});
  table.Add(0, Costs{2, -2});
  BOOST_TEST(Row(table, 0) == (Costs{INT64_MAX, INT64_MIN}));
}

BOOST_AUTO_TEST_CASE(TotalsSumEachEventOverAllRows) {
  CostTable table(3);
  BOOST_TEST(table.Totals() == (Costs{0, 0, 0}));
  table.Append(Costs{1, INT64_MAX, -5});
  table.Append(Costs{20, 1, -50});
  table.Append(Costs{300, 0, 5});
  BOOST_TEST(table.Totals() == (Costs{321, INT64_MAX, -50}));
}

BOOST_AUTO_TEST_CASE(TableWithoutEventsHasNoRows) {
  CostTable table;
  table.Append({});
  table.Resize(5);
  BOOST_TEST(table.rows() == 0);
  BOOST_TEST(table.Totals().empty());
}

}  // namespace
}  // namespace prof2cg
