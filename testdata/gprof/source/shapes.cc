// Names as C++ has them: templates, operators, conversions, lambdas.
volatile double sink;

namespace geometry {

template <class Value, int kSize>
struct Grid {
  Value values[kSize] = {};

  Value& operator[](unsigned long place) { return values[place % kSize]; }
  explicit operator bool() const { return values[0] > 0; }
  void operator()(Value value, const char* unit) {
    for (int i = 0; i < 9000; ++i) sink += value + unit[0];
  }
};

template <class Use>
void ForEach(int n, Use use) {
  for (int i = 0; i < n; ++i) use(i);
}

}  // namespace geometry

int main() {
  geometry::Grid<unsigned long, 7> grid;
  geometry::Grid<geometry::Grid<double, 2>*, 1> grids;
  geometry::ForEach(9000, [&](int i) {
    grid(i, "mm");
    if (grid) grid[i] += i;
    ++grid[0];
  });
  return grids[0] != nullptr;
}
