"""Calls work() until it is to stop, on a thread; main only waits.

Once it is told that it was switched off, it calls late(), too.
"""
import os
import sys
import threading
import time


def work():
    time.sleep(0.001)


def late():
    pass


def loop():
    while not os.path.exists("stop"):
        work()
        if os.path.exists("off"):
            late()
        open("worked", "w").close()


thread = threading.Thread(target=loop)
thread.start()
with open("pid.new", "w") as file:
    file.write(str(os.getpid()))
os.rename("pid.new", "pid")
thread.join()
