#!/usr/bin/env python3
"""Writes app.sleepy and old.sleepy here, as versions 0.90 and 0.82 of Very Sleepy would."""
import os
import zipfile

SYMBOLS = r'''0x140001010 "app" "main" "c:\src\app.cpp" 12
0x140001043 "app" "main" "c:\src\app.cpp" 14
0x140001100 "app" "std::vector<int, std::allocator<int> >::push_back" "c:\vc\include\vector" 801
0x140001104 "app" "walk" "c:\src\walk.cpp" 7
0x140001108 "app" "walk" "c:\vc\include\vector" 990
0x7ffa00010000 "ntdll" "RtlUserThreadStart" "[unknown]" 0
0x7ffa00020000 "ntdll" "[7FFA00020000]" "" 0
0x7ffa00030000 "kernel32" "walk" "" 0
'''
CALLSTACKS = '''0.0312 0x140001100 0x140001043 0x7ffa00010000
0.0151 0x140001010 0x7ffa00010000
0.250003 0x140001104 0x140001108 0x140001104 0x140001043 0x7ffa00010000
0.0009 0x7ffa00020000
1.00001e-05 0x7ffa00030000 0x140001104 0x140001043 0x7ffa00010000
'''
OLD_SYMBOLS = '''sym0 "app" "main" "app.c" 3
sym1 "app" "work" "app.c" 9
'''
OLD_CALLSTACKS = '''1.5 sym1 sym0
0.5 sym0
'''


def write(name, members):
    with zipfile.ZipFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w") as archive:
        for member, text in members:
            info = zipfile.ZipInfo(member)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.replace("\n", "\r\n"))


write("app.sleepy", [("Stats.txt", "Filename: c:\\app.exe\nDuration: 1.2\nSamples: 40\n"), ("Symbols.txt", SYMBOLS),
                     ("IPCounts.txt", "0\n"), ("Callstacks.txt", CALLSTACKS), ("Version 0.90 required", "0.90\n")])
write("old.sleepy", [("symbols.txt", OLD_SYMBOLS), ("callstacks.txt", OLD_CALLSTACKS)])
