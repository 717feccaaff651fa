"""Small profiles that ask for what real ones rarely have."""

import collections
import html
import io
import json
import marshal
import random
import zipfile

BUILTIN = ("~", 0, "<built-in method builtins.sum>")


def entry(calls, self_time, total, callers=None, primitive=None):
    """A function of a dump: counts, whole nanoseconds, {caller: value}."""
    return (calls if primitive is None else primitive, calls,
            round(self_time, 9), round(total, 9), callers or {})


def called(calls, self_time, total, primitive=None):
    """A caller's value: mind that all calls stand first."""
    return (calls, calls if primitive is None else primitive,
            round(self_time, 9), round(total, 9))


def function(name, file="/app/lib/mod.py", line=1):
    return (file, line, name)


def names():
    """Names and files that DOT, labels and file systems make trouble of."""
    main = function("<module>", "/app/main.py")
    odd = [function(name) for name in (
        'say "hi"', "back\\slash\\n", "<b>bold</b>", "tab\there", "line\nbreak",
        "control\x1b[0m", "right\u202eleft", "naïve_日本語", "", "digraph",
        "&lt;b&gt; &amp; T&",
        "std::map<int, std::vector<int> >::find(int const&) const",
        "operator->(x) const", "a, b, c and so on " * 4, "x" * 5000,
        "well-known-and-rather-long-hyphenated-name --flag")]
    odd += [
        function("exec", "", 0), function("f", "C:\\app\\win.py", 7),
        function("_find", "<frozen importlib._bootstrap>", 9),
        function("run", "<string>", 1), function("x", "/app/.hidden", 3),
        function("y", "/app/a.b.c.py", 4), function("z", "/app/dir.d/plain", 5),
        BUILTIN]
    dump = {main: entry(1, 1e-3, 2e-3 + len(odd) * 1e-3)}
    for i, key in enumerate(odd):
        dump[key] = entry(i + 1, 1e-3, 1e-3, {main: called(i + 1, 1e-3, 1e-3)})
    return dump


def same_names():
    """Functions that look alike: basename, line and name."""
    main = function("<module>", "/app/main.py")
    one = function("get", "/app/one/util.py", 5)
    two = function("get", "/app/two/util.py", 5)
    below = [function("b1"), function("b2", line=2)]
    return {main: entry(1, .1, 1.),
            one: entry(2, .2, .4, {main: called(2, .2, .4)}),
            two: entry(3, .3, .5, {main: called(3, .3, .5)}),
            below[0]: entry(4, .2, .2, {one: called(4, .2, .2)}),
            below[1]: entry(5, .2, .2, {two: called(5, .2, .2)})}


def integers():
    """As the module profile writes callers; with more calls than known."""
    main, f, g = function("main"), function("f", line=2), function("g", line=3)
    return {main: entry(1, .25, 1.),
            f: entry(10, .5, .75, {main: 6, g: 4}, primitive=6),
            g: entry(4, .25, .5, {f: 4})}


def groups_of_four():
    """Callers as pstats once merged them, and counts of nothing."""
    main, f = function("main"), function("f", line=2)
    return {main: entry(2, .5, 1.),
            f: entry(5, .5, .5, {main: called(2, .2, .2, 1) +
                                 called(3, .3, .3)}, primitive=0)}


def zeros():
    """No time at all."""
    main, f = function("main"), function("f", line=2)
    return {main: entry(1, 0., 0.),
            f: entry(2, 0., 0., {main: called(2, 0., 0.)})}


def contradictions():
    """More below than above, and more inclusive than there is."""
    main, f = function("main"), function("f", line=2)
    return {main: entry(1, .5, .25),
            f: entry(2, .5, 4., {main: called(3, .75, 8.)})}


def orphan():
    """A caller without an entry of its own."""
    lost = function("lost")
    return {function("f"): entry(1, .5, .5, {lost: called(1, .5, .5)})}


