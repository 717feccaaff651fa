/* Recursion, a cycle of two functions that is entered at both, and two static
 * functions of one name. */
volatile double sink;

void other(int n);

static void spin(int n) {
  for (int i = 0; i < n; i++) sink += i * 0.5;
}

void leaf(int n) { spin(n * 400); }

void odd(int n);

void even(int n) {
  leaf(n + 5);
  if (n > 0) odd(n - 1);
}

void odd(int n) {
  leaf(2 * n + 7);
  if (n > 0) even(n - 1);
}

int fib(int n) {
  sink += n;
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(void) {
  for (int i = 0; i < 120; i++) {
    even(20);
    odd(10);
    other(i);
  }
  return fib(27) == 0;
}
