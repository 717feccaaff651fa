"""Child processes of what is recorded: forked ones, and multiprocessing's.

A forked child goes on recording, from nothing, and ends by atexit as its parent
does. multiprocessing's children end in their own way, for which it has
finalizers; where they are new interpreters, what starts the recording in them
travels in the data by which multiprocessing prepares them.
"""

import os
import sys

from . import _recorder, extension, recording

# Modules that start a process with a new interpreter.
_SPAWNERS = (
    "multiprocessing.popen_spawn_posix",
    "multiprocessing.popen_forkserver",
)

# Finalizers run in the order of their priorities, the highest first.
_LAST = -(1 << 30)

_follows = False


def follow():
    """Records children from now on, as the recording's options have it."""
    global _follows
    if not _follows:
        os.register_at_fork(
            before=_recorder.before_fork,
            after_in_parent=_recorder.after_fork_in_parent,
            after_in_child=_forked,
        )
        # After the other: what it did is forgotten, too.
        os.register_at_fork(after_in_child=_recorder.after_fork)
        if any(name in sys.modules for name in _SPAWNERS):
            _prepare_children()
        else:
            sys.meta_path.insert(0, _Watch)
    _follows = True


def _forked():
    ours = recording.current
    if ours is None:
        return
    # Threads stay with the parent.
    _recorder.unwatch()
    if ours.options.children == "no":
        recording.current = None
        # Forgotten first, the parent's recording is ended at once.
        _recorder.after_fork()
        _recorder.stop()
        return
    ours.watch()
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.register_after_fork(ours, _at_bootstrap)


def _at_bootstrap(ours):
    """In a new process of multiprocessing, before it does its work."""
    from multiprocessing import util

    util.Finalize(None, recording.finish, exitpriority=_LAST)
    # A pool ends its workers so.
    ours.watch(saves_at_sigterm=True)


class _Watch:
    """A finder of modules that finds none, but sees multiprocessing come."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in _SPAWNERS:
            sys.meta_path.remove(_Watch)
            _prepare_children()


def _prepare_children():
    """Adds what starts the recording to the data for a new process."""
    from multiprocessing import spawn

    prepare = spawn.get_preparation_data

    def get_preparation_data(name):
        data = prepare(name)
        ours = recording.current
        if ours is not None and ours.options.children != "no":
            data["prof2cg_record"] = _Starter(ours)
        return data

    spawn.get_preparation_data = get_preparation_data


class _Starter:
    """Once unpickled, has run child.py, which joins the recording."""

    def __init__(self, ours):
        self.ours = ours

    def __reduce__(self):
        import runpy

        state = dict(vars(self.ours), options=vars(self.ours.options))
        file = os.path.join(extension.FOLDER, "child.py")
        return runpy.run_path, (file, {"STATE": state})


def join(state):
    """In a new process: begins the part of the recording that it was told."""
    from multiprocessing import util

    from .options import Options

    ours = recording.Recording.__new__(recording.Recording)
    ours.__dict__.update(state, options=Options(**state["options"]))
    follow()
    recording.begin(ours)
    # Depending on how the process starts, multiprocessing may forget its
    # finalizers before the work begins.
    _at_bootstrap(ours)
    util.register_after_fork(ours, _at_bootstrap)


def _program():
    """The program prof2cg, by which profiles are added up."""
    beside = os.path.join(os.path.dirname(extension.FOLDER), "prof2cg")
    prefix = os.path.join(extension.FOLDER, "..", "..", "..", "..")
    installed = os.path.normpath(os.path.join(prefix, "bin", "prof2cg"))
    for file in beside, installed:
        if os.access(file, os.X_OK):
            return file
    return "prof2cg"


def gather(ours):
    """What all processes have written, for people; merged if so asked."""
    if ours.options.children == "merge":
        return _merge(ours)
    written = ours.name
    children = _count_children(ours)
    if not children:
        return written
    who = "%d child processes" % children if children > 1 else "a child process"
    return "%s and, of %s, %s.PID" % (written, who, written)


def _count_children(ours):
    folder, name = os.path.split(ours.output)
    with os.scandir(folder) as files:
        return sum(
            file.name.startswith(name + ".")
            and file.name[len(name) + 1 :].isdigit()
            and file.stat().st_mtime >= ours.began
            for file in files
        )


def _merge(ours):
    folder = ours.parts()
    parts = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    written = ours.name
    if len(parts) == 1:
        os.replace(parts[0], ours.output)
    else:
        written += ", of %d processes" % len(parts)
        command = [_program(), "-t", "pstats", "-o", ours.output] + parts
        # At the end of an interpreter nothing may fork any more.
        process = os.posix_spawnp(command[0], command, os.environ)
        if os.waitpid(process, 0)[1] != 0:
            raise OSError("cannot add up the profiles in " + folder)
        for part in parts:
            os.remove(part)
    os.rmdir(folder)
    return written
