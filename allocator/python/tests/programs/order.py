"""Threads, atexit and destructors, in Python's order."""
import atexit
import sys
import threading
import time


class Last:
    def __del__(self):
        print("destroyed")


kept = Last()
atexit.register(print, "at exit 1")
atexit.register(print, "at exit 2")


def work():
    time.sleep(0.05)
    print("thread", threading.current_thread().daemon)


threading.Thread(target=work).start()
print("main ends")
sys.stdout.write("no line feed")
