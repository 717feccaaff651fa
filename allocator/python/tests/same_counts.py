"""Whether the recorder counts what cProfile counts: python same_counts.py FOLDER

FOLDER has the extension module. program.py runs under both; the calls
and primitive calls of every function, and of every pair of caller and callee,
must be equal. Prints what is not, and fails then.
"""

import cProfile
import gc
import os
import pstats
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [sys.argv[1], HERE]

import _recorder  # noqa: E402
import program  # noqa: E402


def label(code):
    """As in a dump of cProfile, but without addresses."""
    if isinstance(code, str):
        return "~", 0, re.sub(" at 0x[0-9a-f]+", "", code)
    return code.co_filename, code.co_firstlineno, code.co_name


def add(table, key, entry):
    """Functions that look alike are added up; dumps of cProfile lose some."""
    primitive, total = table.get(key, (0, 0))
    more = entry.callcount
    table[key] = primitive + more - entry.reccallcount, total + more


def under_cprofile():
    """{function: (primitive calls, calls)}, and the same of pairs."""
    profile = cProfile.Profile()
    profile.enable()
    program.main()
    profile.disable()
    functions, pairs = {}, {}
    for entry in profile.getstats():
        if "disable" in label(entry.code)[2]:
            continue
        add(functions, label(entry.code), entry)
        for call in entry.calls or ():
            add(pairs, (label(entry.code), label(call.code)), call)
    return functions, pairs


def under_recorder(file):
    _recorder.start(events={"time", "alloc"}, seed=False)
    program.main()
    _recorder.stop()
    _recorder.save(file, [], "")
    functions, pairs = {}, {}
    for function, (cc, nc, _, _, callers) in pstats.Stats(file).stats.items():
        functions[function] = cc, nc
        for caller, (pair_nc, pair_cc, _, _) in callers.items():
            pairs[caller, function] = pair_cc, pair_nc
    return functions, pairs


def differences(ours, theirs):
    return [
        "%s: %s, cProfile %s" % (key, ours.get(key), theirs.get(key))
        for key in sorted(set(ours) | set(theirs))
        if ours.get(key) != theirs.get(key)
    ]


def main():
    program.main()  # what is made once is made
    gc.disable()
    theirs = under_cprofile()
    with tempfile.TemporaryDirectory() as folder:
        ours = under_recorder(os.path.join(folder, "out.pstats"))
    found = [d for pair in zip(ours, theirs) for d in differences(*pair)]
    print("\n".join(found))
    print("%d functions, %d pairs" % (len(theirs[0]), len(theirs[1])))
    if found or len(theirs[1]) < 300:
        sys.exit("%d differ" % len(found))


main()
