"""Programs whose functions do different things for different callers.

    callers_workloads.py NAME N     runs one of WORKLOADS once, then records it

Only the standard library of Python 3.9 to 3.12; lib2to3 is gone after that.
"""

import argparse
import ast
import copy
import csv
import datetime
import difflib
import email
import email.policy
import fractions
import inspect
import io
import json
import os
import pprint
import re
import shlex
import statistics
import string
import sys
import textwrap
import tokenize
import urllib.parse

_LIBRARY = os.path.dirname(os.__file__)


def _source(name):
    with open(os.path.join(_LIBRARY, name), encoding="utf-8") as file:
        return file.read()


_DOCUMENT = [
    {"id": i, "name": "name %d" % i, "tags": ["a", "b", str(i)], "x": i / 7}
    for i in range(300)
]


def _mail():
    lines = ["From: a@example.org", "Subject: =?utf-8?q?caf=C3=A9?="]
    lines += ["To: b%d@example.org" % i for i in range(5)]
    message = email.message_from_string("\n".join(lines) + "\n\nbody\n")
    str(message)
    modern = email.message_from_string(str(message), policy=email.policy.default)
    return modern["Subject"], modern["To"]


def _table():
    file = io.StringIO()
    writer = csv.DictWriter(file, ["id", "name"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(_DOCUMENT)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def _numbers():
    values = [fractions.Fraction(i, i + 3) for i in range(1, 40)]
    return statistics.mean(values), statistics.median(values), sum(values)


def _dates():
    day = datetime.date(2020, 2, 29)
    texts = [(day + datetime.timedelta(i)).strftime("%d.%m.%Y") for i in range(40)]
    return [datetime.datetime.strptime(text, "%d.%m.%Y") for text in texts]


def _expressions():
    re.purge()
    for i in range(20):
        re.compile(r"(?P<a>[a-z]+%d)|\s*(b|c){2,5}?(?=d)" % i)


def library():
    """A bit of everything."""
    for _ in range(12):
        text = _source("textwrap.py")
        textwrap.fill(text[:3000], 40)
        list(difflib.unified_diff(text.split("\n")[:60], text.split("\n")[9:70]))
        _mail()
        _table()
        _numbers()
        _dates()
        _expressions()
        pprint.pformat(_DOCUMENT[:20])
        string.Template("$a ${b} $$").substitute(a=1, b=2)
        shlex.split("a 'b c' \"d e\" f\\ g")
        urllib.parse.parse_qs(urllib.parse.urlencode({"a": "b c", "d": "é"}))
        list(tokenize.generate_tokens(io.StringIO(text[:4000]).readline))
        inspect.getdoc(textwrap.TextWrapper)


def _arguments():
    parser = argparse.ArgumentParser("program", description="does things")
    for i in range(12):
        parser.add_argument("--option%d" % i, type=int, help="of %d" % i)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-a", action="store_true")
    group.add_argument("-b", action="store_true")
    parser.add_argument("files", nargs="*")
    parser.parse_args(["--option3", "4", "-a", "x", "y"])
    return parser.format_help()


def ast_json_argparse():
    """Walks over trees, through generators and visitors."""
    encoder = json.JSONEncoder(indent=1)
    for name in ("textwrap.py", "shlex.py", "copy.py"):
        tree = ast.parse(_source(name))
        ast.dump(tree)
        ast.unparse(tree)
        ast.NodeVisitor().visit(tree)
        sum(1 for _ in ast.walk(tree))
        ast.fix_missing_locations(ast.NodeTransformer().visit(tree))
        for _ in encoder.iterencode(_DOCUMENT):
            pass
        json.loads(json.dumps(_DOCUMENT))
        for _ in range(6):
            _arguments()


def six_modules():
    """ast, json, copy, tokenize, difflib and argparse, some work each."""
    for name in ("textwrap.py", "shlex.py"):
        text = _source(name)
        tree = ast.parse(text)
        ast.unparse(tree)
        copy.deepcopy(tree)
        for _ in json.JSONEncoder(indent=1).iterencode(_DOCUMENT):
            pass
        json.loads(json.dumps(_DOCUMENT))
        copy.deepcopy(_DOCUMENT)
        list(tokenize.generate_tokens(io.StringIO(text).readline))
        lines = text.split("\n")
        list(difflib.unified_diff(lines, lines[10:] + lines[:5]))
        list(difflib.ndiff(lines[:60], lines[5:70]))
        _arguments()


def lib2to3():
    """A parser with a grammar in tables, and fixers."""
    from lib2to3 import refactor

    fixers = refactor.get_fixers_from_package("lib2to3.fixes")
    tool = refactor.RefactoringTool(fixers)
    for name in ("copy.py", "shlex.py"):
        tool.refactor_string(_source(name), name)


class _Parser:
    """Of arithmetic, by recursive descent; then evaluates and prints it."""

    def __init__(self, text):
        self.tokens = re.findall(r"\d+|[-+*/()]", text)[::-1]

    def sum(self):
        tree = self.product()
        while self.tokens and self.tokens[-1] in "+-":
            tree = (self.tokens.pop(), tree, self.product())
        return tree

    def product(self):
        tree = self.unit()
        while self.tokens and self.tokens[-1] in "*/":
            tree = (self.tokens.pop(), tree, self.unit())
        return tree

    def unit(self):
        token = self.tokens.pop()
        if token == "-":
            return ("-", 0, self.unit())
        if token != "(":
            return int(token)
        tree = self.sum()
        self.tokens.pop()
        return tree


def _evaluate(tree):
    if isinstance(tree, int):
        return tree
    operator, left, right = tree
    return _apply(operator, _evaluate(left), _evaluate(right))


def _apply(operator, left, right):
    if operator == "/":
        return left // right if right else 0
    return {"+": left + right, "-": left - right, "*": left * right}[operator]


def _write(tree):
    return str(tree) if isinstance(tree, int) else _write_operation(*tree)


def _write_operation(operator, left, right):
    return "(" + _write(left) + operator + _write(right) + ")"


def _hanoi(n, start, end, spare, moves):
    if n:
        _hanoi(n - 1, start, spare, end, moves)
        _move(start, end, moves)
        _hanoi(n - 1, spare, end, start, moves)


def _move(start, end, moves):
    moves.append((start, end))


def recursion():
    """Of all kinds: direct, of two, and of many functions."""
    text = "1"
    for i in range(40):
        text = "(%s+%d)*-%d" % (text, i, i % 7 + 1) + "+(%d-2)/3" % i
    tree = _Parser(text).sum()
    for _ in range(60):
        _Parser(text).sum()
        _evaluate(tree)
        _evaluate(_Parser(_write(tree)).sum())
        copy.deepcopy(_DOCUMENT[:20])
        copy.deepcopy(tree)
    _hanoi(11, "a", "b", "c", [])
    pprint.pformat(tree)


WORKLOADS = {
    "library": library,
    "ast_json_argparse": ast_json_argparse,
    "six_modules": six_modules,
    "lib2to3": lib2to3,
    "recursion": recursion,
}


def main():
    import prof2cg_record

    work = WORKLOADS[sys.argv[1]]
    work()  # what is imported, compiled and cached the first time
    prof2cg_record.start()
    for _ in range(int(sys.argv[2])):
        work()
    prof2cg_record.stop()


if __name__ == "__main__":
    main()
