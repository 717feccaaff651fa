"""A program that profiles itself: the hook is one, and we have it first."""
import threading
import tracemalloc

tracemalloc.start()
kept = [bytes(100) for _ in range(100)]
current, peak = tracemalloc.get_traced_memory()
print(current > 10000, peak >= current)
tracemalloc.stop()
threading.setprofile(None)
