"""``python -m building`` with installer/ on the path; ``dev.py build`` calls it so."""

import sys

from .commands import main

sys.exit(main(sys.argv[1:]))
