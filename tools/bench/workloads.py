"""Ten small programs that are hard on profilers, each in its own way.

WORKLOADS has them by name; CALLEES is one more, for callers of very many
functions. Each takes some milliseconds and does the same whenever it runs. What
needs time to prepare is prepared when this module is imported.
"""

import io
import json
import os
import tokenize


def _fib(n):
    return n if n < 2 else _fib(n - 1) + _fib(n - 2)


def fib():
    """Nothing but calls of Python functions."""
    _fib(22)


_DOCUMENT = [
    {"id": i, "name": "name %d" % i, "tags": ["a", "b", str(i)], "x": i / 7}
    for i in range(5000)
]


def json_c():
    """Long calls of few built-in functions."""
    json.loads(json.dumps(_DOCUMENT))


def json_python():
    """Generators within generators: the encoder without its accelerator."""
    encoder = json.JSONEncoder(indent=1)
    for _ in encoder.iterencode(_DOCUMENT[:600]):
        pass


def _sources(*names):
    folder = os.path.dirname(os.__file__)
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            yield file.read()


_SOURCES = list(_sources("ast.py", "copy.py", "difflib.py", "textwrap.py"))


def compile_sources():
    """One long call that allocates all the time."""
    for source in _SOURCES:
        compile(source, "source", "exec")


def tokenize_source():
    """A usual mix of Python and built-in functions."""
    for _ in tokenize.generate_tokens(io.StringIO(_SOURCES[1]).readline):
        pass


def allocate():
    """Small objects that come and go, and no calls."""
    kept = [None] * 1000
    for i in range(60_000):
        pair = (i, i + 1)
        kept[i % 1000] = {"key": pair, i: [i, f"{i}"]}


class _Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def objects():
    """Objects that stay a while, each made by a call, and a sort by a key."""
    points = [_Point(i * 7919 % 10_007, i) for i in range(30_000)]
    points.sort(key=lambda point: point.x)


def builtins():
    """Nothing but calls of built-in functions."""
    values = []
    append = values.append
    for i in range(60_000):
        append(abs(i))
        len(values)


def _numbers(n):
    for i in range(n):
        yield i


def generators():
    """Nothing but generators that go on."""
    for _ in range(8):
        sum(i for i in _numbers(10_000))


def reallocate():
    """Blocks that grow."""
    for _ in range(60):
        data = bytearray()
        items = []
        for i in range(1000):
            data.append(i & 255)
            items.append(i)
        items += data


WORKLOADS = {
    "fib": fib,
    "json": json_c,
    "jsonpy": json_python,
    "compile": compile_sources,
    "tok": tokenize_source,
    "alloc": allocate,
    "objs": objects,
    "builtin": builtins,
    "gen": generators,
    "realloc": reallocate,
}


def _make_functions(count):
    names = ["f%d" % i for i in range(count)]
    scope = {}
    exec("".join("def %s(): pass\n" % name for name in names), scope)
    return [scope[name] for name in names]


_FUNCTIONS = _make_functions(2000)


def many_callees():
    """One caller of 2000 functions, in turn."""
    for _ in range(40):
        for function in _FUNCTIONS:
            function()


CALLEES = {"callees": many_callees}
