"""Decodes a profile of pprof by the rules of Protocol Buffers alone, with ids
and texts looked up, and prints it as JSON: python3 pprof_show.py FILE"""

import collections
import gzip
import json
import sys


def varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        shift += 7
        at += 1
        if byte < 0x80:
            return number, at


def signed(number):
    return number - (1 << 64) if number >> 63 else number


def fields(data):
    """{field: [number or bytes]} of a message."""
    found = collections.defaultdict(list)
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        value, at = varint(data, at)
        if tag & 7 == 2:
            value, at = data[at:at + value], at + value
            assert at <= len(data)
        else:
            assert tag & 7 == 0
        found[tag >> 3].append(value)
    return found


def numbers(data):
    found = []
    at = 0
    while at < len(data):
        number, at = varint(data, at)
        found.append(signed(number))
    return found


def one(message, field):
    return message[field][0] if message[field] else 0


def main():
    with gzip.open(sys.argv[1]) as file:
        profile = fields(file.read())
    texts = [text.decode("utf-8") for text in profile[6]]
    assert texts[0] == "" and len(set(texts)) == len(texts)

    def text(message, field):
        return texts[one(message, field)]

    def by_id(field):
        rows = [fields(data) for data in profile[field]]
        table = {one(row, 1): row for row in rows}
        assert len(table) == len(rows) and 0 not in table
        return table

    mappings, locations, functions = by_id(3), by_id(4), by_id(5)

    def frame(id):
        location = locations[id]
        [line] = map(fields, location[4])
        function = functions[one(line, 1)]
        assert not function[3]
        object = text(mappings[one(location, 2)], 5)
        return [text(function, 2), text(function, 4), one(function, 5), object,
                one(line, 2)]

    def label(data):
        message = fields(data)
        return [text(message, 1), text(message, 2)]

    samples = [fields(data) for data in profile[2]]
    types = [fields(data) for data in profile[1]]
    json.dump({
        "types": [[text(t, 1), text(t, 2)] for t in types],
        "default": texts[one(profile, 14)],
        "samples": [[[frame(id) for id in numbers(one(s, 1))],
                     numbers(one(s, 2)), [label(data) for data in s[3]]]
                    for s in samples],
        "comments": [texts[place] for place in profile[13]],
    }, sys.stdout)


main()
