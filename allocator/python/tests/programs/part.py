"""A program that records a part of itself."""
import prof2cg_record


def inside():
    pass


def outside():
    pass


outside()
with prof2cg_record.record("part.pstats", events="time,alloc"):
    inside()
    inside()
outside()
try:
    prof2cg_record.stop()
except RuntimeError as error:
    print(error)
prof2cg_record.start("again.pstats")
inside()
try:
    prof2cg_record.start()
except RuntimeError as error:
    print(error)
prof2cg_record.snapshot()
outside()
prof2cg_record.stop()
for wrong in {"events": "time,x"}, {"max_contexts": 0}, {"colour": 1}:
    try:
        prof2cg_record.start("never.pstats", **wrong)
    except (TypeError, ValueError) as error:
        print(error)
try:
    prof2cg_record.start("nowhere/never.pstats")
except OSError as error:
    print(str(error).rpartition(": ")[2])
prof2cg_record.start("left.pstats", quiet=True)
inside()
