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
from fractions import Fraction

import dot_file

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
                      "\u2060-\u2069\ufeff\ud800-\udfff]")
ADDRESS = re.compile(r"\sat 0x[0-9a-f]+(?=,)")
TIMED = ("sleepy", "xperf")
FIGURE = re.compile(r"\(?\d+\.\d\d%\)?|\d+×")


def printable(text):
    """On one line, without what would not be seen or turn it around."""
    def escape(match):
        c = ord(match[0])
        short = {9: "\\t", 10: "\\n", 13: "\\r"}
        byte = c - 0xdc00 if 0xdc80 <= c <= 0xdcff else c
        return short.get(c, ("\\x%02x" if byte < 256 else "\\u%04x") % byte)

    return CONTROLS.sub(escape, text)


def sysprof_calls(text):
    """A call costs what its node and all below have, its total. gprof2dot takes
    the node's own samples, and for nothing else: those of functions stand with
    objects."""
    return re.sub(r"(<total>(\d+)</total>\s*<self>)\d+(</self>\s*<toplevel>)",
                  r"\1\2\3", text)


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


def percent(attributes):
    """The first share of a label."""
    found = re.search(r"\d+\.\d\d(?=%)", attributes.get("label", ""))
    return float(found[0]) if found else 0


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
    folders, control characters are shown, not obeyed, and the code object in
    dumps of `python -m profile` has no address, which no two runs have in
    common."""
    changed = 0
    for id, attributes in drawing.nodes.items():
        wrong, right = (shown(case, case.python_name(id, is_right))
                        for is_right in (False, True))
        # DOT has no tab: Graphviz shows what is written for it as a letter, and
        # "&lt;" as one.
        wrong = dot_file.unescaped(
            ADDRESS.sub("", wrong).replace("\t", "t").replace("\\", "\\\\"))
        label = ADDRESS.sub("", attributes["label"])
        if not label.startswith(wrong):
            raise ValueError("%r is no label of %r" % (label, wrong))
        before = dict(attributes)
        attributes["label"] = right + label[len(wrong):]
        file = case.keys[int(id)][0]
        if file:
            attributes["tooltip"] = printable(file)
        else:
            attributes.pop("tooltip", None)
        changed += attributes != before
    return changed


def whole_nanoseconds(case, drawing):
    """Times are whole nanoseconds, which are rounded once: gprof2dot rounds
    what binary fractions of seconds make of them."""
    changed = 0
    form = case.option("--time-format") or "%.7g"
    wanted = [argument for flag, argument in zip(case.flags, case.flags[1:])
              if flag == "--node-label"]
    for id, attributes in drawing.nodes.items():
        _, _, self_time, total, _ = case.stats[case.keys[int(id)]]
        lines = attributes["label"].split("\n")
        first = len(lines) - 1 - len(wanted)
        for i, line in enumerate(wanted, first):
            for name, seconds, around in (("self-time", self_time, "(%s)"),
                                          ("total-time", total, "%s")):
                if line != name:
                    continue
                if lines[i] != around % (form % seconds):
                    raise ValueError("%r is not %r" % (lines[i], seconds))
                lines[i] = around % (form % (round(seconds * 1e9) / 1e9))
        changed += attributes["label"] != "\n".join(lines)
        attributes["label"] = "\n".join(lines)
    return changed


def call_stacks(case, drawing):
    """With --total callstacks an edge has the samples on whose stacks its call
    is: gprof2dot has a share of its callee's."""
    if case.option("--total") != "callstacks":
        return 0
    total, costs = 0, {}
    for frames, count in stacks_of(case.files[0]):
        total += count
        for ends in set(zip(frames, frames[1:])):
            costs[ends] = costs.get(ends, 0) + count
    changed = 0
    for (caller, callee), attributes in drawing.edges.items():
        cost = costs[case.names[caller], case.names[callee]]
        label = "%.2f%%" % (cost / total * 100)
        if label == attributes.get("label"):
            continue
        ours = case.ours.edges[caller, callee]
        attributes.update(ours, label=label)
        changed += 1
    return changed


