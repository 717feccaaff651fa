// A small profile for the tests of the report and its forms.
#ifndef PROF2CG_CONVERTER_TOP_SAMPLE_PROFILE_H_
#define PROF2CG_CONVERTER_TOP_SAMPLE_PROFILE_H_

#include "graph/sample_profile.h"

namespace prof2cg {

// A program that parses JSON and computes Fibonacci numbers: 1 ms in all.
//
//   main ─┬─ loads ── decode ── <built-in method builtins.len>
//         └─ fib ── fib
inline Profile SampleProgram() {
  SampleProfile p;
  const FunctionId main =
      p.Add("main", "/home/dev/app/main.py", 3, {1, 1}, {100'000}, {1'000'000});
  const FunctionId loads =
      p.Add("loads", "/usr/lib/python3.11/json/__init__.py", 299, {3, 3},
            {50'000}, {500'000});
  const FunctionId decode =
      p.Add("decode", "/usr/lib/python3.11/json/decoder.py", 332, {3, 3},
            {400'000}, {450'000});
  const FunctionId length = p.Add("<built-in method builtins.len>", "~", 0,
                                  {1'234'567, 1'234'567}, {50'000}, {50'000});
  const FunctionId fib = p.Add("fib", "/home/dev/app/main.py", 12, {1973, 1},
                               {400'000}, {400'000});
  p.Call(main, loads, {3, 3}, {500'000}, {50'000}, 5);
  p.Call(loads, decode, {3, 3}, {450'000}, {400'000}, 346);
  p.Call(decode, length, {1'234'567, 1'234'567}, {50'000}, {50'000}, 337);
  p.Call(main, fib, {1, 1}, {400'000}, {1'000}, 6);
  p.Call(fib, fib, {1972, 2}, {398'000}, {399'000}, 13);
  return p.Build();
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_SAMPLE_PROFILE_H_
