"""What can be asked of a recording: the command's options and the API's.

This file imports nothing: what is loaded before the program is loaded no more
by the program, and missing in its profile.
"""

EVENTS = ("time", "cpu", "alloc", "live", "peak", "arenas", "sizes")
MOST_CONTEXTS = (1 << 22) - 2


def _one_of(*words):
    def check(word):
        if word not in words:
            raise ValueError("takes %s, not %s" % (", ".join(words), word))
        return word

    return check


def _yes_or_no(word):
    if isinstance(word, bool):
        return word
    return _one_of("yes", "no")(word) == "yes"


def _events(words):
    if isinstance(words, str):
        words = words.split(",")
    return frozenset(_one_of(*EVENTS)(word) for word in words)


def _contexts(number):
    try:
        if 2 <= int(number) <= MOST_CONTEXTS:
            return int(number)
    except ValueError:
        pass
    raise ValueError(
        "takes a number from 2 to %d, not %s" % (MOST_CONTEXTS, number)
    )


def _seconds(number):
    try:
        if 0.001 <= float(number) < 1e9:
            return float(number)
    except ValueError:
        pass
    raise ValueError("takes a number of seconds, not %s" % number)


def _file(name):
    if not name:
        raise ValueError("takes the name of a file")
    return name


# An option: letter, name, argument (None: it takes none), check, default, help.
# The table of `prof2cg record` (converter/flags.cc) says the same.
TABLE = (
    ("o", "outfile", "FILE", _file, None,
     "write to FILE; default: SCRIPT or MODULE with .pstats"),
    (None, "events", "LIST", _events, frozenset(EVENTS) - {"sizes"},
     "of time,cpu,alloc,live,peak,arenas,sizes; default: but sizes"),
    (None, "clock", "CLOCK", _one_of("tsc", "monotonic"), "tsc",
     "tsc (default where it is steady) or monotonic"),
    (None, "max-contexts", "N", _contexts, 1 << 20,
     "beyond N calling contexts, fold; default: 1048576"),
    (None, "instr-atstart", "yes|no", _yes_or_no, True,
     "no: `prof2cg control` or the program switches it on"),
    (None, "control", None, bool, False,
     "let `prof2cg control` switch it off and on"),
    (None, "valgrind", "bypass|annotate", _one_of("bypass", "annotate"),
     "bypass", "under Valgrind: leave memory to malloc (default), or annotate"),
    (None, "children", "no|each|merge", _one_of("no", "each", "merge"), "each",
     "forked and multiprocessing ones: FILE.PID (default), or all in FILE"),
    (None, "snapshot", "SECONDS", _seconds, None,
     "write what there is every so often, too"),
    (None, "anonymous", None, bool, False,
     "leave out arguments, folders and the machine"),
    ("q", "quiet", None, bool, False, "do not say what was written"),
)


class Options:
    """The values of all options, by their names with _ for -."""

    def __init__(self, **given):
        for _, name, _, check, default, _ in TABLE:
            key = name.replace("-", "_")
            value = default
            if given.get(key) is not None:
                try:
                    value = check(given[key])
                except ValueError as trouble:
                    raise ValueError("%s %s" % (key, trouble)) from None
            given.pop(key, None)
            setattr(self, key, value)
        if given:
            raise TypeError("no such option: %s" % ", ".join(given))
