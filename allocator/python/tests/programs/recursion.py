"""Ends by RecursionError, caught; how deep is no matter."""


def deeper(n):
    return deeper(n + 1)


try:
    deeper(0)
except RecursionError as error:
    print(error)
