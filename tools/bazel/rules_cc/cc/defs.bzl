"""The rules of rules_cc by the names that Bazel's own tools load.

Debian's rules_cc wants a newer Bazel than Debian's; this Bazel has all of these
built in.
"""

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = native.cc_proto_library
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_alias = native.cc_toolchain_alias
cc_toolchain_suite = native.cc_toolchain_suite
objc_import = native.objc_import
objc_library = native.objc_library

cc_flags_supplier = None
compiler_flag = None
