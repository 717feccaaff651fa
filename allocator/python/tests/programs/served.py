"""Calls work() for as long as it is asked, on a thread; main only waits."""
import os
import sys
import threading
import time


def work():
    time.sleep(0.001)


def loop():
    while not os.path.exists("stop"):
        work()


thread = threading.Thread(target=loop)
thread.start()
with open("pid.new", "w") as file:
    file.write(str(os.getpid()))
os.rename("pid.new", "pid")
thread.join()
