"""Running prof2cg and the programs that judge it."""

import json
import subprocess


def run(*command):
    """What it has written; ends all where it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit("%s\n%s" % (command, done.stderr.decode()))
    return done.stdout.decode("utf-8", "surrogateescape")


def top(prof2cg, profile, *options):
    """Its report of all functions."""
    return json.loads(run(prof2cg, "top", "-n", "0", "--json", *options, profile))
