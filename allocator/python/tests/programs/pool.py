"""A pool that is ended as pools usually are: by SIGTERM, while it waits."""
import multiprocessing
import sys


def work(n):
    return n


def meet(barrier):
    """So that all are there before one has done the work of all."""
    barrier.wait()


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    with context.Pool(2, meet, [context.Barrier(2)]) as pool:
        print(sum(pool.map(work, range(8), chunksize=1)))
