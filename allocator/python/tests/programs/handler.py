"""Handlers of signals, and timers."""
import signal
import sys

signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(number))
signal.signal(signal.SIGALRM, lambda number, frame: signal.raise_signal(15))
signal.setitimer(signal.ITIMER_REAL, 0.02)
while True:
    signal.pause()
