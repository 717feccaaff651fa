"""Whether recording leaves the program's allocations as they are.

    python observer.py FOLDER

Counts the blocks of functions without the hook, then with it: what the hook
makes Python allocate must not count. Prints both, and fails where they differ.
"""

import gc
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [sys.argv[1], HERE]

import _recorder  # noqa: E402
from recording_file import RecordingFile  # noqa: E402


def pair(i):
    return i, i + 1


def calls():
    """A frame object each, before 3.12."""
    kept = []
    for i in range(1000):
        kept.append(pair(i))
    return kept


def methods():
    """A bound method each, without sys.monitoring."""
    text = "some text"
    return [text.upper() for _ in range(1000)]


def exceptions():
    for _ in range(100):
        try:
            int("no number")
        except ValueError:
            pass


def generators():
    return sum(sum(i for i in range(10)) for _ in range(100))


# Beyond 256 the offset of an instruction is an int of its own.
scope = {"pair": pair}
exec(
    "def far(items):\n" + "    items[0] = items[1]\n" * 100 + "    items.append(pair(1))\n" * 300,
    scope,
)


def far_apart():
    items = [1, 2]
    scope["far"](items)
    return items


WORK = (calls, methods, exceptions, generators, far_apart)


def without_hook():
    """{name: blocks allocated}."""
    _recorder.start(events={"time", "alloc"}, on=False)
    blocks = {}
    for work in WORK:
        before = _recorder.stats()["unrecorded_blocks"]
        work()
        blocks[work.__name__] = _recorder.stats()["unrecorded_blocks"] - before
    _recorder.stop()
    return blocks


def with_hook(path):
    _recorder.start(events={"time", "alloc"})
    for work in WORK:
        work()
    _recorder.stop()
    _recorder.save(path, [], "")
    file = RecordingFile(path)
    return {w.__name__: file.inclusive(w.__name__, "alloc_blocks") for w in WORK}


def main():
    for work in WORK:
        work()
    gc.disable()
    alone = without_hook()
    with tempfile.TemporaryDirectory() as folder:
        recorded = with_hook(os.path.join(folder, "out.pstats"))
    print("without the hook", alone)
    print("with the hook   ", recorded)
    # The measuring itself makes a few.
    if any(abs(alone[name] - recorded[name]) > 8 for name in alone):
        sys.exit("they differ")


main()
