"""What the extension module promises: python checks.py FOLDER CHECK

FOLDER has the module; a CHECK is one of the functions below, each of which
needs a process of its own. Fails with an AssertionError.
"""

import _thread
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [sys.argv[1], HERE]

import _recorder  # noqa: E402
from recording_file import RecordingFile  # noqa: E402

ALL = {"time", "cpu", "alloc", "live", "peak", "arenas", "sizes"}
HAS_MONITORING = hasattr(sys, "monitoring")
FILE = os.path.join(tempfile.mkdtemp(), "out.pstats")


def finish():
    _recorder.stop()
    return saved()


def saved():
    _recorder.save(FILE, [("Fact", "of the test")], "the test")
    return RecordingFile(FILE)


def find(file, stack):
    """The context of that stack."""
    found = [c for c in file.contexts if c.stack() == stack]
    assert len(found) == 1, (stack, [c.stack() for c in file.contexts])
    return found[0]


def stacks(file):
    return sorted(context.stack() for context in file.contexts)


def raises(kind, call, *args, **keywords):
    try:
        call(*args, **keywords)
    except kind as error:
        return str(error)
    raise AssertionError("%s was not raised" % kind.__name__)


def run(source, name="program"):
    _recorder.run(compile(source, name, "exec"), {"__name__": "__main__"})


# --- Time


def times():
    """By a clock whose readings count: an event is a nanosecond."""
    _recorder.start(events={"time"}, clock="steps", seed=False)
    run(
        "def leaf(): pass\n"
        "def twice():\n"
        "    leaf()\n"
        "    leaf()\n"
        "for _ in 1, 2, 3: twice()\n"
        "abs(1)\n"
    )
    _recorder.stop()
    file = saved()
    nanoseconds = {c.stack(): (c.calls, c.costs["ns"]) for c in file.contexts}
    # Of each context: calls that it made, and its returns.
    assert nanoseconds == {
        "<module>": (1, 3 + 1 + 1),
        "<module> twice:5": (3, 3 * (2 + 1)),
        "<module> twice:5 leaf:3": (3, 3),
        "<module> twice:5 leaf:4": (3, 3),
        "<module> <built-in method builtins.abs>:6": (1, 1),
    }, nanoseconds


