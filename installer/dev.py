"""The developer's door: prepares this checkout and runs the program, its tests or its checks.

    python3 installer/dev.py demo      the main job on the shipped example (a window, where there is a screen)
    python3 installer/dev.py test      every test; words after it go to pytest
    python3 installer/dev.py --help    the other commands

Standard library only. This file must be readable by any Python 3, however old, so that a Python that does
not fit is told so in a sentence instead of a SyntaxError; the work itself is in devkit/.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve()
FITTING = ((3, 11), (3, 12), (3, 13))
PROBE = "import sys; print('%d.%d' % sys.version_info[:2] if sys.maxsize > 2**32 else '32-bit')"


def fits():
    return sys.version_info[:2] in FITTING and sys.maxsize > 2**32


def find_fitting():
    """The command of a fitting Python found on this machine, or None."""
    for major, minor in reversed(FITTING):
        version = f"{major}.{minor}"
        for command in ([f"python{version}"], ["py", f"-{version}"]):
            found = shutil.which(command[0])
            if found is None or (command[0] == "py" and os.name != "nt"):
                continue
            command = [found, *command[1:]]
            # A name on PATH may be a launcher of something not installed: ask it.
            try:
                answer = subprocess.run(
                    [*command, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
                )
            except OSError:
                continue
            if answer.stdout.decode("ascii", "replace").strip() == version:
                return command
    return None


def refuse():
    bits = "" if sys.maxsize > 2**32 else ", 32-bit"
    own = f"{sys.version_info[0]}.{sys.version_info[1]}{bits}"
    if os.name == "nt":
        cure = "Install Python 3.12 (64-bit) for Windows and run: py -3.12 installer\\dev.py " + " ".join(
            sys.argv[1:]
        )
    else:
        cure = (
            "Install one of them beside it (Debian 12, Debian 13 and Ubuntu 24.04 have a fitting one: "
            "apt-get install python3) and run: python3.12 installer/dev.py " + " ".join(sys.argv[1:])
        )
    sys.stderr.write(
        f"Akimat Desk needs Python 3.11, 3.12 or 3.13 (64-bit). This is Python {own} ({sys.executable}), "
        f"and no fitting one was found on PATH.\n{cure.strip()}\n"
    )
    return 2


def main():
    if not fits():
        other = find_fitting()
        if other is None:
            return refuse()
        return subprocess.call([*other, str(HERE), *sys.argv[1:]])
    # Also where Python was told not to look beside the script (-I, PYTHONSAFEPATH).
    sys.path.insert(0, str(HERE.parent))
    from devkit.commands import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The next run goes on from here.\n")
        sys.exit(130)
