"""Forks a child that ends as its argument says; both have work of their own."""
import os
import sys


def before():
    pass


def of_child():
    pass


def of_parent():
    pass


before()
child = os.fork()
if child == 0:
    of_child()
    if sys.argv[1] == "leave":
        os._exit(0)
    sys.exit(0)
os.waitpid(child, 0)
of_parent()