def stacks_of(file):
    """Of DTrace's output: names, root first, and samples."""
    frames = []
    with open(file) as lines:
        for line in list(lines)[2:]:
            if "`" in line:
                frames.insert(0, re.search(r"`([^+]*)", line)[1])
            elif line.strip():
                yield frames, int(line)
                frames = []


def amounts(case, drawing):
    """Times of xperf and sleepy, and what is no time as an amount, are shown
    where times are asked for: gprof2dot shows nothing. Taken over where all else
    is the same."""
    wanted = [argument for flag, argument in zip(case.flags, case.flags[1:])
              if flag == "--node-label"]
    known = {"prof": ("self-time", "total-time"), "axe": ("self-time",)}
    absolute = [i for i, line in enumerate(wanted) if not line.endswith("age")
                and line not in known.get(case.format, ())]
    changed = 0
    own = case.mine(["-n0", "-e0"])
    for id in absolute and drawing.nodes.keys() & case.ours.nodes.keys():
        ours = case.ours.nodes[id]["label"]
        lines = ours.split("\n")
        first = len(identity(own, id))
        for i in reversed(absolute):
            if case.format in TIMED or re.fullmatch(
                    r"\(?[\d.]+( [kMGT])?\)?", lines[first + i]):
                del lines[first + i]
        if "\n".join(lines) == drawing.nodes[id]["label"]:
            drawing.nodes[id]["label"] = ours
            changed += 1
    return changed


def times_are_no_samples(case, drawing):
    """--show-samples: gprof2dot takes milliseconds of xperf and seconds of
    sleepy, cut to whole ones, for numbers of samples."""
    if case.format not in TIMED or "--show-samples" not in case.flags:
        return 0
    for attributes in drawing.nodes.values():
        attributes["label"] = re.sub(r"\n\d+×$", "", attributes["label"])
    return len(drawing.nodes)


def uncounted_calls(case, drawing):
    """HPROF counts no calls: gprof2dot has 0 of each."""
    if case.format != "hprof":
        return 0
    for attributes in drawing.edges.values():
        label = re.sub(r"\n?0×$", "", attributes.pop("label"))
        attributes.update({"label": label} if label else {})
    return len(drawing.edges)


def told_files(case, drawing):
    """-p knows the files that gprof2dot leaves out: those of HPROF's frames, and
    in gprof's index of static functions of one name."""
    paths = [path for flag, path in zip(case.flags, case.flags[1:])
             if flag == "-p"]
    pattern = {"prof": r"\[(\d+)\] (?:(?! \[\d+\] ).)* \((\S+\.\S+)\)",
               "hprof": r"\t(.*)\(([^<\n]*):.*\)"}.get(case.format)
    if not paths or not pattern:
        return 0
    with open(case.files[0]) as lines:
        found = re.findall(pattern, lines.read())
    globs = [case.option(flag) or "" for flag in ("-z", "-l")]
    gone = {id for id, file in found if not any(
        re.match(re.escape(path) + r"(?=[./]|$)", file) for path in paths)}
    asked_for = [{id for id in drawing.nodes if fnmatch.fnmatchcase(
        case.names[id], glob)} for glob in globs]
    left = drawing.keep(drawing.nodes.keys() - (gone - asked_for[0] - asked_for[1]))
    for glob, start, down in zip(globs, asked_for, (True, False)):
        if glob:
            depth = int(case.option("--depth") or -1)
            left = left.keep(left.reached(start, down, depth))
    changed = len(drawing.nodes) - len(left.nodes)
    drawing.nodes, drawing.edges = left.nodes, left.edges
    return changed


def identity(drawing, id):
    """The lines of a label that tell the function, where it has shares."""
    lines = drawing.lines(id)
    while len(lines) > 1 and FIGURE.fullmatch(lines[-1]):
        lines.pop()
    return tuple(lines)


