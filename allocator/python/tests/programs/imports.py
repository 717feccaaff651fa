"""Modules of the standard library, one beside the program, one that is missing."""
import collections
import dataclasses
import json
import pickle
import re

import beside


@dataclasses.dataclass
class Point:
    x: int
    y: collections.OrderedDict = None


print(pickle.loads(pickle.dumps(Point(1))), json.dumps(vars(Point(2))))
print(re.sub(r"(\w+)", r"<\1>", "a b"), beside.__name__)
import not_to_be_found
