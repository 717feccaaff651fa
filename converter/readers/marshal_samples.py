"""Random objects as Python marshals them, for the tests of the cursors.

    marshal_samples.py SEED COUNT

Writes COUNT objects, each in the marshal versions 0 to 4, to stdout: three
texts each, with a little-endian uint32 length before every one: the marshalled
bytes, the object as Show() of marshal_show.h must write it, and the same where
every third container is skipped.
"""
import marshal
import random
import struct
import sys

INTS = [sign * (1 << bits) + near
        for bits in (0, 7, 15, 30, 31, 32, 45, 60, 62, 63, 64, 75, 200)
        for near in (-1, 0, 1) for sign in (-1, 1)]
FLOATS = [0.0, -0.0, 1.0, -1.5, 1e300, 5e-324, -2.2250738585072009e-308,
          0.1, 1e-5, float('inf'), float('-inf'), float('nan')]
TEXTS = ['', 'a', 'name', 'n' * 255, 'n' * 256, 'n' * 300, '\xe9', 'na\xefve',
         '\u20ac' * 100, '\U0001f40d.py', '\ud800', 'caf\udce9.py',
         '\udfff\ud800', '\0', 'line\nbreak', '"quoted\\"', '\x7f\x80']
BYTES = [b'', b'ascii', b'\xe9t\xe9', '\u20ac'.encode(), b'\xed\xb3\xa9',
         b'\xc0\x80', b'\xf4\x90\x80\x80', b'\xff' * 300, b'\xe2\x82']
CODES = ['x = 1', 'def f(a, *, b=2, **c):\n def g(): return a, f\n return g',
         '\n\nclass Caf\xe9:\n x = lambda self: [i for i in {1, 2, 3}]',
         'def g(n):\n  def h():\n    yield n\n  return h']


def singletons(r):
    return r.choice([None, True, False, Ellipsis, StopIteration])


def code(r):
    compiled = compile(r.choice(CODES), r.choice(['<string>', 'caf\xe9.py']),
                       'exec')
    inner = [c for c in compiled.co_consts if hasattr(c, 'co_name')]
    return r.choice([compiled] + inner).replace(
        co_firstlineno=r.choice([0, 1, 70000]))


def leaf(r):
    return r.choice([
        singletons,
        lambda r: r.choice(INTS),
        lambda r: r.randrange(-300, 300),
        lambda r: r.randrange(-1 << 70, 1 << 70),
        lambda r: r.choice(FLOATS),
        lambda r: struct.unpack('<d', r.randbytes(8))[0],
        lambda r: complex(r.choice(FLOATS), r.random()),
        lambda r: r.choice(TEXTS),
        lambda r: sys.intern(r.choice(TEXTS)),
        lambda r: ''.join(map(chr, r.choices(range(0x3000), k=5))),
        lambda r: r.choice(BYTES),
        lambda r: r.randbytes(r.randrange(6)),
        code,
    ])(r)


def hashable(r, depth, pool):
    shape = r.randrange(6) if depth else 0
    if shape == 1:
        return tuple(hashable(r, depth - 1, pool)
                     for _ in range(r.randrange(4)))
    if shape == 2:
        return frozenset(hashable(r, depth - 1, pool)
                         for _ in range(r.randrange(4)))
    if shape == 3 and pool:
        candidate = r.choice(pool)
        try:
            hash(candidate)
            return candidate
        except TypeError:
            pass
    return leaf(r)


def anything(r, depth, pool):
    """An object that may contain members of `pool`, and joins it."""
    shape = r.randrange(9) if depth else 0
    items = r.choice([0, 1, 2, 3, 5] if depth < 4 else [5, 20])
    if shape in (1, 2):
        made = tuple(anything(r, depth - 1, pool) for _ in range(items))
    elif shape == 3:
        made = [anything(r, depth - 1, pool) for _ in range(items)]
    elif shape in (4, 5):
        made = {hashable(r, 2, pool): anything(r, depth - 1, pool)
                for _ in range(items)}
    elif shape == 6:
        made = {hashable(r, 2, pool) for _ in range(items)}
    elif shape == 7 and pool:
        return r.choice(pool)
    else:
        made = hashable(r, 2, pool)
    if len(pool) < 12:
        pool.append(made)
    return made


class Show:
    """What Show() of marshal_show.h does, from the objects themselves."""

    def __init__(self, version, skip_every):
        self.version = version
        self.skip_every = skip_every
        self.containers = 0
        self.within_sets = 0

    def skips(self):
        if self.within_sets:
            return False
        self.containers += 1
        return self.skip_every and self.containers % self.skip_every == 0

    def text(self, obj):
        if isinstance(obj, str):
            raw = text = obj.encode('utf-8', 'surrogatepass')
        else:
            raw = text = obj
            try:
                raw.decode('utf-8', 'surrogatepass')
            except UnicodeDecodeError:
                text = raw.decode('latin-1').encode()
        return b'%d"%s"' % (len(raw), text)

    def float(self, obj):
        if obj != obj and self.version < 2:
            obj = float('nan')  # its bits are lost in text
        return b'#%016x' % struct.unpack('<Q', struct.pack('<d', obj))

    def join(self, brackets, items):
        return brackets[:1] + b' '.join(items) + brackets[1:]

    def __call__(self, obj):
        if obj is None:
            return b'none'
        if isinstance(obj, bool):
            return b'true' if obj else b'false'
        if isinstance(obj, int):
            return b'%d' % min(max(obj, -1 << 63), (1 << 63) - 1)
        if isinstance(obj, float):
            return self.float(obj)
        if isinstance(obj, (str, bytes)):
            return self.text(obj)
        if hasattr(obj, 'co_name'):
            name = '<code object %s, file "%s", line %d>' % (
                obj.co_name, obj.co_filename, obj.co_firstlineno or -1)
            return name.encode('utf-8', 'surrogatepass')
        if isinstance(obj, (tuple, list)):
            brackets = b'()' if isinstance(obj, tuple) else b'[]'
            if self.skips():
                return b'%s%d%s' % (brackets[:1], len(obj), brackets[1:])
            return self.join(brackets, map(self, obj))
        if isinstance(obj, (set, frozenset)):
            if self.skips():
                return b'<%d>' % len(obj)
            self.within_sets += 1
            items = sorted(map(self, obj))
            self.within_sets -= 1
            return self.join(b'<>', items)
        if isinstance(obj, dict):
            if self.skips():
                return b'{?}'
            items = []
            for key, value in obj.items():
                items.append(self(key) + b': ' + self(value))
            return self.join(b'{}', items)
        return b'other'


def main():
    r = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        sample = anything(r, 4, [])
        for version in range(5):
            for text in (marshal.dumps(sample, version),
                         Show(version, 0)(sample), Show(version, 3)(sample)):
                sys.stdout.buffer.write(struct.pack('<I', len(text)) + text)


main()
