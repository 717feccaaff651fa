"""The recording of this process. There is one at a time.

Its figures are the whole process's and go to one file. Child processes that
are recorded, too, are its children (children.py): each writes its own part.
"""

import atexit
import os
import sys
import time

from . import _recorder

# The recording that goes on, or None.
current = None


class Recording:
    """What is recorded where.

    Attributes:
      options: options.Options.
      name: of the file, as it was asked for.
      output: the file, by its whole path.
      command: the line that runs the program, for people.
      of_program: whether it is of a whole program, not of a part of one.
      process: that began it; others are its children.
      folder: that it began in.
      began: when, in seconds since 1970.
    """

    def __init__(self, options, output, command, of_program=False):
        self.options = options
        self.name = output
        self.output = os.path.abspath(output)
        self.command = command
        self.of_program = of_program
        self.process = os.getpid()
        self.folder = os.getcwd()
        self.began = time.time()

    def is_child(self):
        return os.getpid() != self.process

    def file(self):
        """Where this process writes."""
        if self.options.children == "merge":
            return os.path.join(self.parts(), str(os.getpid()))
        if self.is_child():
            return "%s.%d" % (self.output, os.getpid())
        return self.output

    def parts(self):
        """The folder of what is to be merged."""
        return "%s.parts-%d" % (self.output, self.process)

    def facts(self):
        """What was recorded, for people."""
        system = os.uname()
        facts = [
            ("Python", sys.version.replace("\n", " ")),
            ("Platform", "%s %s" % (system.sysname, system.machine)),
        ]
        if not self.options.anonymous:
            facts += [
                ("Interpreter", sys.executable),
                ("Machine", "%s, %s" % (system.nodename, system.release)),
                ("Folder", self.folder),
                ("Process", str(os.getpid())),
            ]
        return facts

    def what_to_save(self):
        """The arguments of _recorder.save."""
        return self.file(), self.facts(), self.command

    def save(self):
        """Writes what there is; recording goes on."""
        _recorder.save(*self.what_to_save())

    def watch(self, saves_at_sigterm=False):
        """Has a thread look for what comes from outside, if anything can."""
        snapshot = self.options.snapshot or 0
        listens = self.options.control or not self.options.instr_atstart
        # Who asks for snapshots wants to lose little.
        saves_at_sigterm = saves_at_sigterm or snapshot > 0
        if listens or saves_at_sigterm:
            _recorder.watch(
                listens, snapshot, saves_at_sigterm, *self.what_to_save()
            )


def _check_output(recording):
    """Raises OSError now, not at the end, where no file can be made."""
    output = recording.output
    folder = os.path.dirname(output)
    if not os.path.isdir(folder):
        raise OSError("cannot write %s: there is no such folder" % output)
    if os.path.isdir(output):
        raise OSError("cannot write %s: it is a folder" % output)
    if not os.access(folder, os.W_OK):
        raise OSError("cannot write %s: its folder is read-only" % output)


def begin(recording):
    """Begins it in this process."""
    global current
    options = recording.options
    _recorder.start(
        events=options.events,
        clock=options.clock,
        max_contexts=options.max_contexts,
        valgrind=options.valgrind,
        on=options.instr_atstart,
    )
    current = recording
    # The first that is registered is the last to run.
    atexit.unregister(finish)
    atexit.register(finish)
    recording.watch()


def start(recording):
    """Begins a recording of its own. Raises what is wrong."""
    if current is not None:
        raise RuntimeError("%s is being recorded already" % current.name)
    _check_output(recording)
    from . import children

    children.follow()
    if recording.options.children == "merge":
        os.mkdir(recording.parts())
    try:
        begin(recording)
    except Exception:
        _abandon(recording)
        raise


def _abandon(recording):
    """Leaves nothing of one that could not begin, or not be watched."""
    global current
    if current is recording:
        current = None
        _recorder.stop()
    if recording.options.children == "merge":
        os.rmdir(recording.parts())


def stop():
    """Ends the recording and writes its file. Returns what was written."""
    global current
    recording, current = current, None
    try:
        _recorder.stop()
        recording.save()
    finally:
        # Not before: SIGTERM may come meanwhile. And no thread may be left that
        # asks for Python once that has ended.
        _recorder.unwatch()
    if recording.is_child():
        return recording.file()
    from . import children

    return children.gather(recording)


def tell(text):
    os.write(2, ("prof2cg: %s\n" % text).encode(errors="backslashreplace"))


def finish():
    """Ends the recording, if one goes on, at the end of its process."""
    if current is None:
        return
    is_quiet = current.options.quiet or current.is_child()
    try:
        written = stop()
    except (OSError, RuntimeError) as trouble:
        tell(trouble)
    else:
        if not is_quiet:
            tell("wrote " + written)
