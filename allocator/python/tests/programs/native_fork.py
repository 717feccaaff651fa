"""A fork that Python does not see: the child must leave the parent's file."""
import ctypes
import os
import sys


def of_parent():
    pass


child = ctypes.CDLL(None).fork()
if child == 0:
    sys.exit(0)
os.waitpid(child, 0)
of_parent()
