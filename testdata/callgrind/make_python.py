"""Profiles source/program.py: NAME.callgrind by yappi and by pyprof2calltree, and
expected/NAME.json, what yappi and cProfile themselves say.

functions: {name: {calls, self, inclusive}}, where a name that is not unique has its line; calls: [[caller, callee, calls, inclusive]...]; times in nanoseconds.
"""
import cProfile
import json
import pstats
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, "source")

import program
import pyprof2calltree
import yappi


def save(name, functions, calls):
    with open("expected/%s.json" % name, "w") as f:
        json.dump({"functions": functions, "calls": calls}, f, sort_keys=True)
        f.write("\n")


def by_pyprof2calltree():
    profile = cProfile.Profile()
    profile.runcall(program.main)
    stats = pstats.Stats(profile)
    with open("pyprof2calltree.callgrind", "w") as f:
        pyprof2calltree.convert(stats, f)
    names = [name for _, _, name in stats.stats]

    def label(key):
        return "%s:%d" % (key[2], key[1]) if names.count(key[2]) > 1 else key[2]

    functions, calls = {}, []
    for key, (_, nc, tt, ct, callers) in stats.stats.items():
        functions[label(key)] = {"calls": nc, "self": int(tt * 1e9), "inclusive": int(ct * 1e9)}
        for caller, figures in callers.items():
            # Its counts are all calls and primitive ones, in this order.
            calls.append([label(caller), label(key), figures[0], int(figures[3] * 1e9)])
    save("pyprof2calltree", functions, calls)


def by_yappi():
    yappi.set_clock_type("cpu")
    yappi.start(builtins=True)
    program.main()
    yappi.stop()
    stats = yappi.get_func_stats()
    sys.argv[:] = ["program.py"]
    stats.save("yappi.callgrind", type="callgrind")
    functions, calls = {}, []
    for stat in stats:
        functions[stat.name] = {"calls": stat.ncall, "self": int(stat.tsub * 1e6) * 1000}
        for child in stat.children:
            calls.append([stat.name, child.name, child.ncall, int(child.ttot * 1e6) * 1000])
    save("yappi", functions, calls)


if __name__ == "__main__":
    by_pyprof2calltree()
    by_yappi()
