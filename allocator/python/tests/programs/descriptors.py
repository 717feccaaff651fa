"""What is open: nothing that was not."""
import os

print([os.readlink("/proc/self/fd/%d" % n).split(":")[0] if n < 3 else n
       for n in sorted(map(int, os.listdir("/proc/self/fd")))])
print(len(os.listdir("/proc/self/task")))
