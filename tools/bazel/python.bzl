"""The system's Python, for the one plugin that links it."""

_QUESTION = """
import os, sysconfig
get = sysconfig.get_config_var
include = get("INCLUDEPY")
library = get("LIBDIR")
if os.path.exists(os.path.join(include, "Python.h")) and get("Py_ENABLE_SHARED"):
    print(include)
    print(library)
    print("python" + get("LDVERSION"))
"""

_BUILD = """
cc_library(
    name = "embed",
    hdrs = glob(["include/**/*.h"], allow_empty = True),
    includes = ["include"],
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
"""

def _system_python_impl(repository):
    python = repository.os.environ.get("PYTHON", "/usr/bin/python3")
    answer = repository.execute([python, "-c", _QUESTION])
    facts = answer.stdout.splitlines() if answer.return_code == 0 else []
    linkopts = []
    if facts:
        repository.symlink(facts[0], "include")
        linkopts = ["-L" + facts[1], "-Wl,-rpath," + facts[1], "-l" + facts[2]]
    repository.file("BUILD", _BUILD.format(linkopts = repr(linkopts)))

    # Without headers or a shared library there is no plugin; all else builds.
    repository.file("found.bzl", "PYTHON_FOUND = %s\n" % bool(facts))

system_python = repository_rule(
    doc = "Makes @python//:embed of $PYTHON, else of /usr/bin/python3.",
    implementation = _system_python_impl,
    environ = ["PYTHON"],
    local = True,
)
