#!/usr/bin/env python3
"""How many megabytes a second prof2cg reads of each format, beside others.

    tools/bench/setup-peers                        once: gets gprof2dot
    tools/bench/formats.py [--megabytes N] PROF2CG

Makes an input of about N megabytes for each format: samples of one program of
2 000 functions in 3 000 stacks, which repeat; a call graph; for pprof and
speedscope, which hold each stack once, a tree of contexts. Then
`prof2cg top -n 1` reads it five times: reading, folding the stacks into a call
graph, and a report of one line. "valgrind" is what Valgrind's callgrind, if it is there,
writes of Python's start, given 20 times. The peers read a part, once: gprof2dot
whatever it can, inferno-collapse-perf, if it is on the PATH, perf's text.

Times are processor time of the process, the least of all runs: others on the
machine disturb that least. Prints a Markdown table.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent.parent / ".build/peers"
RUNS = 5
PART = 20               # megabytes that slow peers read
TIMES = 20              # that Valgrind's file is read, which is small
MB = 10**6


def stacks():
    """Frames (function, file, line), the root first. Functions call later ones
    only: gprof2dot dies on what random ones would be, one cycle of all."""
    rng = random.Random(1)
    frames = [("function_%d" % i, "/usr/lib/python3/pkg%d/mod%d.py" %
               (i % 20, i % 50), i % 300 + 1) for i in range(2000)]
    return [[frames[i] for i in sorted(rng.sample(range(len(frames)),
                                                  rng.randint(8, 40)))]
            for _ in range(3000)]


def collapsed(stack):
    return ";".join("%s (%s:%d)" % frame for frame in stack) + " 1\n"


def austin(stack):
    return "P7;T0:7;" + ";".join("%s:%s:%d" % (file, name, line) for
                                 name, file, line in stack) + " 5103\n"


def perf(stack):
    return ("python3  6485 79231.571069:   10101010   cpu-clock: \n" + "".join(
        "\t    %12x %s+0x%x (%s)\n" % (hash(frame) & 0xffffffff, frame[0],
                                       frame[2], frame[1])
        for frame in reversed(stack)) + "\n")


def write_samples(path, head, text, size):
    rng = random.Random(2)
    texts = [text(stack) for stack in stacks()]
    with open(path, "w") as out:
        written = out.write(head)
        while written < size:
            written += out.write(rng.choice(texts))


def write_json(path, size):
    """gprof2dot's schema."""
    rng = random.Random(2)
    known = {}
    chains = [[known.setdefault(frame[:2], len(known))
               for frame in reversed(stack)] for stack in stacks()]
    events = ['{"callchain": %s, "cost": [1]}' % json.dumps(chain)
              for chain in chains]
    some = []
    while size > 0:
        some.append(rng.choice(events))
        size -= len(some[-1]) + 2
    functions = [{"name": name, "module": file} for name, file in known]
    with open(path, "w") as out:
        out.write('{"version": 0, "costs": [{"description": "Samples", '
                  '"unit": "samples"}], "functions": %s, "events": [%s]}' %
                  (json.dumps(functions), ",\n".join(some)))


def write_callgrind(prof2cg, path, size):
    dump = path + ".pstats"
    functions = size // 580  # bytes a function, with three calls
    subprocess.run([sys.executable, HERE / "gen_pstats.py", str(functions),
                    str(3 * functions), dump], check=True)
    subprocess.run([prof2cg, "-i", dump, "-o", path], check=True,
                   stderr=subprocess.DEVNULL)
    os.unlink(dump)


def write_valgrind(path):
    subprocess.run(["valgrind", "--tool=callgrind", "--dump-instr=yes",
                    "--callgrind-out-file=" + path, "/usr/bin/python3", "-c",
                    "import json, argparse, decimal"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write(prof2cg, name, path, size):
    if name == "valgrind":
        write_valgrind(path)
    elif name == "callgrind":
        write_callgrind(prof2cg, path, size)
    elif name == "json":
        write_json(path, size)
    elif name in ("pprof", "speedscope"):
        source = path + ".folded"  # which does not repeat: contexts are few
        subprocess.run([sys.executable, HERE / "gen_stacks.py",
                        str(size // 100), "20000", source], check=True)
        subprocess.run([prof2cg, source, "-t", name, "-o", path], check=True,
                       stderr=subprocess.DEVNULL)
        os.unlink(source)
    else:
        head = "# austin: 3.7.0\n# mode: wall\n\n" if name == "austin" else ""
        write_samples(path, head, {"collapse": collapsed, "austin": austin,
                                   "perf": perf}[name], size)


def processor_time(command, **streams):
    """Seconds."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, **streams)
    return used() - before


def peer_of(name, path):
    """Its name and command, or none."""
    gprof2dot = PEERS / "bin/gprof2dot"
    inferno = shutil.which("inferno-collapse-perf")
    if name == "perf" and inferno:
        yield "inferno-collapse-perf", [inferno, path]
    if name in ("collapse", "perf", "json", "callgrind") and gprof2dot.exists():
        yield "gprof2dot", [gprof2dot, "-f", name, path]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("prof2cg")
    arguments = parser.parse_args()
    print("| format | MB | prof2cg, MB/s | peer, MB/s | times as fast |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("collapse", "austin", "perf", "json", "callgrind",
                     "valgrind", "pprof", "speedscope"):
            if name == "valgrind" and not shutil.which(name):
                continue
            path = os.path.join(folder, name)
            write(arguments.prof2cg, name, path, arguments.megabytes * MB)
            inputs = [path] * (TIMES if name == "valgrind" else 1)
            size = len(inputs) * os.path.getsize(path) / MB
            speed = size / min(
                processor_time([arguments.prof2cg, "top", "-n", "1", *inputs])
                for _ in range(RUNS))
            rivals = []
            if size > PART and name != "valgrind":
                write(arguments.prof2cg, name, path, PART * MB)
            part = os.path.getsize(path) / MB
            for rival, command in peer_of(name, path):
                rivals.append((rival, part / processor_time(command)))
            os.unlink(path)
            print("| %s | %.0f | %.0f | %s | %s |" % (
                name, size, speed,
                ", ".join("%s %.1f" % rival for rival in rivals),
                ", ".join("%.0f" % (speed / s) for _, s in rivals)),
                flush=True)


if __name__ == "__main__":
    main()
