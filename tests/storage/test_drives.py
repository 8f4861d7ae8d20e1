"""Telling network drives by what the system says of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from akimat_desk.storage.drives import is_unc, mounted_from_network, on_network

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /home rw - btrfs /dev/sdb rw
31 22 0:40 / /mnt/share rw,relatime - cifs //server/share rw
32 22 0:41 / /mnt/Ортақ\040диск rw - nfs4 server:/export rw
33 22 0:42 / /home/u/remote rw,nosuid shared:7 master:1 - fuse.sshfs u@server: rw
34 22 0:43 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
35 22 8:17 / /media/stick rw - fuseblk /dev/sdc1 rw
36 31 8:18 / /mnt/share/local rw - ext4 /dev/sdd1 rw
37 22 0:44 / /covered rw - nfs server:/x rw
38 22 8:19 / /covered rw - xfs /dev/sde rw
a line that is none of these
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/u/a.akimat", False),
        ("/mnt/share/a.akimat", True),
        ("/mnt/share", True),
        ("/mnt/shared/a.akimat", False),
        ("/mnt/Ортақ диск/а б.akimat", True),
        ("/home/u/remote/a.akimat", True),
        ("/run/user/1000/gvfs/smb/a.akimat", True),
        ("/media/stick/a.akimat", False),
        ("/mnt/share/local/a.akimat", False),
        ("/covered/a.akimat", False),
        ("/a.akimat", False),
    ],
)
def test_linux_mounts(path: str, network: bool) -> None:
    assert mounted_from_network(path, MOUNTS) is network


def test_no_mounts_known() -> None:
    assert mounted_from_network("/a", "") is False


@pytest.mark.parametrize(
    ("path", "unc"),
    [
        (r"\\server\share\a.akimat", True),
        ("//server/share/a.akimat", True),
        (r"\\?\UNC\server\share\a.akimat", True),
        (r"\\?\C:\a.akimat", False),
        (r"\\.\PhysicalDrive0", False),
        (r"C:\Users\a.akimat", False),
        ("/home/u/a.akimat", False),
        (r"\\", False),
    ],
)
def test_windows_shares(path: str, unc: bool) -> None:
    assert is_unc(path) is unc


def test_the_folder_of_tests_is_on_this_computer(tmp_path: Path) -> None:
    assert on_network(tmp_path / "not yet there.akimat") is False


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux")
def test_a_system_that_tells_nothing_is_taken_as_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    assert on_network(tmp_path) is False
