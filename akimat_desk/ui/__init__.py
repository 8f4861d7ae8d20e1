"""The window: pages, models, dialogs and theme over the same services as the command line.

The only package that knows Qt; nobody knows it. A page is a thin widget: what needs a file or the
database runs on a worker (:mod:`work`) through the one link to the services (:mod:`desk`).
"""

import builtins

_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

# PySide6 looks at every import that comes after it, for ``from __feature__``, which nothing here uses;
# without that look SQLAlchemy loads a quarter faster.
builtins.__import__ = _import
