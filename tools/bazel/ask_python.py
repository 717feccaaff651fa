"""What building an extension for this interpreter takes: three lines.

The suffix of extensions, the folder of headers, and the interpreter itself,
which a version manager may have started in its own way. Says why not, with
status 1, where the recorder cannot be built for it.
"""

import os
import struct
import sys
import sysconfig


def trouble():
    if sys.implementation.name != "cpython":
        return "is not CPython"
    if sys.version_info < (3, 8):
        return "is older than Python 3.8"
    if struct.calcsize("P") != 8:
        return "is not a 64-bit program"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "is free-threaded: objects must be in an allocator of its own"
    if not os.path.exists(os.path.join(include, "Python.h")):
        return "has no headers in %s" % include
    return None


include = sysconfig.get_config_var("INCLUDEPY")
if trouble():
    sys.exit("%s %s" % (sys.executable, trouble()))
print(sysconfig.get_config_var("EXT_SUFFIX"))
print(include)
print(sys.executable)
