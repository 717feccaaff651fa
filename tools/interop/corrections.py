"""Where prof2cg means to differ from gprof2dot, and by how much exactly.

Each correction changes what gprof2dot has drawn to what is right, from the
input itself or from other drawings of gprof2dot; whatever differs from the
result is a failure. It gives the number of statements that it has changed.
What cannot be known independently is taken over from prof2cg's drawing, within
bounds: that is told for each.
"""

import fnmatch
import re
import textwrap

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
                      "\u2060-\u2069\ufeff\ud800-\udfff]")
FIGURE = re.compile(r"\(?\d+\.\d\d%\)?|\d+×")


def printable(text):
    """On one line, without what would not be seen or turn it around."""
    def escape(match):
        c = ord(match[0])
        short = {9: "\\t", 10: "\\n", 13: "\\r"}
        byte = c - 0xdc00 if 0xdc80 <= c <= 0xdcff else c
        return short.get(c, ("\\x%02x" if byte < 256 else "\\u%04x") % byte)

    return CONTROLS.sub(escape, text)


def stripped(name):
    for opening, closing in ("()", "<>"):
        group = re.compile("\\%s[^%s%s]*\\%s" % (opening, opening, closing,
                                                closing))
        while group.search(name):
            name = group.sub("", name)
        name = re.sub(r"\s+const$", "", name) if opening == "(" else name
    return name


def wrapped(name):
    if len(name) > 32:
        name = textwrap.fill(name, 32, break_long_words=False)
    return name.replace(", ", ",").replace("> >", ">>").replace("> >", ">>")


def shown(case, name):
    """As a label has a function's name."""
    name = stripped(name) if "-s" in case.flags else name
    name = name if len(name) < 4096 else name[:4095] + "…"
    return wrapped(name) if "-w" in case.flags else name


def python_name(key, is_right):
    """module:line:name of a dump's key, right or as gprof2dot has it."""
    file, line, name = key
    if is_right and file.startswith("<"):
        return "%s:%d:%s" % (file, line, name)
    base = re.split(r"[/\\]" if is_right else "/", file)[-1]
    extension = re.search(r"(?<=[^.])\.[^.]*$", base)
    if file.startswith("<") and not is_right:
        base = re.split("/", re.sub(r"\.[^./]*$", "", file))[-1]
    elif extension:
        base = base[:extension.start()]
    return "%s:%d:%s" % (base, line, name)


def python_names(case, drawing):
    """<frozen importlib._bootstrap> has no extension, a Windows path has
    folders, and control characters are shown, not obeyed."""
    changed = 0
    for id, attributes in drawing.nodes.items():
        key = case.keys[int(id)]
        wrong = shown(case, python_name(key, False))
        right = shown(case, printable(python_name(key, True)))
        label = attributes["label"]
        # DOT has no tab: Graphviz shows what is written for it as a letter.
        wrong = wrong.replace("\t", "t") if "\t" in wrong else wrong
        file = attributes.get("tooltip", "")
        attributes["tooltip"] = printable(key[0])
        if not key[0]:
            del attributes["tooltip"]
        assert label.startswith(wrong), (label, wrong)
        if wrong != right:
            attributes["label"] = right + label[len(wrong):]
        changed += wrong != right or file != attributes.get("tooltip", "")
    return changed


def all_calls(case, drawing):
    """Edges tell all calls, as nodes do: gprof2dot's are the primitive ones."""
    changed = 0
    for (caller, callee), attributes in drawing.edges.items():
        value = case.value(case.stats, caller, callee)
        if isinstance(value, int):
            continue
        primitive, calls = (sum(value[i::4]) for i in (1, 0))
        label = attributes["label"]
        right = re.sub(r"(^|\n)%d×" % primitive, r"\g<1>%d×" % calls, label)
        assert "%d×" % primitive in label, (label, value)
        attributes["label"] = right
        changed += right != label
    return changed


def named_functions(case, drawing):
    """--depth is the number of calls to the nearest of all functions that the
    glob of -z or -l matches. gprof2dot takes the last of equal names, and its
    result depends on the order of a hash."""
    if not {"-z", "-l", "--depth"} & set(case.flags) or case.compares:
        return 0
    right = case.oracle(case.without("-z", "-l", "--depth"))
    for flag, down in (("-z", True), ("-l", False)):
        glob = case.option(flag)
        if glob:
            start = [id for id in right.nodes
                     if fnmatch.fnmatchcase(case.names[id], glob)]
            depth = int(case.option("--depth") or -1)
            right = right.keep(right.reached(start, down, depth))
    for mine, its in ((drawing.nodes, right.nodes),
                      (drawing.edges, right.edges)):
        for key in mine.keys() - its.keys():
            del mine[key]
    changed = (right.nodes.keys() - drawing.nodes.keys()) | (
        right.edges.keys() - drawing.edges.keys())
    drawing.nodes, drawing.edges = right.nodes, right.edges
    return len(changed)


