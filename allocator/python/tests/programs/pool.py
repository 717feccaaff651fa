"""A pool that is ended as pools usually are: by SIGTERM, while it waits."""
import multiprocessing
import sys
import time


def work(n):
    time.sleep(0.02)
    return n


if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(sum(pool.map(work, range(8), chunksize=1)))
