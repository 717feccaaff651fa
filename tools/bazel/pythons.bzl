"""All Python interpreters that an extension can be built for."""

_HEADERS = """
cc_library(
    name = "headers_{name}",
    hdrs = glob(["{name}/**/*.h"]),
    includes = ["{name}"],
    visibility = ["//visibility:public"],
)
"""

# Without the dot and the ending: cpython-311-x86_64-linux-gnu.
def _name(suffix):
    return suffix[1:].rpartition(".")[0]

def _pythons_impl(repository):
    find = repository.path(Label("//tools/bazel:find_pythons"))
    ask = repository.path(Label("//tools/bazel:ask_python.py"))
    build = ""
    found = {}
    for python in repository.execute([find]).stdout.splitlines():
        # -I: as it is by itself, whatever PYTHON* say.
        answer = repository.execute([python, "-I", ask])
        if answer.return_code != 0:
            continue
        suffix, include, executable = answer.stdout.splitlines()
        name = _name(suffix)
        if name in found:
            continue
        found[name] = struct(name = name, suffix = suffix, path = executable)
        repository.symlink(include, name)
        build += _HEADERS.format(name = name)
    repository.file("BUILD", build)
    repository.file("found.bzl", "PYTHONS = %r\n" % found.values())

pythons = repository_rule(
    doc = """Makes @pythons//:headers_NAME for each kind of interpreter.

    A kind is what has one suffix of extensions; found.bzl lists, for each, its
    name, the suffix, and the path of the interpreter that was found first.
    There is none where no interpreter has headers. PYTHONS_STATE changes with
    the interpreters (tools/bazel/watch_pythons).""",
    implementation = _pythons_impl,
    environ = ["HOME", "PATH", "PYTHON", "PYTHONS_STATE"],
    local = True,
)
