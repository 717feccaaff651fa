"""No traceback of ours is in what an exception was caught with, either."""
import traceback

try:
    1 / 0
except ZeroDivisionError as error:
    traceback.print_exc()
    kept = error
raise RuntimeError from kept
