"""Exceptions, chained and with notes where there are any."""
import atexit

atexit.register(print, "at exit")


def first():
    return {}["key"]


def second():
    try:
        first()
    except KeyError as error:
        raise ValueError("second") from error


second()
