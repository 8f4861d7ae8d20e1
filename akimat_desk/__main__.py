"""``python -m akimat_desk``."""

import sys

from akimat_desk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
