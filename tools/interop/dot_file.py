"""Reads DOT as gprof2dot and prof2cg write it: what it says, not how."""

import html
import re

# An edge's arrow, a quoted string, punctuation or a bare word; comments first.
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|(->)|"((?:[^"\\]|\\.)*)"'
                   r'|([{}\[\],;=])|([^\s{}\[\],;="]+)', re.DOTALL)
ENTITY = re.compile(r"&[#A-Za-z0-9]+;")        # a character by its name
LABELS = ("label", "tooltip", "URL")           # with escapes of their own
DEFAULTS = ("graph", "node", "edge")


def tokens(text):
    """Pairs: whether it is punctuation, and the text."""
    for match in TOKEN.finditer(text):
        arrow, quoted, mark, word = match.groups()
        if arrow or mark:
            yield True, arrow or mark
        elif word:
            yield False, word
        elif quoted is not None:
            yield False, quoted.replace('\\\n', '').replace('\\"', '"')


def unescaped(text):
    """The text that Graphviz shows for a label."""
    text = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)
    return ENTITY.sub(lambda m: html.unescape(m[0]), text)


def number(value):
    """Numbers by value: 10.00 and 10 are the same."""
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", value)
    return "%g" % float(value) if is_number else value


class Drawing:
    """The statements of a DOT file: defaults by kind, nodes by id, and edges by
    the ids of caller and callee, each as a dict of attributes."""

    def __init__(self):
        self.defaults = {kind: {} for kind in DEFAULTS}
        self.nodes = {}
        self.edges = {}

    def copy(self):
        other = Drawing()
        for mine, its in ((self.defaults, other.defaults),
                          (self.nodes, other.nodes), (self.edges, other.edges)):
            its.update((key, dict(attributes))
                       for key, attributes in mine.items())
        return other

    def keep(self, ids):
        """The same without other nodes and their edges."""
        part = self.copy()
        part.nodes = {id: a for id, a in part.nodes.items() if id in ids}
        part.edges = {ends: a for ends, a in part.edges.items()
                      if ends[0] in ids and ends[1] in ids}
        return part

    def reached(self, start, down, depth):
        """The ids at most `depth` edges from those of `start`; any for -1."""
        reached = found = set(start) & set(self.nodes)
        while found and depth != 0:
            ends = self.edges if down else [(b, a) for a, b in self.edges]
            found = {b for a, b in ends if a in found} - reached
            reached = reached | found
            depth -= 1
        return reached

    def ring(self, id):
        """The ids that calls lead to from `id` and back."""
        return self.reached([id], True, -1) & self.reached([id], False, -1)

    def lines(self, id):
        return self.nodes[id].get("label", "").split("\n")


def attribute(name, value):
    if name in LABELS:
        value = value.replace("\\", "\\\\").replace("\n", "\\n")
        value = ENTITY.sub(lambda m: "&amp;" + m[0][1:], value)
    return '%s="%s"' % (name, value.replace('"', '\\"'))


def text(original, corrected):
    """The DOT of `corrected`, a statement a line. A comment above a line tells
    those attributes that it has otherwise in `original`."""
    lines = ["digraph {"]
    for kind in ("defaults", "nodes", "edges"):
        was, table = getattr(original, kind), getattr(corrected, kind)
        for key in sorted(table, key=str):
            before, now = was.get(key, {}), table[key]
            other = [attribute(*pair) for pair in sorted(before.items())
                     if now.get(pair[0]) != pair[1]]
            if other:
                lines.append("  // gprof2dot: " + ", ".join(other))
            name = " -> ".join('"%s"' % id for id in key) if kind == "edges" \
                else key if kind == "defaults" else '"%s"' % key
            lines.append("  %s [%s];" % (name, ", ".join(
                attribute(*pair) for pair in sorted(now.items()))))
    return "\n".join(lines) + "\n}\n"


def parse(text):
    """The Drawing of a DOT file of one plain digraph. Raises ValueError."""
    stream = iter(list(tokens(text)))
    drawing = Drawing()

    def expect(mark):
        found = next(stream, (True, "the end"))
        if found != (True, mark) and found[1] != mark:
            raise ValueError("expected %s, found %s" % (mark, found[1]))

    def attributes():
        found = {}
        while True:
            is_mark, name = next(stream)
            if is_mark and name == "]":
                return found
            if is_mark and name == ",":
                continue
            expect("=")
            value = next(stream)[1]
            if value:                            # else as if it were not there
                found[name] = (unescaped(value) if name in LABELS
                               else number(value))

    expect("digraph")
    expect("{")
    words, is_edge = [], False
    for is_mark, word in stream:
        if not is_mark:
            words.append(word)
        elif word == "->":
            is_edge = True
        elif word == "=":                       # an attribute of the graph
            drawing.defaults["graph"][words.pop()] = next(stream)[1]
        elif word == "[":
            if is_edge:
                key = tuple(words)
                table = drawing.edges
            else:
                key = words[0]
                table = drawing.defaults if key in DEFAULTS else drawing.nodes
            table.setdefault(key, {}).update(attributes())
            words, is_edge = [], False
        elif word == "}":
            if words:
                raise ValueError("statements without attributes: %s" % words)
            return drawing
    raise ValueError("the file ends within the graph")
