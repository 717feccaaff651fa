"""The command: its options, then the program, which has all that follows."""

import sys

from . import options

_USAGE = """\
usage: python -m prof2cg_record [options] SCRIPT [ARG]...
       python -m prof2cg_record [options] -m MODULE [ARG]...
       python -m prof2cg_record [options] -c CODE [ARG]...

Runs a Python program as `python` does, and records it in a pstats file.

"""

_COLUMN = 31


class UsageError(Exception):
    """What is wrong with the words of the command."""


def fail(trouble):
    sys.stderr.write("prof2cg: %s\n" % trouble)
    sys.exit(2)


def help_text():
    text = _USAGE
    for letter, name, argument, _, _, meaning in options.TABLE:
        flag = "  -%s, --%s" % (letter, name) if letter else "      --" + name
        if argument:
            flag += " " + argument
        if len(flag) >= _COLUMN:
            flag += "\n" + " " * _COLUMN
        text += flag.ljust(_COLUMN) + meaning + "\n"
    return text


def _row(word):
    """The row of the table that `word` names, and its argument or None."""
    name, equals, argument = word.partition("=")
    for row in options.TABLE:
        if name == "--" + row[1]:
            return row, argument if equals else None
        if row[0] and word[:2] == "-" + row[0]:
            return row, word[2:] or None
    raise UsageError("%s: no such option" % word)


def _take_option(words):
    """Takes an option off the words: its name and value."""
    word = words.pop(0)
    (_, name, argument, check, _, _), value = _row(word)
    if not argument:
        if value is not None:
            raise UsageError("%s takes no argument" % word)
        return name, True
    if value is None:
        if not words:
            raise UsageError("%s needs an argument" % word)
        value = words.pop(0)
    try:
        return name, check(value)
    except ValueError as trouble:
        raise UsageError("--%s %s" % (name, trouble)) from None


def parse(words):
    """The options before the program, and the program's own words.

    These begin with "-m" and a module, "-c" and code, or a script.
    """
    words = list(words)
    given = {}
    while words and words[0][:1] == "-" and words[0][:2] not in ("-m", "-c"):
        if words[0] == "--":
            del words[0]
            break
        name, value = _take_option(words)
        given[name.replace("-", "_")] = value
    if words and words[0][:2] in ("-m", "-c"):
        words[:1] = [words[0][:2]] + ([words[0][2:]] if words[0][2:] else [])
        if len(words) == 1:
            raise UsageError("%s needs an argument" % words[0])
    if not words:
        raise UsageError("nothing to run")
    return options.Options(**given), words


def main(words):
    """Runs the program; what it raises, or how it exits, comes through."""
    if words[:1] in (["-h"], ["--help"]):
        sys.stdout.write(help_text())
        return
    try:
        chosen, words = parse(words)
    except UsageError as trouble:
        fail("%s; --help shows how to use it" % trouble)
    from . import extension

    extension.require(sys.argv[1:])
    from . import _recorder, program, recording

    to_run = program.load(words)
    output = chosen.outfile or to_run.name + ".pstats"
    try:
        line = to_run.line(chosen.anonymous)
        recording.start(recording.Recording(chosen, output, line, True))
    except (OSError, RuntimeError, ValueError) as trouble:
        fail(trouble)
    program.run(to_run, _recorder)
