import sys

from . import other

print(sys.argv[1:], __name__, __package__, __spec__.name, other.__name__)
