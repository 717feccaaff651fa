import atexit
import os

atexit.register(print, "never")
os.write(1, b"written\n")
os._exit(9)
