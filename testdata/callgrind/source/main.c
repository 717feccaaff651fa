// A program without a library, so that its profiles stay small.
#include "inline.h"

int other(int n);

volatile int sum = 1;  // Valgrind wants data, too, to look for names

static __attribute__((noinline)) int work(int n) { return triangle(n) + n; }

__attribute__((noinline)) int fib(int n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

__attribute__((noinline)) int pong(int n);

__attribute__((noinline)) int ping(int n) {
  if (n <= 0) return 1;
  return pong(n - 1) + (n % 3 == 0 ? pong(n - 2) : 0);
}

__attribute__((noinline)) int pong(int n) {
  return n <= 0 ? 2 : ping(n - 1) + work(n);
}

__attribute__((noinline)) int run(void) {
  int sum = fib(7) + ping(6) + pong(3);
  for (int i = 0; i < 9; ++i) sum += i % 2 ? work(i) : other(i);
  return sum;
}

void _start(void) {
  sum = run() + run();
  __asm__ volatile("mov $60, %%eax\n\txor %%edi, %%edi\n\tsyscall" ::
                       : "eax", "edi");
}
