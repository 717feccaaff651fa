"""SIGTERM has its default effect: death, and nothing more."""
import atexit
import os
import signal
import sys

atexit.register(print, "never")
print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT))
print([signal.getsignal(n) for n in (signal.SIGPIPE, signal.SIGXFSZ)])
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGTERM)
signal.pause()
