"""Another program takes its place."""
import os
import sys

print("before", flush=True)
os.execv(sys.executable, [sys.executable, "-c", "import sys; print(sys.argv)", "x"])