def layers():
    """Shares of every size, for colours and thresholds."""
    keys = [function("f%d" % i, "/app/pkg%d/mod.py" % (i % 3), i + 1)
            for i in range(24)]
    below = 1.
    dump = {}
    for i, key in enumerate(keys):
        callers = {keys[i - 1]: called(i, below / 4, below)} if i else {}
        if i > 2:
            callers[keys[i // 2]] = called(1, 1e-7, below / 8)
        dump[key] = entry(i + 1, below / 4, below, callers)
        below *= .75
    return dump


def changed(dump):
    """The same program, some of it slower and some faster."""
    return {key: entry(nc + i % 3, tt * (1 + (i % 5 - 2) / 8),
                       ct * (1 + (i % 7 - 3) / 64),
                       {caller: called(n, t, c * (1 + (i % 3 - 1) / 16))
                        for caller, (n, _, t, c) in callers.items()}, cc)
            for i, (key, (cc, nc, tt, ct, callers)) in enumerate(dump.items())}


def renamed(dump):
    """The same without two functions, with a new one, in another order."""
    items = list(reversed(dump.items()))
    gone = {items[2][0], items[5][0]}
    kept = {key: value[:4] + ({c: v for c, v in value[4].items()
                               if c not in gone},)
            for key, value in items if key not in gone}
    kept[function("new")] = entry(1, .1, .1)
    return kept


PSTATS = {"names": names(), "same-names": same_names(), "integers": integers(),
          "groups-of-four": groups_of_four(), "zeros": zeros(),
          "contradictions": contradictions(), "orphan": orphan(),
          "layers": layers(), "layers-changed": changed(layers()),
          "layers-renamed": renamed(layers())}

# Stacks, root first, and samples.
STACKS = {
    "tree": {"main;a;b": 5, "main;a": 3, "main;c;b": 2, "main": 1},
    "recursion": {"main;f;f;f": 4, "main;f;g": 2, "main;f;f;g": 1, "main": 2},
    "cycle": {"main;a;b;a;b;c": 6, "main;a;b": 4, "main;a": 3, "main;c": 1},
    "entries": {"main;a;b;c;a": 5, "main;b;c;a;b": 4, "other;c;a;b": 3,
                "main;a": 2, "other;d;b;c": 2, "main;a;e": 1},
    "roots": {"one;a;x": 3, "two;b;x": 2, "three": 4, "x": 1},
    "root-and-callee": {"f;g": 3, "main;f;g": 4, "main;g": 2, "f": 1},
    "root-cycle": {"a;b;a;c": 5, "b;a;b": 4, "a;b": 2, "other;d": 6},
    "two-cycles": {"main;a;b;a;x;y;x": 5, "main;a;b;x;y": 3, "main;y;x": 2},
    "cold": {"main;hot;hotter": 1000, "main;cool;cold": 4, "main;cold": 3},
}


def random_stacks(seed):
    """With recursion and cycles of every kind, and one root or several."""
    chance = random.Random(seed)
    names = "abcdefghij"[:chance.randint(3, 10)]
    stacks = {}
    for _ in range(chance.randint(5, 40)):
        frames = chance.choices(names, k=chance.randint(1, 8))
        if seed % 3:
            frames.insert(0, "main")
        stacks[";".join(frames)] = chance.randint(1, 50)
    return stacks


STACKS.update(("random-%d" % seed, random_stacks(seed)) for seed in range(12))


def collapsed(stacks):
    return "".join("%s %d\n" % pair for pair in stacks.items())


def dtrace(stacks):
    text = "CPU     ID                    FUNCTION:NAME\n  0  1  :tick-60s\n\n"
    for stack, count in stacks.items():
        for frame in reversed(stack.split(";")):
            text += "              app`%s+0x1f\n" % frame
        text += "                %d\n\n" % count
    return text


def perf(stacks):
    """A line a frame, the last function first, behind a header: one sample."""
    text = ""
    for stack, count in stacks.items():
        frames = "".join("\t    12bd %s+0x1f (/usr/lib/app.so)\n" % frame
                         for frame in reversed(stack.split(";")))
        text += ("app 7 79231.571069: 1 cycles: \n" + frames + "\n") * count
    return text


def as_json(stacks):
    functions = []
    events = []
    for stack, count in stacks.items():
        chain = []
        for frame in stack.split(";"):
            if frame not in functions:
                functions.append(frame)
            chain.insert(0, functions.index(frame))
        events.append({"callchain": chain, "cost": [count]})
    return json.dumps({
        "version": 0, "costs": [{"description": "Samples", "unit": "samples"}],
        "functions": [{"name": name, "module": "app"} for name in functions],
        "events": events})


def callgrind(stacks):
    """What Valgrind would have measured: calls cost what stood below them, once
    however often they stand on a stack."""
    selfs, calls = {}, {}
    for stack, count in stacks.items():
        frames = stack.split(";")
        selfs[frames[-1]] = selfs.get(frames[-1], 0) + count
        for pair in set(zip(frames, frames[1:])):
            n, cost = calls.get(pair, (0, 0))
            calls[pair] = (n + 1, cost + count)
    names = sorted({f for stack in stacks for f in stack.split(";")})
    lines = ["version: 1", "creator: test", "events: Ir", ""]
    for line, name in enumerate(names, 1):
        lines += ["ob=/usr/lib/app.so", "fl=app.c", "fn=" + name,
                  "%d %d" % (line, selfs.get(name, 0))]
        for (caller, callee), (n, cost) in calls.items():
            if caller != name:
                continue
            lines += ["cfn=" + callee,
                      "calls=%d %d" % (n, names.index(callee) + 1),
                      "%d %d" % (line, cost)]
        lines.append("")
    return "\n".join(lines) + "\n"


def reached(calls, start):
    """What it calls, by others too."""
    found, todo = set(), [start]
    while todo:
        caller = todo.pop()
        more = {b for a, b in calls if a == caller} - found
        found |= more
        todo += more
    return found


def rings(calls):
    """The number of the cycle of each function that is in one with others."""
    below = {f: reached(calls, f) for ends in calls for f in ends}
    members = {f: frozenset(g for g in below[f] if f in below[g])
               for f in below}
    found = sorted({ring for ring in members.values() if len(ring) > 1},
                   key=sorted)
    return {f: found.index(ring) + 1 for f, ring in members.items()
            if len(ring) > 1}


def listed(stacks):
    """Of each function in gprof's order of names: self and inclusive cost; of
    each call, how often it is made and what it costs. And cycles."""
    names = sorted({f for stack in stacks for f in stack.split(";")})
    functions = {name: [0, 0] for name in names}
    calls = {}
    for stack, count in stacks.items():
        frames = stack.split(";")
        functions[frames[-1]][0] += count
        for name in set(frames):
            functions[name][1] += count
        for ends in zip(frames, frames[1:]):
            calls.setdefault(ends, [0, 0])[0] += count
        for ends in set(zip(frames, frames[1:])):
            calls[ends][1] += count
    return functions, calls, rings(calls)


def marked(names, cycles):
    """Names as gprof has them in lines, with cycles and indices."""
    return {name: name + (" <cycle %d>" % cycles[name] if name in cycles
                          else "") + " [%d]" % index
            for index, name in enumerate(names, 1)}


def prof(stacks):
    """As gprof prints it: seconds, calls, nothing else within a cycle."""
    functions, calls, cycles = listed(stacks)
    lines = marked(functions, cycles)
    text = "\t\t\tCall graph\n\n\ngranularity: each sample hit covers 2 " \
        "byte(s) for 0.10%% of %.2f seconds\n\nindex %% time    self  " \
        "children    called     name\n" % (sum(stacks.values()) / 100)

    def end(caller, callee, name):
        count, cost = calls[caller, callee]
        if callee in cycles and cycles.get(caller) == cycles[callee]:
            return "%32s%7d             %s\n" % ("", count, lines[name])
        return "%16s%7.2f %7.2f %7d/%-7d     %s\n" % (
            "", 0, cost / 100, count, count, lines[name])

    for index, (name, (cost, inclusive)) in enumerate(functions.items(), 1):
        callers = [a for a, b in calls if b == name]
        text += "".join(end(caller, name, caller) for caller in callers) or (
            "%49s<spontaneous>\n" % "")
        own = calls.get((name, name), [0])[0]
        count = sum(calls[ends][0] for ends in calls if ends[1] == name) - own
        called = "" if not callers else (
            "%d+%d" % (count, own) if own else str(count))
        text += "%-6s %5.1f %7.2f %7.2f %7s         %s\n" % (
            "[%d]" % index, 100 * inclusive / sum(stacks.values()), cost / 100,
            (inclusive - cost) / 100, called, lines[name])
        text += "".join(end(name, b, b) for a, b in calls if a == name)
        text += "-" * 47 + "\n"
    return text + "\f\nIndex by function name\n"


def axe(stacks):
    """As VTune prints it: percentages and seconds, no calls."""
    functions, calls, cycles = listed(stacks)
    lines = marked(functions, cycles)
    row = "%-6s %-17s %-14s %-18s %s     \n"
    text = row % ("Index", "% CPU Time:Total", "CPU Time:Self",
                  "CPU Time:Children", "Name            Index")
    text += row % ("-----", "-" * 16, "-" * 13, "-" * 17, "-" * 15)

    def end(caller, callee, name):
        if callee in cycles and cycles.get(caller) == cycles[callee]:
            return row % ("", "", "", "", "  " + lines[name])
        return row % ("", "", "0.0", "%.3f" % (calls[caller, callee][1] / 100),
                      "  " + lines[name])

    for index, (name, (cost, inclusive)) in enumerate(functions.items(), 1):
        callers = [a for a, b in calls if b == name]
        text += "".join(end(caller, name, caller) for caller in callers) or (
            row % ("", "", "", "", "<spontaneous>"))
        percent = "%.2f" % (100 * inclusive / sum(stacks.values()))
        text += row % ("[%d]" % index, percent, "%.3f" % (cost / 100),
                       "%.3f" % ((inclusive - cost) / 100), lines[name])
        text += "".join(end(name, b, b) for a, b in calls if a == name)
        text += " " * 80 + "\n"
    return text + "\n\nIndex by function name\n\nIndex  Function\n"


def hprof(stacks):
    """As Java's HPROF writes it."""
    text = "JAVA PROFILE 1.0.1, created Mon Jan  1 00:00:00 2024\n\n--------\n"
    text += "THREAD START (obj=50000139, id = 200001, name=\"main\")\n"
    for number, stack in enumerate(stacks, 300001):
        text += "TRACE %d:\n" % number
        for frame in reversed(stack.split(";")):
            text += "\t%s(app.java:%d)\n" % (frame, len(frame))
    total = sum(stacks.values())
    text += "CPU SAMPLES BEGIN (total = %d) Mon Jan  1 00:00:01 2024\n" % total
    text += "rank   self  accum   count trace method\n"
    for rank, (stack, count) in enumerate(stacks.items(), 1):
        text += "%4d %5.2f%% %5.2f%% %7d %d %s\n" % (
            rank, 100 * count / total, 0, count, 300000 + rank,
            stack.split(";")[-1])
    return text + "CPU SAMPLES END\n"


def xperf(stacks):
    """As xperfview exports it: a row a stack, each sample of a millisecond."""
    text = "Process Name, Stack, Module, Function, Weight, Count\n"
    for stack, count in stacks.items():
        frames = stack.split(";")
        text += "app.exe, [Root]/%s, app.exe, %s, 1.000000, %d\n" % (
            "/".join("app.exe!" + frame for frame in frames), frames[-1], count)
    return text


def sleepy(stacks):
    """As Very Sleepy saves it: each sample of a second."""
    names = sorted({f for stack in stacks for f in stack.split(";")})
    symbols = "".join('0x%x "app" "%s" "" 0\r\n' % (names.index(name), name)
                      for name in names)
    callstacks = ""
    for stack, count in stacks.items():
        callstacks += " ".join([str(count)] + [
            "0x%x" % names.index(f) for f in reversed(stack.split(";"))]) + "\n"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("Symbols.txt", symbols)
        members.writestr("Callstacks.txt", callstacks)
    return archive.getvalue()


def sysprof(stacks):
    """As sysprof saves it. Each function has a sample of its own wherever it is
    called: gprof2dot leaves out those that have none."""
    samples = {}
    for stack, count in stacks.items():
        frames = stack.split(";")
        for depth in range(1, len(frames)):
            samples.setdefault(tuple(frames[:depth]), 1)
        samples[tuple(frames)] = samples.get(tuple(frames), 0) + count
    names = ["Everything", "[app]"]
    names += sorted({name for context in samples for name in context})
    nodes = {(): (0, 1), ("",): (1, 1)}  # by context: object and samples
    for context, count in sorted(samples.items()):
        nodes[("",) + context] = (names.index(context[-1]), count)
    ids = {context: i for i, context in enumerate(nodes, 1)}
    totals = collections.Counter()
    selfs = collections.Counter()
    of_objects = collections.Counter()
    children = collections.defaultdict(list)
    for context, (row, own) in nodes.items():
        selfs[row] += own
        for depth in range(len(context) + 1):
            totals[context[:depth]] += own
        for on_stack in {nodes[context[:d]][0] for d in range(len(context) + 1)}:
            of_objects[on_stack] += own
        if context:
            children[context[:-1]].append(context)
    text = "<profile>\n<size>%d</size>\n<call_tree>1</call_tree>\n<objects>\n" % (
        totals[()])
    for row, name in enumerate(names):
        text += ("<object id=\"%d\"><name>\"%s\"</name><total>%d</total>"
                 "<self>%d</self></object>\n" % (
                     row + 1, html.escape(name), of_objects[row], selfs[row]))
    text += "</objects>\n<nodes>\n"
    for context, (row, own) in nodes.items():
        beside = children[context[:-1]] if context else [context]
        after = beside[beside.index(context) + 1:]
        text += ("<node id=\"%d\"><object>%d</object><siblings>%d</siblings>"
                 "<children>%d</children><parent>%d</parent><total>%d</total>"
                 "<self>%d</self><toplevel>1</toplevel></node>\n" % (
                     ids[context], row + 1, ids[after[0]] if after else 0,
                     ids[children[context][0]] if children[context] else 0,
                     ids[context[:-1]] if context else 0, totals[context], own))
    return text + "</nodes>\n</profile>\n"


WRITERS = {"collapse": collapsed, "dtrace": dtrace, "json": as_json,
           "perf": perf, "callgrind": callgrind, "prof": prof, "axe": axe,
           "hprof": hprof, "sleepy": sleepy, "sysprof": sysprof,
           "xperf": xperf}


def write(folder):
    """Writes all of them; gives lists of paths by format."""
    paths = {"pstats": []}
    for name, dump in PSTATS.items():
        paths["pstats"].append(folder / (name + ".pstats"))
        paths["pstats"][-1].write_bytes(marshal.dumps(dump))
    for format, text in WRITERS.items():
        paths[format] = [folder / ("%s.%s" % (name, format)) for name in STACKS]
        for path, stacks in zip(paths[format], STACKS.values()):
            data = text(stacks)
            path.write_bytes(data if format == "sleepy" else data.encode())
    return paths
