"""Recordings of itself that cannot begin, or not end."""
import os
import resource
import sys

import prof2cg_record


def try_to(call, *args, **options):
    try:
        call(*args, **options)
    except (OSError, RuntimeError) as error:
        print("OSError" if isinstance(error, OSError) else "RuntimeError")


def let_others_profile(on):
    if not hasattr(sys, "monitoring"):
        sys.setprofile((lambda *_: None) if on else None)
        return
    for tool in 3, 4, 5:
        if on:
            sys.monitoring.use_tool_id(tool, "another")
        else:
            sys.monitoring.free_tool_id(tool)


def watches():
    """Whether the event is there by which a watcher is woken."""
    links = ("/proc/self/fd/" + fd for fd in os.listdir("/proc/self/fd"))
    return any("eventfd" in os.readlink(link) for link in links if os.path.islink(link))


let_others_profile(True)
for _ in 1, 2:
    try_to(prof2cg_record.start, "never.pstats", children="merge")
let_others_profile(False)

files = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, files[1]))
try_to(prof2cg_record.start, "never.pstats", control=True, children="merge")
resource.setrlimit(resource.RLIMIT_NOFILE, files)

os.mkdir("never")
prof2cg_record.start("never/never.pstats", control=True)
os.rmdir("never")
try_to(prof2cg_record.stop)
print(watches())
