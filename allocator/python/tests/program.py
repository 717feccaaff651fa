"""A program for tests: calls of every kind, the same ones in every run.

What it needs is imported before main() runs, since what an import does depends
on what was imported before.
"""

import argparse
import ast
import collections
import contextlib
import copy
import difflib
import functools
import io
import json
import re
import string
import textwrap
import tokenize

SOURCE = textwrap.dedent(
    '''
    class Shape:
        """A shape."""

        def __init__(self, *corners, name="shape"):
            self.corners = [tuple(c) for c in corners]
            self.name = name

        def area(self):
            return abs(sum(a * d - b * c for (a, b), (c, d) in self.edges())) / 2

        def edges(self):
            yield from zip(self.corners, self.corners[1:] + self.corners[:1])
    '''
)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def count_to(n):
    for i in range(n):
        yield i


def chain(n):
    yield from count_to(n)
    yield from (i * i for i in count_to(n))


def generators():
    total = sum(chain(10))
    generator = chain(5)
    next(generator)
    with contextlib.suppress(KeyError):
        generator.throw(KeyError("thrown in"))
    generator = chain(5)
    next(generator)
    generator.close()
    abandoned = chain(3)
    next(abandoned)
    return total


def fail(depth):
    if depth == 0:
        raise ValueError("as it should")
    fail(depth - 1)


def invert(n):
    return 1 // (n - 2)


def lose(a, b):
    fail(b - a)


def exceptions():
    for depth in range(4):
        try:
            fail(depth)
        except ValueError:
            pass
    # Through built-in functions, and out of them.
    for call in (
        lambda: sorted([3, 1, 2], key=invert),
        lambda: list(map(fail, [0])),
        lambda: int("no number"),
        lambda: [].pop(),
        lambda: {}["absent"],
        lambda: functools.reduce(lose, [1, 2]),
    ):
        try:
            call()
        except (ArithmeticError, ValueError, LookupError):
            pass


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + other.value)

    def __lt__(self, other):
        return self.value < other.value

    def __len__(self):
        return self.value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == other.value

    def __call__(self, factor):
        return self.value * factor

    @property
    def double(self):
        return self.value * 2

    @classmethod
    def zero(cls):
        return cls(0)

    @staticmethod
    def one():
        return Number(1)


def operators():
    numbers = [Number(i) for i in (3, 1, 2)]
    total = sum(numbers, Number.zero()) + Number.one()
    ordered = sorted(numbers)
    ordered.sort(key=len)
    unique = {n: n.double for n in numbers}
    return total.value, [n(2) for n in ordered], max(unique), len(unique)


class Words(collections.OrderedDict):
    def __missing__(self, key):
        self[key] = key.upper()
        return self[key]


def subclasses():
    words = Words()
    for word in "to be or not to be".split():
        words[word]
        words.get(word)
    return list(words.items())


class Pause:
    def __await__(self):
        yield self


async def leaf(n):
    await Pause()
    return n


async def tree(n):
    return n if n == 0 else await tree(n - 1) + await leaf(n)


async def over(n):
    for i in range(n):
        yield i
        await leaf(i)


async def both():
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(leaf, 1)
        return await tree(4) + sum([i async for i in over(5)])


def coroutines():
    """In turns, as a loop of asyncio runs them."""
    waiting = collections.deque([both(), both(), tree(2)])
    results = []
    while waiting:
        coroutine = waiting.popleft()
        try:
            coroutine.send(None)
            waiting.append(coroutine)
        except StopIteration as end:
            results.append(end.value)
    return results


def libraries():
    tree = ast.parse(SOURCE)
    dumped = ast.dump(ast.parse(ast.dump(copy.deepcopy(tree))))
    tokens = list(tokenize.generate_tokens(io.StringIO(SOURCE).readline))
    text = json.dumps({"tokens": [t.string for t in tokens]}, indent=1)
    again = json.loads(text, object_hook=dict)
    diff = list(difflib.unified_diff(SOURCE.split(), text.split()))
    parser = argparse.ArgumentParser(prog="program")
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("words", nargs="*")
    chosen = parser.parse_args(["--depth", "5", "a", "b"])
    found = re.findall(r"(\w+)\s*=\s*(\w+)", SOURCE)
    filled = string.Template("$a and $b").substitute(a=len(diff), b=len(found))
    return len(dumped), again == json.loads(text), chosen.depth, filled


def main():
    fib(12)
    even(20)
    generators()
    exceptions()
    operators()
    subclasses()
    coroutines()
    libraries()
    for call in (len, "".join, [].append, {}.get, str.upper):
        with contextlib.suppress(TypeError):
            call("x")
    getattr(string, "capwords")("a b")
    exec(compile("fib(3)", "made", "exec"))
    eval(compile("even(2)", "made too", "eval"))
