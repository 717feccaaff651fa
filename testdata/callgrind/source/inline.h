static inline __attribute__((always_inline)) int triangle(int n) {
  int sum = 0;
  for (int i = 1; i <= n; ++i) {
    if (i & 1)
      sum += i;
    else
      sum += 2 * i;
  }
  return sum;
}