def estimated_calls(case, drawing):
    """Of a caller of which only the number of calls is known, the calls that
    entered a cycle have the time of that cycle, none within; and what was
    counted 0 times, as in threads, has what the callee's other callers leave.
    Taken over where the share is not above that of the callee."""
    return estimate(case, drawing, case.ours)


def estimate(case, drawing, ours):
    base, own = case.oracle(["-n0", "-e0"]), case.mine(["-n0", "-e0"])
    changed = 0
    for ends in drawing.edges.keys() | ours.edges.keys():
        value = case.value(case.stats, *ends)
        callee = ends[1]
        in_cycle = len(base.ring(callee)) > 1 or (callee, callee) in base.edges
        if value[0] != 0 if isinstance(value, tuple) else not in_cycle:
            continue
        before = drawing.edges.pop(ends, None)
        edge = ours.edges.get(ends)
        if edge and percent(edge) <= percent(own.nodes[callee]):
            drawing.edges[ends] = edge
        changed += before != drawing.edges.get(ends)
    return changed


def dashes(case, drawing):
    """Calls whose cost the input does not tell, only their number, or neither,
    are drawn as what they are: estimates."""
    changed = 0
    for ends, attributes in drawing.edges.items():
        value = case.value(case.stats, *ends)
        if isinstance(value, int) or value[0] == 0:
            changed += attributes.get("style") != "dashed"
            attributes["style"] = "dashed"
    return changed


def all_calls(case, drawing):
    """Edges tell all calls, as nodes do: gprof2dot's are the primitive ones."""
    changed = 0
    for (caller, callee), attributes in drawing.edges.items():
        value = case.value(case.stats, caller, callee)
        if isinstance(value, int) or value[0] == 0:
            continue
        primitive, calls = (sum(value[i::4]) for i in (1, 0))
        label = attributes["label"]
        right = re.sub(r"(^|\n)%d×" % primitive, r"\g<1>%d×" % calls, label)
        if "%d×" % primitive not in label:
            raise ValueError("%r has not %d calls" % (label, primitive))
        attributes["label"] = right
        changed += right != label
    return changed


def named_functions(case, drawing):
    """--depth is the number of calls to the nearest of all functions that the
    glob of -z or -l matches. gprof2dot takes the last of equal names, and its
    result depends on the order of a hash."""
    if not {"-z", "-l", "--depth"} & set(case.flags) or case.compares:
        return 0
    flags = case.without("-z", "-l", "--depth")
    right = case.oracle(flags)
    if case.format == "pstats":
        estimate(case, right, case.mine(flags))
    for flag, down in (("-z", True), ("-l", False)):
        glob = case.option(flag)
        if glob:
            start = [id for id in right.nodes
                     if fnmatch.fnmatchcase(case.names[id], glob)]
            depth = int(case.option("--depth") or -1)
            right = right.keep(right.reached(start, down, depth))
    changed = (right.nodes.keys() ^ drawing.nodes.keys()) | (
        right.edges.keys() ^ drawing.edges.keys())
    drawing.nodes, drawing.edges = right.nodes, right.edges
    return len(changed)


def root_cycles(case, drawing):
    """A cycle that nobody outside of it calls has its cost, not 0 %. Its
    members and the edges between them are taken over, where their shares are at
    least what gprof2dot gives them."""
    base = case.oracle(["-n0", "-e0"])
    members = set()
    for id in base.nodes:
        ring = base.ring(id)
        entered = any(a not in ring and b in ring for a, b in base.edges)
        if len(ring) > 1 and not entered:
            members.add(id)

    changed = 0
    ours, own = case.ours, case.mine(["-n0", "-e0"])
    for key in members & ours.nodes.keys():
        if percent(own.nodes[key]) >= percent(base.nodes[key]):
            changed += drawing.nodes.get(key) != ours.nodes[key]
            drawing.nodes[key] = ours.nodes[key]
    for ends in ours.edges:
        touches = members & set(ends)
        if touches and percent(own.edges[ends]) >= percent(
                base.edges.get(ends, {})):
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
        if not label.startswith(plain):
            raise ValueError("%r is no label of %r" % (label, plain))
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


