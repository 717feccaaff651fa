"""Other programs, and what they find."""
import os
import subprocess
import sys

print(subprocess.run([sys.executable, "-c", "import sys; print(sys.path[0]); sys.exit(2)"],
                     stdout=subprocess.PIPE))
print(subprocess.run(["sh", "-c", "exit 3"], preexec_fn=os.setsid).returncode)
print(sorted(name for name in os.environ if "PYTHON" in name or "PROF" in name))
