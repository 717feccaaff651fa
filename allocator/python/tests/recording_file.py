"""Reads the recording in a file (converter/io/recording_format.h), for tests."""

import array
import marshal
import zlib

_CODES = {"u1": "B", "<u2": "H", "<u4": "I", "<i8": "q"}


def _numbers(column):
    kind, data = column
    return array.array(_CODES[kind], zlib.decompress(data)).tolist()


class Context:
    """A calling context.

    Attributes:
      parent: another one, or None.
      function: (file, line, name).
      line: of the call, or 0.
      calls: how often it was called there.
      thread: its name.
      costs: {event: cost}, of its own.
    """

    def stack(self):
        """Names and lines of calls from the root: "main f:3 g:7"."""
        above = self.parent.stack() + " " if self.parent else ""
        return above + self.function[2] + (":%d" % self.line if self.line else "")


class RecordingFile:
    def __init__(self, path):
        with open(path, "rb") as file:
            marshal.load(file)
            self.raw = marshal.load(file)
        self.events = [event[0] for event in self.raw["events"]]
        self.threads = list(self.raw["threads"])
        self.oddities = [one for one, _, _ in self.raw["oddities"]]
        texts = self.raw["texts"]
        self._texts = self._split(_numbers(texts["size"]), texts["bytes"])
        self.functions = self._functions(self.raw["functions"])
        self.contexts = self._contexts(self.raw["contexts"])

    @staticmethod
    def _split(sizes, column):
        text = bytes(_numbers(column))
        texts, begin = [], 0
        for size in sizes:
            texts.append(text[begin : begin + size].decode("utf-8", "surrogatepass"))
            begin += size
        return texts

    def _functions(self, table):
        names = [[self._texts[row] for row in _numbers(table[c])] for c in ("file", "name")]
        return list(zip(names[0], _numbers(table["line"]), names[1]))

    def _contexts(self, table):
        fields = ("parent", "function", "line", "calls", "thread")
        rows = zip(*(_numbers(table[field]) for field in fields))
        costs = zip(*(_numbers(column) for column in table["self"]))
        contexts = []
        for (parent, function, line, calls, thread), own in zip(rows, costs):
            context = Context()
            context.parent = contexts[parent - 1] if parent else None
            context.function = self.functions[function]
            context.line = line
            context.calls = calls
            context.thread = self.threads[thread]
            context.costs = dict(zip(self.events, own))
            contexts.append(context)
        return contexts

    def total(self, event):
        return sum(context.costs[event] for context in self.contexts)

    def inclusive(self, name, event):
        """Cost of all contexts that have a function of that name above them."""

        def has(context):
            return context and (context.function[2] == name or has(context.parent))

        return sum(c.costs[event] for c in self.contexts if has(c))
