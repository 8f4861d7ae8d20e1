#!/bin/sh
# Starts Akimat Desk with the Python beside this file, whatever else is set up on the machine.
here=$(dirname -- "$(readlink -f -- "$0")")
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP LD_LIBRARY_PATH
PYTHONNOUSERSITE=1
export PYTHONNOUSERSITE
exec "$here/python/bin/python3" -m akimat_desk "$@"
