"""What a new process of multiprocessing runs first, by its path (children.py).

STATE is a global that was given: vars of the recording, and of its options.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from prof2cg_record import children  # noqa: E402

del sys.path[0]
children.join(STATE)  # noqa: F821
