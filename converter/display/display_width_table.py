#!/usr/bin/env python3
"""Writes display_width_table.h from the Unicode data of this Python.

    ./display_width_table.py > display_width_table.h

Unassigned characters join the ranges around them, which keeps the tables
short; no text uses them.
"""
import unicodedata

IDEOGRAPHS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
              (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]
JOINING_JAMO = [(0x1160, 0x11FF), (0xD7B0, 0xD7FB)]


def within(c, ranges):
    return any(first <= c <= last for first, last in ranges)


def is_zero_width(c):
    if within(c, JOINING_JAMO):
        return True
    category = unicodedata.category(chr(c))
    return None if category == 'Cn' else category in ('Mn', 'Me')


def is_wide(c):
    if within(c, IDEOGRAPHS):
        return True
    if unicodedata.category(chr(c)) == 'Cn':
        return None
    return (unicodedata.east_asian_width(chr(c)) in ('W', 'F')
            and not is_zero_width(c))


def ranges(belongs):
    found, is_open = [], False
    for c in range(0x300, 0x110000):
        if 0xD800 <= c < 0xE000 or belongs(c) is None:
            continue
        if not belongs(c):
            is_open = False
        elif is_open:
            found[-1][1] = c
        else:
            found.append([c, c])
            is_open = True
    return found


def show(name, belongs):
    print(f'inline constexpr CharacterRange {name}[] = {{')
    line = '   '
    for first, last in ranges(belongs):
        item = f' {{{first:#x}, {last:#x}}},'
        if len(line) + len(item) > 80:
            print(line)
            line = '   '
        line += item
    print(line)
    print('};')


print(f'''\
// Characters that do not take one column of a terminal, of Unicode
// {unicodedata.unidata_version}. Written by display_width_table.py.
#ifndef PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_TABLE_H_
#define PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_TABLE_H_

#include <cstdint>

namespace prof2cg {{

struct CharacterRange {{
  uint32_t first;
  uint32_t last;
}};

// Combining marks and the vowels and final consonants of Hangul: no column.''')
show('kZeroWidth', is_zero_width)
print('''
// East Asian characters, full-width forms and emoji: two columns.''')
show('kWide', is_wide)
print('''
}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_TABLE_H_''')