def work(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def sleep_and_work():
    """How long it takes, without the call of it."""
    begin = time.perf_counter_ns()
    time.sleep(0.2)
    work(0.1)
    return time.perf_counter_ns() - begin


def cpu_time():
    for clock in "tsc", "monotonic":
        _recorder.start(events={"time", "cpu"}, clock=clock)
        begin = time.perf_counter_ns()
        within = sleep_and_work()
        without = time.perf_counter_ns() - begin
        file = finish()
        whole = file.inclusive("sleep_and_work", "ns")
        # A clock is found by another one to a part of a percent.
        assert 0.99 * within < whole < 1.01 * without, (within, whole, without)
        waited = whole - file.inclusive("sleep_and_work", "cpu_ns")
        assert waited > 0.19e9, waited
        asleep = file.inclusive("<built-in method time.sleep>", "cpu_ns")
        assert asleep < 0.02e9, asleep
        assert all(c.costs["cpu_ns"] <= c.costs["ns"] for c in file.contexts)


# --- Memory


def make_objects(n):
    return [{"number": i, "text": str(i) * 5, "list": [i] * (i % 100)} for i in range(n)]


def memory():
    """Some that goes, some that stays."""
    make_objects(20_000)
    kept = make_objects(5_000)
    kept.append(bytearray(100_000))
    kept[-1].extend(bytes(50_000))
    return kept


def laws():
    gc.disable()
    _recorder.start(events=ALL)
    kept = memory()
    file = finish()
    stats = _recorder.stats()
    for unit in "blocks", "bytes":
        of = {e: file.total(e + "_" + unit) for e in ("alloc", "freed", "live", "peak")}
        # What is freed may have been allocated before.
        assert 0 <= of["live"] - (of["alloc"] - of["freed"]) < 1000, of
        assert of["peak"] > of["live"] > 0, of
    assert file.total("peak_bytes") == stats["peak_bytes"]
    assert len(kept) == 5_001


def agrees_with_tracemalloc():
    gc.disable()
    tracemalloc.start(1)
    memory()
    tracemalloc.stop()
    # It is told of the same blocks, as it stands above the heap.
    _recorder.start(events=ALL, on=False)
    tracemalloc.start(1)
    _recorder.switch(True)
    before = tracemalloc.get_traced_memory()[0]
    kept = memory()
    live, peak = tracemalloc.get_traced_memory()
    _recorder.switch(False)
    tracemalloc.stop()
    file = finish()
    for ours, theirs in (
        (file.total("live_bytes"), live - before),
        (file.total("peak_bytes"), peak - before),
    ):
        assert abs(ours - theirs) < 0.001 * theirs, (ours, theirs)
    assert kept


def leaves_tracemalloc_alone():
    """It was there first."""
    tracemalloc.start(1)
    kept = make_objects(100)
    _recorder.start(events=ALL)
    more = make_objects(1000)
    traced = tracemalloc.get_traced_memory()[0]
    file = finish()
    assert traced > 500_000 > 0
    assert abs(file.inclusive("make_objects", "live_bytes") - traced) < 0.2 * traced
    assert len(kept) + len(more) == 1100
    del kept, more
    assert tracemalloc.get_traced_memory()[0] < 100_000


def overrun_is_noticed():
    """By Python's debug hooks, in blocks of the heap."""
    script = (
        "import sys; sys.path[:0] = %r\n"
        "import _recorder, ctypes\n"
        "_recorder.start(events={'alloc'})\n"
        "api = ctypes.pythonapi\n"
        "api.PyMem_Malloc.restype = ctypes.c_void_p\n"
        "block = api.PyMem_Malloc(ctypes.c_size_t(20))\n"
        "ctypes.memset(block, 1, 21)\n"
        "api.PyMem_Free(ctypes.c_void_p(block))\n" % sys.path[:1]
    )
    ended = subprocess.run([sys.executable, "-c", script], stderr=subprocess.PIPE)
    assert ended.returncode != 0
    assert b"bad trailing pad byte" in ended.stderr, ended.stderr


def sizes():
    _recorder.start(events=ALL)
    kept = [bytes(1000 - 33) for _ in range(70)]
    file = finish()
    table = file.raw["sizes"]
    from recording_file import _numbers

    blocks = dict.fromkeys(_numbers(table["least"]), 0)
    for least, count in zip(_numbers(table["least"]), _numbers(table["blocks"])):
        blocks[least] += count
    assert 70 <= blocks[512] < 80, blocks
    assert kept


# --- Threads


def threads():
    def other(n):
        return make_objects(n)

    _recorder.start(events=ALL)
    started = [
        threading.Thread(target=other, args=(1000,), name="other %d" % i) for i in range(3)
    ]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    file = finish()
    assert sorted(file.threads) == ["MainThread", "other 0", "other 1", "other 2"]
    calls = {name: 0 for name in file.threads}
    for context in file.contexts:
        if context.function[2] == "make_objects":
            calls[context.thread] += context.calls
            assert "run" in context.stack() and "_bootstrap" in context.stack()
    assert calls.pop("MainThread") == 0
    assert set(calls.values()) == {1}, calls
    assert _recorder.stats()["unmatched_returns"] == 0


def thread_that_is_there():
    """It runs when the recording begins, with calls that have not returned."""
    ready, go, done = threading.Event(), threading.Event(), threading.Event()

    def body():
        ready.set()
        go.wait()
        make_objects(10)
        done.set()

    thread = threading.Thread(target=body, name="early")
    thread.start()
    ready.wait()
    _recorder.start(events={"time"})
    go.set()
    thread.join()
    file = finish()
    assert done.is_set()
    made = [c for c in file.contexts if c.function[2] == "make_objects"]
    assert [c.thread for c in made] == ["early"]
    assert made[0].parent.function[2] == "body"
    assert made[0].parent.calls == 0


def many_threads():
    """Each of which ends: nothing grows but their names."""
    _recorder.start(events={"time"})
    for _ in range(300):
        thread = threading.Thread(target=abs, args=(1,))
        thread.start()
        thread.join()
    _recorder.switch(False)
    _recorder.switch(True)
    file = finish()
    assert len(file.threads) == 301


def plain_thread():
    """No Thread of threading's: it has no name, and is not asked for one."""
    asked = []
    done = threading.Event()

    class Worker:
        def __getattr__(self, name):
            asked.append(name)
            raise AttributeError(name)

        def run(self):
            make_objects(10)
            done.set()

    _recorder.start(events={"time"})
    _thread.start_new_thread(Worker().run, ())
    done.wait()
    file = finish()
    assert file.threads == ["MainThread", "Thread 2"], file.threads
    assert asked == [], asked


# --- Contexts and lines


def caller():
    callee(1)
    callee(2)
    for _ in range(3): callee(3), callee(4)


def callee(n):
    return max(n, 0)


def lines():
    _recorder.start(events={"time"})
    caller()
    file = finish()
    first = caller.__code__.co_firstlineno
    above = next(c for c in file.contexts if c.function[2] == "caller").stack()
    found = {c.stack(): c.calls for c in file.contexts if c.function[2] == "callee"}
    assert found == {
        "%s callee:%d" % (above, first + 1): 1,
        "%s callee:%d" % (above, first + 2): 1,
        "%s callee:%d" % (above, first + 3): 6,
    }, found
    builtin = next(c for c in file.contexts if "max" in c.function[2])
    assert builtin.line == first + 7, builtin.line


def callbacks():
    """What a built-in function calls has no line in it."""
    _recorder.start(events={"time"})
    sorted([3, 1, 2], key=callee)
    file = finish()
    found = [c for c in file.contexts if c.function[2] == "callee"]
    assert [(c.calls, c.line) for c in found] == [(3, 0)], found[0].stack()
    assert found[0].parent.function[2] == "<built-in method builtins.sorted>"


def seeding():
    """Calls that had not returned when the recording began."""

    def inner():
        _recorder.start(events={"time"})
        callee(1)

    def outer():
        inner()
        callee(2)

    outer()
    file = finish()
    by_name = {c.function[2]: c for c in file.contexts}
    assert by_name["outer"].calls == by_name["inner"].calls == 0
    assert by_name["inner"].parent is by_name["outer"]
    assert by_name["callee"].calls == 1
    assert sorted(c.parent.function[2] for c in file.contexts if c.function[2] == "callee") == [
        "inner",
        "outer",
    ]
    assert _recorder.stats()["unmatched_returns"] == 0


def constructor():
    """In whose call Python puts a frame of its own, once it knows it well."""

    class Begins:
        def __init__(self, now):
            self.n = _recorder.start(events={"time"}) if now else callee(1)

    def construct(now):
        return Begins(now)

    for _ in range(1000):
        construct(False)
    construct(True)
    file = finish()
    by_name = {c.function[2]: c for c in file.contexts}
    assert by_name["__init__"].parent is by_name["construct"], stacks(file)
    assert len(file.contexts) == len({c.stack() for c in file.contexts})
    assert not file.oddities, file.oddities


def switching():
    """In the midst of calls; contexts are the same ones afterwards."""

    def body():
        callee(1)
        _recorder.switch(False)
        callee(1)
        make_objects(10)
        _recorder.switch(True)
        callee(1)

    _recorder.start(events={"time", "alloc"})
    body()
    file = finish()
    calls = sum(c.calls for c in file.contexts if c.function[2] == "callee")
    assert calls == 2, stacks(file)
    assert not any(c.function[2] == "make_objects" for c in file.contexts)
    assert sum(c.calls for c in file.contexts if c.function[2] == "body") == 1
    assert _recorder.stats()["unmatched_returns"] == 0


def root():
    """run() shows nothing of what called it, and works as exec() does."""
    _recorder.start(events={"time", "alloc"})
    scope = {}
    _recorder.run(compile("x = abs(-1)\nabs(2)", "program", "exec"), scope)
    assert scope["x"] == 1 and "__builtins__" in scope
    error = raises(
        ZeroDivisionError, _recorder.run, compile("1 // 0", "program", "exec"), {}
    )
    assert "zero" in error
    file = finish()
    # What is called later has no caller, either.
    roots = {c.function[2] for c in file.contexts if c.parent is None}
    assert roots == {"<module>", "finish"}, roots
    assert {c.function[0] for c in file.contexts if c.calls == 0} == set()


def generators_and_exceptions():
    """The program of same_counts.py, with nothing left unmatched."""
    import program

    program.main()
    _recorder.start(events=ALL)
    for _ in range(3):
        program.main()
    file = finish()
    assert _recorder.stats()["unmatched_returns"] == 0
    assert not file.oddities, file.oddities


def depth():
    def down(n):
        return n and down(n - 1)

    sys.setrecursionlimit(3000)
    _recorder.start(events={"time"})
    down(2500)
    raises(RecursionError, down, 100_000)
    down(2500)
    file = finish()
    assert len(file.contexts) > 2500
    assert _recorder.stats()["unmatched_returns"] == 0


def folding():
    """With room for few contexts calls are counted above."""
    import program

    program.main()
    _recorder.start(events={"time"}, max_contexts=50)
    program.main()
    file = finish()
    assert len(file.contexts) <= 50
    assert _recorder.stats()["contexts"] == 50
    assert any("no room" in text for text in file.oddities), file.oddities


# --- The module


def determinism():
    """Two runs give the same figures, with a clock that does.

    But for frees: Python's cache of methods goes by address, and drops names in
    it at one time or another. And but for what 3.11's compiler allocates, which
    goes by address, too: 8 bytes more in one run of a hundred.
    """

    def is_same(context, event):
        return "freed" not in event and "builtins.compile" not in context.function[2]

    script = (
        "import sys; sys.path[:0] = %r\n"
        "import _recorder, program\n"
        "program.main()\n"
        "_recorder.start(events={'time', 'alloc'}, clock='steps', seed=False)\n"
        "program.main()\n"
        "_recorder.stop()\n"
        "_recorder.save(sys.argv[1], [], '')\n" % sys.path[:2]
    )
    runs = []
    for _ in range(3):
        environment = dict(os.environ, PYTHONHASHSEED="0")
        subprocess.check_call([sys.executable, "-c", script, FILE], env=environment)
        runs.append(
            [
                (c.stack(), c.calls, [c.costs[e] for e in c.costs if is_same(c, e)])
                for c in RecordingFile(FILE).contexts
            ]
        )
    assert len(runs[0]) > 1000
    assert runs[0] == runs[1] == runs[2]


def snapshots():
    _recorder.start(events=ALL)
    kept = make_objects(100)
    first = saved()
    kept += make_objects(100)
    second = saved()
    third = finish()
    fourth = saved()
    calls = [
        sum(c.calls for c in file.contexts if c.function[2] == "make_objects")
        for file in (first, second, third, fourth)
    ]
    assert calls == [1, 2, 2, 2], calls
    assert third.total("live_bytes") >= second.total("live_bytes") > first.total("live_bytes")
    kept.clear()
    assert saved().total("live_bytes") == fourth.total("live_bytes")
    assert third.raw["command"] == "the test"
    assert ("Fact", "of the test") in third.raw["facts"]


def again():
    """A recording begins with nothing of the last one."""
    kept = []
    for n in 10, 20:
        _recorder.start(events=ALL)
        kept.append(make_objects(n))
        file = finish()
        assert sum(c.calls for c in file.contexts if c.function[2] == "make_objects") == 1
    blocks = file.inclusive("make_objects", "live_blocks")
    _recorder.start(events=ALL)
    kept.clear()
    assert abs(finish().total("live_blocks")) < 10, blocks


def forked_child():
    _recorder.start(events=ALL)
    kept = make_objects(1000)
    process = os.fork()
    if process == 0:
        status = 1
        try:
            _recorder.after_fork()
            make_objects(10)
            file = finish()
            names = [c.function[2] for c in file.contexts if c.calls]
            assert names.count("make_objects") == 1, names
            assert any(c.function[2] == "forked_child" for c in file.contexts)
            assert file.total("live_bytes") < 20_000, file.total("live_bytes")
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(process, 0)[1] == 0
    file = finish()
    assert file.inclusive("make_objects", "live_blocks") > 1000
    assert kept


def refusals():
    for call, kind in (
        (_recorder.stop, RuntimeError),
        (lambda: _recorder.switch(True), RuntimeError),
        (lambda: _recorder.save(FILE, [], ""), RuntimeError),
        (lambda: _recorder.start(events={"watts"}), ValueError),
        (lambda: _recorder.start(events=set()), ValueError),
        (lambda: _recorder.start(events={"time"}, clock="sun"), ValueError),
        (lambda: _recorder.start(events={"time"}, max_contexts=0), ValueError),
        (lambda: _recorder.start(events={"time"}, max_contexts=1 << 40), ValueError),
        (lambda: _recorder.start(events={"time"}, valgrind="no"), ValueError),
        (lambda: _recorder.run("code", {}), TypeError),
    ):
        assert raises(kind, call)
    _recorder.start(events={"time"})
    assert "already" in raises(RuntimeError, _recorder.start, events={"time"})
    assert "none/out" in raises(OSError, _recorder.save, "/none/out", [], "")
    finish()


def other_profilers():
    if HAS_MONITORING:
        # They stand beside each other.
        import cProfile

        profile = cProfile.Profile()
        profile.enable()
        _recorder.start(events={"time"})
        callee(1)
        file = finish()
        profile.disable()
        assert any(c.function[2] == "callee" for c in file.contexts)
        for tool in 3, 4, 5:
            sys.monitoring.use_tool_id(tool, "another")
        assert "taken" in raises(RuntimeError, _recorder.start, events={"time"})
        return
    sys.setprofile(lambda *_: None)
    assert "profiler" in raises(RuntimeError, _recorder.start, events={"time"})
    sys.setprofile(None)
    _recorder.start(events={"time"})
    sys.setprofile(None)
    file = finish()
    assert any("hook" in text for text in file.oddities), file.oddities


def other_interpreters():
    """They may have locks of their own since 3.12."""
    if sys.version_info < (3, 12):
        return
    try:
        import _interpreters as interpreters
    except ImportError:
        import _xxsubinterpreters as interpreters

    other = interpreters.create()
    assert "lock" in raises(RuntimeError, _recorder.start, events={"alloc"})
    _recorder.start(events={"time"})
    finish()
    interpreters.destroy(other)
    _recorder.start(events={"alloc"})
    finish()


def names():
    """Of any encoding."""
    _recorder.start(events={"time"}, seed=False)
    run("def f\u00fcnf(): pass\nf\u00fcnf()", "caf\u00e9\udcff.py")
    file = finish()
    assert ("caf\u00e9\udcff.py", 1, "f\u00fcnf") in file.functions, file.functions


def main():
    globals()[sys.argv[2]]()


main()
