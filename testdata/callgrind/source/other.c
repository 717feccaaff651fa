#include "inline.h"

// Of the same name as one in main.c.
static __attribute__((noinline)) int work(int n) { return 3 * triangle(n); }

int other(int n) { return n > 2 ? work(n) + work(n - 1) : 1; }
