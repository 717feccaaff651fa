// For tests that run Python with modules of ours.
#ifndef PROF2CG_ALLOCATOR_PYTHON_TESTS_SANITIZED_H_
#define PROF2CG_ALLOCATOR_PYTHON_TESTS_SANITIZED_H_

#include <cstdio>
#include <cstdlib>
#include <string>

namespace prof2cg {

// A module that was built with the address sanitizer needs its library to be
// loaded first, before a Python that was not. Python leaves memory behind.
struct SanitizedPython {
  SanitizedPython() {
#ifdef __SANITIZE_ADDRESS__
    std::string library;
    FILE* const answer = popen("gcc -print-file-name=libasan.so", "r");
    for (int byte; (byte = std::fgetc(answer)) > ' ';) library += char(byte);
    pclose(answer);
    setenv("LD_PRELOAD", library.c_str(), 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
#endif
  }
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_PYTHON_TESTS_SANITIZED_H_
