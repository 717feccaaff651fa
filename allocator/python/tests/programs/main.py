"""What a program finds when it begins."""
import sys

print(sys.argv, sys.path)
print(sys.flags, getattr(sys, "orig_argv", [])[1:], sys.warnoptions)
print({name: value for name, value in globals().items() if name != "__builtins__"}.keys())
print(__name__, globals().get("__file__"), __package__, __spec__ and __spec__.name)
print(type(__loader__), globals().get("__cached__"), type(__builtins__), __doc__)
print(sys.modules["__main__"].__dict__ is globals(), sys.stdin.read())
print([name for name in sys.modules if name in ("runpy", "threading", "re", "types")])
