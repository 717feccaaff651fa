"""Records where a Python program spends its time and memory.

A recording is a pstats file, which `pstats` and everything that reads dumps of
cProfile can open, and in which prof2cg finds more: memory by calling context,
and whole contexts.

    python -m prof2cg_record app.py          # a program
    prof2cg record app.py                    # the same

    import prof2cg_record                    # a part of one

    with prof2cg_record.record("part.pstats"):
        work()

Options are those of the command (`--help`), as keywords, with _ for -:

    with prof2cg_record.record("part.pstats", events="time,alloc"):
        work()

In a program that the command records, start() and stop() switch its recording
on and off, and the file is written at its end: begin such a program with
`prof2cg record --instr-atstart=no`, and only what lies between is recorded.
"""

__all__ = ["record", "start", "stop", "snapshot"]


def start(path=None, **options):
    """Begins a recording to the file `path`, default "recording.pstats".

    In a program that the command records: switches its recording on.

    Raises:
      RuntimeError: a recording goes on, or something else profiles.
      OSError: no such file can be written.
      ValueError, TypeError: of the options.
    """
    from . import _recorder, recording
    from .options import Options

    if recording.current is not None and recording.current.of_program:
        _recorder.switch(True)
        return
    chosen = Options(outfile=path, **options)
    output = chosen.outfile or "recording.pstats"
    recording.start(recording.Recording(chosen, output, "part of a program"))


def stop():
    """Ends the recording and writes its file.

    In a program that the command records: switches its recording off.

    Raises:
      RuntimeError: nothing is recorded.
      OSError: the file cannot be written.
    """
    from . import _recorder, recording

    if recording.current is None:
        raise RuntimeError("nothing is being recorded")
    if recording.current.of_program:
        _recorder.switch(False)
    else:
        recording.stop()


def snapshot():
    """Writes the file as it is now; recording goes on.

    Raises:
      RuntimeError: nothing is recorded.
      OSError: the file cannot be written.
    """
    from . import recording

    if recording.current is None:
        raise RuntimeError("nothing is being recorded")
    recording.current.save()


class record:
    """A `with` block that is recorded: start(path, ...) and stop()."""

    def __init__(self, path=None, **options):
        self._path = path
        self._options = options

    def __enter__(self):
        start(self._path, **self._options)
        return self

    def __exit__(self, *_):
        stop()
