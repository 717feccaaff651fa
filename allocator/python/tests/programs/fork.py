"""Children that end in each way."""
import os
import sys


def end(way):
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        print("child", way)
        if way == "exit":
            sys.exit(3)
        if way == "raise":
            raise ValueError("in the child")
        if way == "leave":
            sys.stdout.flush()
            os._exit(4)
        os.kill(os.getpid(), 9)
    return os.waitpid(child, 0)[1]


print([end(way) for way in ("exit", "raise", "leave", "kill")])
