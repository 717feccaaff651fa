// The interpreter is left running, with memory that LeakSanitizer cannot see
// into.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpython";
}
