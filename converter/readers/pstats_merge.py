"""Adds pstats dumps up by Python's own pstats, in the order given.

    python3 -IS pstats_merge.py DUMP... > SUM
"""
import marshal
import pstats
import sys

total = pstats.Stats(sys.argv[1])
for path in sys.argv[2:]:
    total.add(path)
sys.stdout.buffer.write(marshal.dumps(total.stats))
