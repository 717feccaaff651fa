#!/usr/bin/env python3
"""Writes the profiles of stacks in this folder that no profiler here writes.

    perf script | make_stacks.py perf     perf's samples as collapse/perf.txt and dtrace/perf.txt
    make_stacks.py python                 this Python's as dtrace/mallocstk.txt, json/*.json

The stacks are real; their layout is made here, as stackcollapse-perf.pl and dtrace(1) have it, and so are the native
frames of mallocstk.txt.
"""
import collections
import json
import os
import re
import sys
import textwrap
import threading
import time
import tracemalloc

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, text):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def perf_samples(lines):
    """(command, [(symbol, offset, module)], leaf first) of each sample."""
    command, stack = "", []
    for line in lines:
        if line.startswith(("\t", " ")) and line.strip():
            address, rest = line.split(None, 1)
            symbol, module = rest.strip().rsplit(" (", 1)
            symbol, _, offset = symbol.partition("+0x")
            stack.append((symbol if symbol != "[unknown]" else "0x" + address, offset, module[:-1]))
        elif line.strip():
            command = line.split()[0]
        elif stack:
            yield command, stack
            stack = []


def from_perf():
    collapsed, aggregation = collections.Counter(), collections.Counter()
    for command, stack in perf_samples(sys.stdin):
        kernel = lambda module: module == "[kernel.kallsyms]"
        frames = [s + ("_[k]" if kernel(m) else "") for s, _, m in reversed(stack)]
        collapsed[";".join([command] + frames)] += 1
        aggregation[tuple(
            s if s.startswith("0x") else "%s`%s%s" % (os.path.basename(m), s, "+0x" + o if o else "")
            for s, o, m in stack)] += 1
    write("collapse/perf.txt", "".join("%s %d\n" % item for item in sorted(collapsed.items())))
    text = "CPU     ID                    FUNCTION:NAME\n  0  29684                        :tick-60s\n\n"
    for stack, count in sorted(aggregation.items(), key=lambda item: (item[1], item[0])):
        text += "\n" + "".join("              %s\n" % frame for frame in stack) + "%17d\n" % count
    write("dtrace/perf.txt", text)


# The program whose stacks these are.
class Shapes:
    def __init__(self, n):
        self.names = ["shape-%d" % i for i in range(n)]

    def dump(self):
        return json.dumps([{"name": name, "sides": list(range(7))} for name in self.names])

    def load(self, text):
        return json.loads(text)


def wrapped(text):
    return textwrap.fill(re.sub(r"[^a-z]+", " ", text), 60)


def nested(depth, work):
    return work() if depth == 0 else nested(depth - 1, work)


def run(n=150):
    shapes = Shapes(n)
    kept = [shapes.load(nested(4, shapes.dump)) for _ in range(3)]
    kept.append(sorted(wrapped(shapes.dump()).split(), key=lambda word: word[::-1]))
    return kept


def histogram(sizes):
    rows = collections.Counter(1 << size.bit_length() >> 1 for size in sizes)
    text = "           value  ------------- Distribution ------------- count    \n"
    values = sorted(rows)
    before = values[0] // 2 if values[0] > 0 else -1
    for value in [before] + [1 << i for i in range(63) if values[0] <= 1 << i <= 2 * values[-1]]:
        text += "%16d |%-41s%-9d\n" % (value, "@" * (40 * rows[value] // sum(rows.values())), rows[value])
    return text


def mallocstk():
    tracemalloc.start(12)
    kept = run()
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    del kept
    sizes = collections.defaultdict(list)
    for trace in snapshot.traces:
        sizes[tuple((f.filename, f.lineno) for f in reversed(trace.traceback))].append(trace.size)
    library = "libpython3.11.so.1.0`"
    text = "Tracing... Hit Ctrl-C to end.\n^C\n\nPython malloc byte distributions by stack trace,\n\n"
    for stack, ours in sorted(sizes.items(), key=lambda item: (len(item[1]), item[0])):
        frames = ["libc.so.6`malloc", library + "_PyMem_RawMalloc+0x1c", library + "PyObject_Malloc+0x8e"]
        for path, line in stack:
            name = NAMES.get((path, line), "?")
            frames.append(library + "_PyEval_EvalFrameDefault+0x2ac1")
            frames.append("  [ %s:%d (%s) ]" % (os.path.basename(path), line, name))
            frames.append(library + "_PyFunction_Vectorcall+0x7d")
        frames += [library + "Py_RunMain+0x5b", "python3.11`main+0x2d", "0x40109e"]
        text += "".join("              %s\n" % frame for frame in frames) + "\n" + histogram(ours) + "\n"
    write("dtrace/mallocstk.txt", text)


NAMES = {}


def learn_names():
    """Of lines: tracemalloc has none."""
    def tracer(frame, event, _):
        NAMES[frame.f_code.co_filename, frame.f_lineno] = frame.f_code.co_name
        return tracer
    sys.settrace(tracer)
    run()
    sys.settrace(None)


def sampled():
    """Samples of this thread: wall time since the one before, and blocks allocated."""
    samples, main, done = [], threading.get_ident(), threading.Event()

    def sample():
        last = time.perf_counter()
        while not done.wait(0.001):
            frame, stack = sys._current_frames()[main], []
            while frame is not None:
                stack.append((frame.f_code.co_name, os.path.basename(frame.f_code.co_filename)))
                frame = frame.f_back
            now = time.perf_counter()
            samples.append((stack, round(now - last, 9), sys.getallocatedblocks()))
            last = now

    sys.setswitchinterval(0.0005)
    thread = threading.Thread(target=sample)
    thread.start()
    for _ in range(60):
        run()
    done.set()
    thread.join()
    return samples


def to_json(samples):
    numbers = {}
    events = [{"callchain": [numbers.setdefault(f, len(numbers)) for f in stack], "cost": [seconds, blocks]}
              for stack, seconds, blocks in samples]
    functions = [{"name": name, "module": module, "process": "python3"} for name, module in numbers]
    costs = [{"description": "Wall time", "unit": "seconds"}, {"description": "Blocks", "unit": ""}]
    profile = {"version": 0, "costs": costs, "functions": functions, "events": events}
    write("json/samples.json", json.dumps(profile, indent=1) + "\n")
    write("json/samples-sorted.json", json.dumps(profile, sort_keys=True, separators=(",", ":")))


def from_python():
    learn_names()
    mallocstk()
    to_json(sampled()[:120])


if __name__ == "__main__":
    {"perf": from_perf, "python": from_python}[sys.argv[1]]()
