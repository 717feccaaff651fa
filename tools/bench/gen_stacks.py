#!/usr/bin/env python3
"""Write synthetic collapsed stacks: a tree of calling contexts of any size.

    tools/bench/gen_stacks.py CONTEXTS FUNCTIONS OUT

A line per leaf of the tree, `root;caller;callee 1234`. A context is entered
from a random one of the 1 000 before it, so that stacks are up to 40 functions
deep. A function calls few others, and sometimes itself. The same arguments make
the same stacks.
"""

import argparse
import random

DEEPEST = 40
RECENT = 1000


def grow(contexts, functions):
    """Per context: its parent, which is an earlier one, and its function."""
    choose = random.Random(contexts)
    parents, of, depths, callees = [0], [0], [0], [0] * contexts
    for context in range(1, contexts):
        parent = choose.randrange(max(0, context - RECENT), context)
        if depths[parent] == DEEPEST:
            parent = 0
        parents.append(parent)
        depths.append(depths[parent] + 1)
        callee = 3 * of[parent] + 1 + callees[parent]
        if callees[parent] == 0 and context % 16 == 0:
            callee = of[parent]
        callees[parent] += 1
        of.append(callee % functions)
    return parents, of


def stacks(parents, of):
    texts = [""] * len(parents)
    is_leaf = bytearray(b"\1" * len(parents))
    for context in range(1, len(parents)):
        is_leaf[parents[context]] = 0
    for context, parent in enumerate(parents):
        name = "module%d.f%d" % (of[context] % 97, of[context])
        texts[context] = texts[parent] + ";" + name if context else name
        if is_leaf[context]:
            yield "%s %d\n" % (texts[context], 1 + context % 1009)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("contexts", metavar="CONTEXTS", type=int)
    parser.add_argument("functions", metavar="FUNCTIONS", type=int)
    parser.add_argument("out", metavar="OUT")
    args = parser.parse_args()
    with open(args.out, "w") as file:
        file.writelines(stacks(*grow(args.contexts, args.functions)))


if __name__ == "__main__":
    main()
