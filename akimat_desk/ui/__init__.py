"""The window: pages, models, dialogs and theme over the same services as the command line.

The only package that knows Qt; nobody knows it. A page is a thin widget: what needs a file or the
database runs on a worker (:mod:`work`) through the one link to the services (:mod:`desk`).
"""
