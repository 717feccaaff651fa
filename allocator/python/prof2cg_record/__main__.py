"""Records a program: python -m prof2cg_record [options] SCRIPT [ARG]...

Runs by its path, too, and does not need to be where Python looks for modules:
nothing of the program's sys.path or environment changes.
"""

import os
import sys

# Old versions of Python must understand this file, to say what is wrong.
if sys.version_info < (3, 8):
    sys.stderr.write(
        "prof2cg: %s is Python %d.%d: recording needs 3.8 or newer\n"
        % ((sys.executable,) + sys.version_info[:2])
    )
    sys.exit(2)

if not __package__:
    _folder = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.dirname(_folder))

from prof2cg_record import command_line  # noqa: E402

if not __package__:
    del sys.path[0]

command_line.main(sys.argv[1:])
