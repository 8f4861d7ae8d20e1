"""Run at every start of the Python that this program carries (by akimat_start.pth): finds the program.

The line ``program`` of current.txt names the folder that runs, so an update is put beside the old program and
chosen, or taken back, by writing that one line anew.
"""

import os
import sys


def _start():
    home = os.path.dirname(sys.prefix)
    # A program on trial is named by another file (akimat_desk/updates/installing.py).
    current = os.environ.get("AKIMAT_DESK_CURRENT", "current.txt")
    with open(os.path.join(home, os.path.basename(current)), encoding="utf-8") as stream:
        chosen = dict(line.split() for line in stream if line.strip())
    sys.path.append(os.path.join(home, "programs", chosen["program"]))
    sys.path.append(os.path.join(home, "libraries", chosen["libraries"]))
    os.environ["AKIMAT_DESK_HOME"] = home


_start()
