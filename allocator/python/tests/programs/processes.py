"""multiprocessing and pools, in the way that is its argument."""
import concurrent.futures
import multiprocessing
import os
import sys

STARTED = os.getpid()


class Own:
    """Found in __main__ by whoever unpickles it."""

    def __init__(self, n):
        self.n = n


def square(own):
    return Own(own.n**2)


def fail():
    raise ValueError("in a process")


def leave():
    sys.exit(6)


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    for target in leave, square, fail:
        arguments = (Own(2),) if target is square else ()
        process = context.Process(target=target, args=arguments, name="P")
        process.start()
        process.join()
        print(process.exitcode)
    with context.Pool(2) as pool:
        print([own.n for own in pool.map(square, map(Own, range(5)))])
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        print([own.n for own in pool.map(square, map(Own, range(5)))])
