"""A hook for exceptions sees the program's frames, and stays what it is."""
import atexit
import sys


def hook(kind, value, traceback):
    while traceback:
        print(kind, value, traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next


sys.excepthook = hook
atexit.register(lambda: print(sys.excepthook is hook, sys.last_value))
atexit.register(lambda: print(sys.last_traceback.tb_frame.f_code.co_name))
raise ValueError("seen")
