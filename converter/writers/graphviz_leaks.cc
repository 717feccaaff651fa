// Tells LeakSanitizer what is not ours: Graphviz and what it draws with keep
// some memory until the program ends. Nothing without a sanitizer.
#if defined(__SANITIZE_ADDRESS__)
#define PROF2CG_HAS_LEAK_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PROF2CG_HAS_LEAK_SANITIZER
#endif
#endif

#ifdef PROF2CG_HAS_LEAK_SANITIZER
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libgvc\nleak:libcgraph\nleak:libcdt\nleak:libgvplugin\n"
         "leak:libpango\nleak:libfontconfig\nleak:libcairo\n";
}
#endif
