#!/usr/bin/env python3
"""What gprof2dot's parsers read in the profiles of stacks: an oracle of the readers.

    PYTHONPATH=... make_expected_stacks.py collapse FILE...     (PARSERS has the others; needs gprof2dot)

Writes expected/NAME.json beside each file: {"functions": [[name, module, process, self, inclusive, called]...],
"calls": [[caller, callee, cost]...]}. Modules are whole paths. self is the samples, or the first cost, of the stacks
that end in the function, inclusive of those that have it anywhere; inclusive and called are null where gprof2dot does
not know. A call's cost is that of all stacks with this pair in them, once for every time that the pair stands there.
xperf's are counts of samples; sysprof's are what the callee cost itself below that caller, as if functions without a
cost of their own did not exist: they are not there, either. Callers and callees are places among the functions. What
has costs of 0 only is there, too, but for sysprof.
"""
import json
import os
import sys

import gprof2dot

PARSERS = {"collapse": gprof2dot.CollapseParser, "dtrace": gprof2dot.DtraceParser, "json": gprof2dot.JsonParser,
           "perf": gprof2dot.PerfParser, "sleepy": gprof2dot.SleepyParser,
           "sysprof": gprof2dot.SysprofParser, "xperf": gprof2dot.XPerfParser}


def module_of(kind, function):
    # These labels have only the end of the path: the id is "symbol:path".
    return function.id[len(function.name) + 1:] if kind in ("dtrace", "perf") else function.module or ""


def main(kind, paths):
    for path in paths:
        with open(path, encoding="utf-8", newline="\n") as f:
            profile = PARSERS[kind](path if kind == "sleepy" else f).parse()
        functions = list(profile.functions.values())
        place = {function.id: i for i, function in enumerate(functions)}
        expected = {
            "functions": [[f.name, module_of(kind, f), f.process or "", f[gprof2dot.SAMPLES],
                           f.events.get(gprof2dot.TOTAL_SAMPLES), f.called] for f in functions],
            "calls": [[place[f.id], place[call.callee_id], call[gprof2dot.SAMPLES2]]
                      for f in functions for call in f.calls.values()],
        }
        folder = os.path.join(os.path.dirname(path) or ".", "expected")
        os.makedirs(folder, exist_ok=True)
        name = os.path.splitext(os.path.basename(path))[0]
        with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8", newline="\n") as f:
            f.write(json.dumps(expected, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
