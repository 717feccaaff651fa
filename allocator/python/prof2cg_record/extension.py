"""The extension module _recorder, which is made for one kind of interpreter."""

import _imp
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))


def interpreter(*words):
    """A command line for this interpreter, with the flags that it has."""
    from subprocess import _args_from_interpreter_flags

    return [sys.executable] + _args_from_interpreter_flags() + list(words)


def _file(folder):
    return os.path.join(folder, "_recorder" + _imp.extension_suffixes()[0])


def _fail(trouble):
    sys.stderr.write(
        "prof2cg: no recorder for %s: %s\n" % (sys.executable, trouble)
    )
    sys.exit(2)


def _source_tree():
    """The tree that this package was built from, as tools/build noted it."""
    try:
        with open(os.path.join(FOLDER, "source_tree")) as file:
            return file.read().rstrip("\n")
    except OSError:
        return None


def require(words):
    """Has the extension built if it is not there, and starts anew with it.

    Args:
      words: of this command line, to start it again.
    """
    if os.path.exists(_file(FOLDER)):
        return
    tree = _source_tree()
    setup = os.path.join(tree or "", "tools", "setup")
    if not os.access(setup, os.X_OK):
        _fail(
            "%s is not there, nor the source tree to build it from%s; run "
            "`tools/setup --python %s` in a source tree of prof2cg, then "
            "`tools/install PREFIX`"
            % (_file(FOLDER), " (%s)" % tree if tree else "", sys.executable)
        )
    if os.spawnv(os.P_WAIT, setup, [setup, "--python", sys.executable]) != 0:
        _fail("building it failed")
    built = os.path.join(tree, ".build", "prof2cg_record")
    if not os.path.exists(_file(built)):
        _fail("tools/setup made no %s" % _file(built))
    os.execv(
        sys.executable,
        interpreter(os.path.join(built, "__main__.py"), *words),
    )
