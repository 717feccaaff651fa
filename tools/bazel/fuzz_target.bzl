"""Fuzz targets, and the replay of their corpus as an ordinary test."""

load(":boost_test.bzl", "boost_test")

def fuzz_target(name, srcs, corpus, deps = []):
    """Makes NAME, a libFuzzer program, and NAME_replay_test.

    Args:
      name: of the fuzzer, which builds with --config=fuzz only.
      srcs: define LLVMFuzzerTestOneInput.
      corpus: label of a filegroup; the replay runs every file of it.
      deps: of srcs.
    """
    native.cc_library(
        name = name + "_target",
        testonly = True,
        srcs = srcs,
        alwayslink = True,
        deps = deps,
    )
    native.cc_binary(
        name = name,
        testonly = True,
        linkopts = ["-fsanitize=fuzzer"],
        tags = ["manual"],
        deps = [":" + name + "_target"],
    )
    boost_test(
        name = name + "_replay_test",
        srcs = ["//tools/fuzz:replay.cc"],
        args = ["--", "$(rootpaths %s)" % corpus],
        data = [corpus],
        deps = [":" + name + "_target"],
    )
