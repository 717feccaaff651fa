import sys

import beside

print(sys.argv, beside.__file__, __spec__.name, __file__)
