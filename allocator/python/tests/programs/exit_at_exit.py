"""What fails at the end is told, and the status stays."""
import atexit


@atexit.register
def fail():
    raise ValueError("at exit")


@atexit.register
def leave():
    raise SystemExit(5)


print("main")
