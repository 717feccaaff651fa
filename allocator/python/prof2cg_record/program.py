"""A program, found and run as `python` finds and runs it.

What `python SCRIPT`, `python -m MODULE` and `python -c CODE` set before the
first line of the program is set here in the same way: sys.argv, sys.path[0],
sys.orig_argv and the attributes of __main__ (CPython Modules/main.c,
Python/pythonrun.c).
"""

import builtins
import os
import sys

from _frozen_importlib import BuiltinImporter
from _frozen_importlib_external import (
    MAGIC_NUMBER,
    SourceFileLoader,
    SourcelessFileLoader,
)

from . import extension


class Program:
    """What to run.

    Attributes:
      name: of the script without its ending, or of the module.
      words: of the command line that runs it.
      argv: its sys.argv.
      path: its sys.path[0].
      has_path_always: also where Python is told to put nothing there (-P).
      code: to run in __main__, or None.
      module: to run by its name instead, with runpy.
      attributes: of __main__.
    """

    has_path_always = False
    code = module = None

    def __init__(self, name, words, argv, path, **attributes):
        self.name = name
        self.words = words
        self.argv = argv
        self.path = path
        self.attributes = attributes

    def line(self, is_anonymous):
        """The line that runs it, for people; or only what it is."""
        if not is_anonymous:
            return " ".join(["python3"] + list(map(_quoted, self.words)))
        return self.name


def _quoted(word):
    """As a shell takes it. (shlex would be loaded before the program is.)"""
    if word and all(c.isalnum() or c in "@%+=:,./-_" for c in word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def _as_python_does(words):
    """For what cannot be read or compiled: Python says it best."""
    os.execv(sys.executable, extension.interpreter(*words))


def _is_folder_of_modules(path):
    """Whether it is what sys.path may hold: a folder or an archive."""
    for hook in sys.path_hooks:
        try:
            hook(path)
            return True
        except ImportError:
            pass
    return False


def _file_name(path):
    """What Python calls the script's file: since 3.9, by its whole path."""
    if os.path.isabs(path) or sys.version_info < (3, 9):
        return path
    return os.path.join(os.getcwd(), path)


def _compiled(file):
    """Code of a script, and the loader that Python would give it."""
    with open(file, "rb") as stream:
        contents = stream.read()
    if contents[:4] == MAGIC_NUMBER:
        import marshal

        return marshal.loads(contents[16:]), SourcelessFileLoader
    return compile(contents, file, "exec", dont_inherit=True), SourceFileLoader


def _script(words):
    script = words[0]
    name = os.path.basename(os.path.normpath(script))
    if name.endswith((".py", ".pyc", ".pyz")):
        name = name[: name.rindex(".")]
    if _is_folder_of_modules(script):
        program = Program(name, words, words, _file_name(script))
        program.has_path_always = True
        program.module = "__main__"
        return program
    file = _file_name(script)
    try:
        code, loader = _compiled(file)
        folder = os.path.dirname(os.path.realpath(script))
    except (OSError, SyntaxError, ValueError, TypeError, EOFError):
        _as_python_does(words)
    program = Program(
        name,
        words,
        words,
        folder,
        __loader__=loader("__main__", file),
        __file__=file,
        __cached__=None,
    )
    program.code = code
    return program


def _module(words):
    program = Program(words[1], words, ["-m"] + words[2:], os.getcwd())
    program.module = words[1]
    return program


def _command(words):
    program = Program("command", words, ["-c"] + words[2:], "")
    try:
        program.code = compile(words[1], "<string>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        _as_python_does(words)
    _show_source(words[1])
    return program


def load(words):
    """The program of these words; Python takes over where there is none."""
    return {"-m": _module, "-c": _command}.get(words[0], _script)(words)


def _set_path(program):
    # The interpreter has put our folder first, unless it is told not to.
    has_ours = not getattr(sys.flags, "safe_path", sys.flags.isolated)
    if has_ours:
        del sys.path[0]
    if has_ours or program.has_path_always:
        sys.path.insert(0, program.path)


def _set_arguments(program):
    """sys.argv, and sys.orig_argv without us."""
    ours = len(sys.argv) - 1
    if hasattr(sys, "orig_argv"):
        flags = sys.orig_argv[: len(sys.orig_argv) - ours]
        # Our name: the path of __main__.py, -m prof2cg_record or -mprof2cg_...
        del flags[-2 if flags[-2:-1] == ["-m"] else -1 :]
        sys.orig_argv[:] = flags + program.words
    sys.argv[:] = program.argv


def _set_main(program):
    """A new __main__, as it is before a program's first line."""
    main = type(sys)("__main__")
    main.__loader__ = BuiltinImporter
    if sys.version_info < (3, 14):
        main.__annotations__ = {}
    main.__builtins__ = builtins
    main.__dict__.update(program.attributes)
    sys.modules["__main__"] = main
    return main.__dict__


def _show_source(text):
    """Tracebacks show the lines of -c since Python 3.13."""
    if sys.version_info >= (3, 13):
        import linecache

        lines = [line + "\n" for line in text.splitlines()]
        linecache.cache["<string>"] = (len(text), None, lines, "<string>")


class _WithoutOurFrames:
    """sys.excepthook, once: shows the program's part of the traceback."""

    def __init__(self, traceback):
        self.hook = sys.excepthook
        self.traceback = traceback

    def __call__(self, kind, value, _):
        sys.excepthook = self.hook
        sys.last_traceback = self.traceback
        self.hook(kind, value.with_traceback(self.traceback), self.traceback)


def _part_of_program(traceback):
    """Its frames from the first on that is not of this package."""
    folder = extension.FOLDER + os.sep
    while traceback:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith(folder):
            break
        traceback = traceback.tb_next
    return traceback


def _run(program, main, recorder):
    if program.module is None:
        recorder.run(program.code, main)
        return
    from runpy import _run_module_as_main

    has_name = program.argv[0] == "-m"
    recorder.call(_run_module_as_main, (program.module, has_name))


def run(program, recorder):
    """Runs it by recorder.run or recorder.call; raises what the program does.

    Whoever calls this lets all through, so that Python ends as it would with
    the program alone: by the status of SystemExit, by SIGINT, with threads and
    atexit.
    """
    _set_path(program)
    _set_arguments(program)
    main = _set_main(program)
    try:
        _run(program, main, recorder)
    except SystemExit:
        raise
    except BaseException as error:
        part = _part_of_program(error.__traceback__)
        sys.excepthook = _WithoutOurFrames(part)
        raise
