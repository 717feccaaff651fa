"""Extension modules, one for each kind of interpreter."""

load("@pythons//:found.bzl", "PYTHONS")

_SYMBOLS = "//tools/bazel:extension.lds"

def python_extension(name, srcs, deps = [], copts = [], **kwargs):
    """Makes NAME<suffix> for each interpreter, and NAME, the group of them.

    All that depends on the interpreter is in `srcs`; `deps` are compiled once.
    Nothing links libpython, so that a module is any such interpreter's.

    Args:
      name: of the module, behind the folder of its package, if any.
      srcs: include Python.h.
      deps: of srcs, without Python.
      copts: of srcs.
      **kwargs: of the targets.
    """
    modules = [name + python.suffix for python in PYTHONS]
    for python in PYTHONS:
        native.cc_binary(
            name = name + python.suffix,
            srcs = srcs,
            copts = ["-O2"] + copts,
            # A C++ library of its own, which nobody sees: modules may meet that
            # were made for other ones.
            linkopts = [
                "-Wl,--version-script,$(location %s)" % _SYMBOLS,
                "-Wl,--as-needed",
                "-l:libstdc++.a",
                "-l:libgcc_eh.a",
            ],
            linkshared = True,
            deps = deps + [_SYMBOLS, "@pythons//:headers_" + python.name],
            **kwargs
        )
    native.filegroup(
        name = name,
        srcs = modules,
        **kwargs
    )
