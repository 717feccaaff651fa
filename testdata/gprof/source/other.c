extern volatile double sink;

static void spin(int n) {
  for (int i = 0; i < n; i++) sink -= i * 0.25;
}

void leaf(int n);

void other(int n) {
  spin(40000 + n);
  leaf(9);
}
