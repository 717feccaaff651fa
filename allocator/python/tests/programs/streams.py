"""Bytes, encodings, and both streams in turn."""
import sys

print(sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors, sys.stdin.encoding)
print(sys.stdout.line_buffering, sys.stderr.line_buffering)
sys.stdout.flush()
sys.stdout.buffer.write(b"\xff\x00bytes\n")
print("caf\u00e9 \u2603", file=sys.stderr)
print(sys.stdin.buffer.read())
