"""What others read in the profiles of this folder, as JSON in expected/.

callgrind_annotate, for files of callgrind: {"totals": [...], "self": {function: [...]}, "inclusive": {function: [...]},
"calls": [[caller, callee, count, [...]]...]}; functions are "FILE:NAME [OBJECT]". gprof2dot, for all: {"gprof2dot":
{"self": {name: cost}, "calls": {"CALLER > CALLEE": [count, cost]}}}, of the first event, by names alone.
"""
import glob
import json
import os
import re
import subprocess

import gprof2dot


def annotate(path, *options):
    # It cuts the folder in which it runs off paths.
    run = subprocess.run(["callgrind_annotate", "--auto=no", "--threshold=100", "--show-percs=no", *options,
                          os.path.abspath(path)], cwd="/usr", capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def split(line, events):
    """Costs, and what is behind them."""
    costs = re.match(r"\s*((?:[\d,]+|\.)\s+){%d}" % events, line)
    numbers = [0 if word == "." else int(word.replace(",", "")) for word in costs.group().split()]
    return numbers, line[costs.end():]


def tables(lines):
    """Totals, and the rows of the function table."""
    events = len(next(line for line in lines if line.startswith("Events shown:")).split()) - 2
    totals = split(next(line for line in lines if line.endswith("PROGRAM TOTALS")), events)[0]
    begin = next(i for i, line in enumerate(lines) if line.endswith("file:function")) + 2
    rows = []
    for line in lines[begin:]:
        if not line.strip():
            continue
        rows.append(split(line, events))
    return totals, rows


def by_annotate(path):
    totals, rows = tables(annotate(path, "--inclusive=yes"))
    inclusive = {name: costs for costs, name in rows}
    totals, rows = tables(annotate(path, "--tree=calling"))
    own, calls = {}, []
    for costs, text in rows:
        if text.startswith("*  "):
            function = text[3:]
            own[function] = costs
        else:
            callee = re.match(r">   (.*) \(([\d,]+)x\)( \[.*\])?$", text)
            calls.append([function, callee.group(1) + (callee.group(3) or ""),
                          int(callee.group(2).replace(",", "")), costs])
    return {"totals": totals, "self": own, "inclusive": inclusive, "calls": calls}


def by_gprof2dot(path):
    with open(path) as f:
        profile = gprof2dot.CallgrindParser(f).parse()
    own, calls = {}, {}
    for function in profile.functions.values():
        own[function.name] = function[gprof2dot.SAMPLES]
        for call in function.calls.values():
            callee = profile.functions[call.callee_id].name
            calls[function.name + " > " + callee] = [call[gprof2dot.CALLS], call[gprof2dot.SAMPLES2]]
    return {"self": own, "calls": calls}


def main():
    for path in sorted(glob.glob("*.callgrind") + glob.glob("*.cachegrind")):
        out = "expected/%s.json" % os.path.splitext(path)[0]
        expected = {}
        if os.path.exists(out):
            with open(out) as f:
                expected = json.load(f)
        with open(path) as f:
            is_of_valgrind = "creator: callgrind" in f.read(4096)
        if is_of_valgrind and path != "parts.callgrind":  # it reads one part only
            expected.update(by_annotate(path))
        if path.endswith(".callgrind"):
            expected["gprof2dot"] = by_gprof2dot(path)
        if expected:
            with open(out, "w") as f:
                json.dump(expected, f, sort_keys=True)
                f.write("\n")


if __name__ == "__main__":
    main()
