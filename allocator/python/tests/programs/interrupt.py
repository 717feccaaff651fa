"""A keyboard interrupt ends it by SIGINT, after atexit."""
import atexit
import os
import signal

atexit.register(print, "at exit")
os.kill(os.getpid(), signal.SIGINT)
signal.pause()