def compared_marks(case, drawing):
    """Functions are marked whatever their labels show."""
    if ("total-time-percentage" in case.flags or
            "--node-label" not in case.flags):
        return 0
    marked = case.oracle(case.without("--node-label"))
    for id, attributes in drawing.nodes.items():
        for name in ("shape", "orientation"):
            attributes[name] = marked.nodes[id][name]
    return len(drawing.nodes)


def compared_calls(case, drawing):
    """Edges tell all calls of both; those of a function that the second profile
    has not are compared with nothing, and not with another function's."""
    matched = {id for id, a in drawing.nodes.items() if "× / " in a["label"]}
    changed = 0
    for (caller, callee), attributes in drawing.edges.items():
        before = attributes.get("label", "")
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


def is_tie(number):
    """Whether rounding to two decimals may go either way."""
    return abs(number * 100 % 1 - Fraction(1, 2)) < 1e-9


def exact_shares(case, drawing):
    """Shares are of whole nanoseconds. Where such a share lies in the middle
    between two that have two decimals, gprof2dot's sums of binary fractions
    round it the other way: in text, and in the widths that are multiples."""
    nodes, edges = case.shares()
    by_self = any("by-selftime" in flag for flag in case.flags)
    most = max((nodes[id][0] for id in drawing.nodes), default=0)
    changed = 0
    for mine, its, shares in ((drawing.nodes, case.ours.nodes, nodes),
                              (drawing.edges, case.ours.edges, edges)):
        for key in mine.keys() & its.keys() & shares.keys():
            exact = shares[key]
            exact = list(exact) if isinstance(exact, tuple) else [exact]
            if by_self and most and key in drawing.nodes:
                exact.append(exact[0] / most)
            if not any(is_tie(number) for share in exact
                       for number in (share * 100, share * 4, share * 8,
                                      share ** 2 * 24, share ** 2 * 30)):
                continue
            for name in ("label", "penwidth", "labeldistance", "fontsize"):
                theirs, ours = mine[key].get(name), its[key].get(name)
                if theirs != ours and nearly(theirs, ours):
                    mine[key][name] = ours
                    changed += 1
    return changed


def nearly(text, other):
    """The same but for the last decimal of shares and widths."""
    decimals = re.compile(r"\d+\.\d+(?=%|$)")
    return (decimals.sub("", text) == decimals.sub("", other) and
            all(abs(Fraction(a) - Fraction(b)) <= Fraction(1, 100) for a, b in
                zip(decimals.findall(text), decimals.findall(other))))


COMPARISON = (compared_with_all, compared_labels, compared_marks,
              compared_calls, compared_fonts, compared_colors)


def for_case(case):
    """Those that apply, in their order."""
    found = [named_functions]
    if case.compares:
        found += COMPARISON
    if case.format != "pstats":
        return found + [told_files, uncounted_calls, times_are_no_samples,
                        root_cycles, call_stacks, amounts]
    if not case.compares:
        found += [whole_nanoseconds, estimated_calls, dashes, all_calls]
    return found + [python_names] + ([] if case.compares else [exact_shares])


# What gprof2dot dies of: the end of its message, what prof2cg may say of it if
# it draws nothing either, and why.
NOTHING = r"no function matches|nothing is left"
FAILURES = (
    (r"not found \(m", NOTHING, "nothing of that name, or too cold: prof2cg "
     "draws what is asked for by name, and knows wider patterns"),
    (r"assert inevent in function\n.*\n?AssertionError", None,
     "a caller without an entry"),
    (r"in parse_trace\n(.*\n)*AttributeError", None,
     "a trace that tells its thread"),
    (r"failed to load|codeobject\.c", None, "a dump of another Python"),
    (r"surrogates not allowed", None, "names that are not Unicode"),
    (r"UnboundLocalError", None, "--compare: its first function has no match"),
    (r"ZeroDivisionError", None, "--compare: no difference to colour by"),
)
