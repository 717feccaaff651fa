"""What Python says of recordings, for their tests. Runs in Python 2.7, too.

    pstats_oracle.py compare ORIGINAL RECORDING...   pairs
    pstats_oracle.py version2 RECORDING...
    pstats_oracle.py rewrite RECORDING REWRITTEN
    pstats_oracle.py decode RECORDING

compare: that pstats has the same figures, to the nanosecond, and prints the same
for both of each pair; gives how many pairs this Python could load. version2: that
both objects are, byte by byte, what marshal writes of them. rewrite: saves what
pstats loads. decode: the tables behind the dump, read by nothing but what
converter/io/recording_format.h says, a line each row; texts in hexadecimal.
"""
import marshal
import pstats
import re
import struct
import sys
import zlib

try:
    from StringIO import StringIO
except ImportError:
    from io import StringIO


def nanoseconds(seconds):
    return int(round(seconds * 1e9))


def figures(value):
    """Of a function or of a call: two counts and two times."""
    return value[0], value[1], nanoseconds(value[2]), nanoseconds(value[3])


def check(theirs, ours):
    """Times that cProfile makes of whole nanoseconds are the same bit by bit."""
    assert figures(theirs) == figures(ours), (theirs, ours)
    for a, b in zip(theirs[2:4], ours[2:4]):
        assert a == b or a != nanoseconds(a) * 1e-9, (theirs, ours)


def text(value):
    """Of Python 2, whose names were bytes and are text in a recording."""
    if sys.version_info[0] == 2 and isinstance(value, str):
        try:
            return value.decode('utf-8')
        except UnicodeDecodeError:
            return value.decode('latin-1')
    return value


def key(function):
    name = function[2]
    if hasattr(name, 'co_name'):    # of `python -m profile`
        name = re.sub(' at 0x[0-9a-f]+', '', str(name))
    return text(function[0]), function[1], text(name)


def printed(stats):
    """What its users see, but for the file's name and date."""
    stream = StringIO()
    stats.stream = stream
    stats.sort_stats('stdname').print_stats()
    stats.print_callers()
    stats.print_callees()
    return stream.getvalue().split('\n\n', 1)[1]


def compare_calls(theirs, ours):
    assert set(map(key, theirs)) == set(ours)
    for caller, value in theirs.items():
        mine = ours[key(caller)]
        if isinstance(value, tuple):
            assert len(value) == 4, 'a merge of old versions of pstats'
            check(value, mine)
        else:                       # the profile module: a count
            assert value == mine[0], (value, mine)


def compare(original, recording):
    """Whether this Python can load the original."""
    try:
        loaded = pstats.Stats(original)
    except (ValueError, TypeError, EOFError, SystemError):
        return False
    theirs, ours = loaded.stats, pstats.Stats(recording).stats
    for function, value in theirs.items():
        mine = ours[key(function)]
        check(value, mine)
        compare_calls(value[4], mine[4])
    known = set(map(key, theirs))
    for function in set(ours) - known:   # callers without an entry
        assert ours[function] == (0, 0, 0.0, 0.0, {}), ours[function]
    exact = all(isinstance(call, tuple) for value in theirs.values()
                for call in value[4].values())
    if exact and len(ours) == len(known) and sys.version_info[0] == 3:
        assert printed(loaded) == printed(pstats.Stats(recording))
    return True


def check_version2(recording):
    with open(recording, 'rb') as file:
        content = file.read()
    with open(recording, 'rb') as file:
        for _ in range(2):
            begin = file.tell()
            value = marshal.load(file)
            assert content[begin:file.tell()] == marshal.dumps(value, 2)
        length, magic, checksum = struct.unpack('<Q8sI', file.read())
    assert length == len(content) - 20 - begin
    assert magic == b'\xffprof2cg'
    assert checksum == zlib.crc32(content[:-4])


TYPES = {'u1': 'B', '<u2': 'H', '<u4': 'I', '<i8': 'q'}


def numbers(column):
    type, packed = column
    data = zlib.decompress(packed)
    size = struct.calcsize('<' + TYPES[type])
    return struct.unpack('<%d%s' % (len(data) // size, TYPES[type]), data)


def decode(recording):
    with open(recording, 'rb') as file:
        marshal.load(file)
        parts = marshal.load(file)
    data = zlib.decompress(parts['texts']['bytes'][1])
    texts, begin = [], 0
    for size in numbers(parts['texts']['size']):
        texts.append(data[begin:begin + size].hex())
        begin += size
    for table, names in (
            ('functions', 'name file object line total primitive self inclusive'),
            ('calls', 'caller callee line total primitive inclusive self'),
            ('contexts', 'parent function line calls thread self'),
            ('sizes', 'context least blocks')):
        columns = []
        for name in names.split():
            column = parts.get(table, {}).get(name)
            if column is None:
                continue
            several = column if name in ('self', 'inclusive') else [column]
            for values in map(numbers, several):
                assert len(values) == parts[table]['rows']
                if name in ('name', 'file', 'object'):
                    values = [texts[value] for value in values]
                columns.append(values)
        for row in zip(*columns):
            print(' '.join(map(str, (table,) + row)))


def main(command, files):
    if command == 'compare':
        pairs = zip(files[::2], files[1::2])
        print(sum(compare(original, ours) for original, ours in pairs))
    elif command == 'version2':
        for file in files:
            check_version2(file)
    elif command == 'rewrite':
        pstats.Stats(files[0]).dump_stats(files[1])
    else:
        decode(files[0])


main(sys.argv[1], sys.argv[2:])
