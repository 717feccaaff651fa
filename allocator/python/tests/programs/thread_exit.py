"""SystemExit and exceptions in threads."""
import sys
import threading


def leave():
    sys.exit(7)


def fail():
    raise ValueError("in a thread")


for target in leave, fail:
    thread = threading.Thread(target=target, name=target.__name__)
    thread.start()
    thread.join()
print("goes on", threading.active_count(), threading.main_thread().name)