def root_cycles(case, drawing):
    """A cycle that nobody outside of it calls has its cost, not 0 %. Its
    members and the edges between them are taken over, where their shares are at
    least what gprof2dot gives them."""
    base = case.oracle(["-n0", "-e0"])
    members = set()
    for id in base.nodes:
        ring = base.reached([id], True, -1) & base.reached([id], False, -1)
        entered = any(a not in ring and b in ring for a, b in base.edges)
        if len(ring) > 1 and not entered:
            members.add(id)

    def share(attributes):
        percent = re.search(r"\d+\.\d\d(?=%)", attributes.get("label", ""))
        return float(percent[0]) if percent else 0

    changed = 0
    ours = case.ours
    for key in members & ours.nodes.keys():
        if share(ours.nodes[key]) >= share(base.nodes[key]):
            changed += drawing.nodes.get(key) != ours.nodes[key]
            drawing.nodes[key] = ours.nodes[key]
    for ends in ours.edges:
        touches = members & set(ends)
        if touches and ends in base.edges and share(
                ours.edges[ends]) >= share(base.edges[ends]):
            changed += drawing.edges.get(ends) != ours.edges[ends]
            drawing.edges[ends] = ours.edges[ends]
    return changed


def compared_with_all(case, drawing):
    """The second profile is compared whole: gprof2dot knows of it only what is
    above the thresholds and reached from -z."""
    whole = case.oracle(case.without("-n", "-e", "-z", "-p", "--depth") +
                        ["-n0", "-e0"])
    changed = 0
    for id, attributes in drawing.nodes.items():
        before = dict(attributes)
        for name in ("label", "shape", "orientation"):
            attributes[name] = whole.nodes[id][name]
        changed += attributes != before
    for ends, attributes in drawing.edges.items():
        changed += attributes["label"] != whole.edges[ends]["label"]
        attributes["label"] = whole.edges[ends]["label"]
    return changed


def compared_labels(case, drawing):
    """How often functions are called is told once, below all figures and in the
    words of edges; names are stripped as elsewhere; differences are decimals
    (0.00001, not 1e-05); what is no share is set beside the other's, since only
    shares have a difference in percent."""
    lines = [flag for name, flag in zip(case.flags, case.flags[1:])
             if name == "--node-label"]
    other = case.second() if any(not l.endswith("age") for l in lines) else None
    changed = 0
    for id, attributes in drawing.nodes.items():
        before = attributes["label"]
        calls = re.findall(r"\n(\d+) ×/ (\d+) ×", before)
        if not calls:
            continue                                     # without a match
        label = re.sub(r"\n\d+ ×/ \d+ ×", "", before)
        label = re.sub(r"(?<= [-+] )\d[^%\n]*(?=%)",
                       lambda m: decimal(float(m[0])), label)
        name = case.names[id]
        plain = wrapped(name) if "-w" in case.flags else name
        assert label.startswith(plain), (label, plain)
        figures = label[len(plain):].split("\n")[1:]
        for i, line in enumerate(lines):
            if not line.endswith("age"):
                figures[i] = (figures[i].split(" ")[0] + " / " +
                              other[name][i])
        attributes["label"] = "\n".join(
            [shown(case, name)] + figures + ["%s× / %s×" % calls[0]])
        changed += attributes["label"] != before
    return changed


def decimal(difference):
    text = ("%.9f" % difference).rstrip("0")
    return text + "0" if text.endswith(".") else text


def compared_calls(case, drawing):
    """Edges tell all calls of both; those of a function that the second profile
    has not are compared with nothing, and not with another function's."""
    matched = {id for id, a in drawing.nodes.items() if "× / " in a["label"]}
    changed = 0
    for (caller, callee), attributes in drawing.edges.items():
        before = attributes["label"]
        first = case.calls(case.stats, caller, callee)
        second = case.calls_in_second(caller, callee)
        shares = before.split("\n")[0].split(" / ")
        if caller in matched and callee in matched and second is not None:
            label = "%s\n%d× / %d×" % (" / ".join(shares), first, second)
        else:
            label = "%s\n%d×" % (shares[0], first)
        attributes["label"] = label
        changed += label != before
    return changed


def compared_fonts(case, drawing):
    """Font sizes have two decimals, as elsewhere."""
    changed = 0
    for attributes in drawing.nodes.values():
        size = "%g" % float("%.2f" % float(attributes["fontsize"]))
        changed += size != attributes["fontsize"]
        attributes["fontsize"] = size
    return changed


def compared_colors(case, drawing):
    """--compare-color-by-difference goes from the least to the greatest
    difference of functions that are compared. gprof2dot's is of lists that it
    pairs by position: where these are not the same functions, the colours are
    taken over."""
    if "--compare-color-by-difference" not in case.flags or case.same_order():
        return 0
    changed = 0
    for id, attributes in drawing.nodes.items():
        for name in ("color", "fontcolor", "fontsize"):
            ours = case.ours.nodes.get(id, {}).get(name)
            changed += attributes[name] != ours
            attributes[name] = ours
    return changed


def no_line_length(case, drawing):
    """Long strings stand on one line, which all readers of DOT know."""
    drawing.defaults["graph"]["linelength"] = "0"
    return 1


COMPARISON = (compared_with_all, compared_labels, compared_calls,
              compared_fonts, compared_colors)


def for_case(case):
    """Those that apply, in their order."""
    found = [no_line_length, named_functions]
    if case.compares:
        found += COMPARISON
    if case.format != "pstats":
        return found + [root_cycles]
    return found + [python_names] + ([] if case.compares else [all_calls])


# What gprof2dot dies of and prof2cg draws: the end of its message, and why.
FAILURES = (
    (r"not found \(m", "a function that is named stays whatever it costs"),
    (r"assert inevent in function\n.*\n?AssertionError",
     "a caller without an entry"),
    (r"failed to load|codeobject\.c", "a dump of another Python"),
    (r"surrogates not allowed", "names that are not Unicode"),
    (r"UnboundLocalError", "--compare: its first function has no match"),
    (r"ZeroDivisionError", "--compare: no difference to colour by"),
)
