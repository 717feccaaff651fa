"""Calls that can be counted, in each place where there are any."""
import atexit
import threading


def recursive(n):
    return n and recursive(n - 1)


def in_thread():
    pass


def at_exit():
    pass


def main():
    recursive(6)


main()
threading.Thread(target=in_thread).start()
atexit.register(at_exit)
