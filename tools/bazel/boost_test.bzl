"""Tests with Boost.Test."""

def boost_test(name, srcs, deps = [], defines = [], **kwargs):
    """A test program of Boost.Test; the module takes the target's name."""
    native.cc_test(
        name = name,
        size = kwargs.pop("size", "small"),
        srcs = srcs,
        local_defines = defines + ["BOOST_TEST_MODULE=" + name],
        deps = deps + ["@system//:boost_test"],
        **kwargs
    )
