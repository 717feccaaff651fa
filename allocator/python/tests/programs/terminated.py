"""A process that is terminated, waiting for a lock or working for ever."""
import multiprocessing
import os
import signal
import sys
import threading


def started():
    pass


def work(ready):
    started()
    print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, flush=True)
    ready.set()
    if sys.argv[1] == "waits":
        threading.Event().wait()
    while True:
        pass


if __name__ == "__main__":
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(ready,))
    process.start()
    ready.wait()
    process.terminate()
    process.join()
    print(process.exitcode)
