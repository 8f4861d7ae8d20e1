"""Telling a drive of this computer from one over the network.

Write-ahead logging needs memory shared by all users of the file, so a workspace is never written
over a network (sqlite.org/wal.html: "does not work over a network filesystem").
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "glusterfs",
        "davfs", "coda", "ocfs2", "gfs2", "beegfs",
    }
)  # fmt: skip
# User-space file systems name what they are behind a dot: fuse.sshfs.
_NETWORK_FUSE = frozenset(
    {"sshfs", "rclone", "davfs", "davfs2", "glusterfs", "gvfsd-fuse", "curlftpfs", "s3fs", "smbnetfs", "ceph"}
)
_DRIVE_REMOTE = 4  # GetDriveTypeW
_OCTAL = re.compile(r"\\([0-7]{3})")


def on_network(path: Path) -> bool:
    """Whether ``path`` (which need not exist) lies on a network drive."""
    resolved = path.resolve()
    if is_unc(str(resolved)):
        return True
    if sys.platform == "win32":
        return _windows_remote(resolved)
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", errors="replace")
    except OSError:
        return False
    return mounted_from_network(str(resolved), mounts)


def is_unc(path: str) -> bool:
    r"""Whether a Windows path names a server: ``\\server\share``, ``\\?\UNC\server\share``."""
    text = path.replace("/", "\\")
    if text.upper().startswith("\\\\?\\UNC\\"):
        return True
    return text.startswith("\\\\") and text[2:3] not in {"?", ".", ""}


def mounted_from_network(path: str, mountinfo: str) -> bool:
    """Whether the mount that holds ``path`` is a network one, by the text of /proc/self/mountinfo."""
    holder, kind = "", ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        parts, tail = before.split(" "), after.split(" ")
        if not separator or len(parts) < 5:
            continue
        point = _OCTAL.sub(lambda match: chr(int(match.group(1), 8)), parts[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # A later mount on the same point hides the earlier one.
        if inside and len(point) >= len(holder):
            holder, kind = point, tail[0]
    if kind.startswith("fuse."):
        return kind.removeprefix("fuse.") in _NETWORK_FUSE
    return kind in _NETWORK_TYPES


if sys.platform == "win32":

    def _windows_remote(path: Path) -> bool:
        import ctypes

        root = f"{path.drive}\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)
