"""The virtual environment `.venv`: made from the lock with hashes, remade whenever it does not match.

One rule heals everything (an interrupted set-up, a changed lock, another Python, a moved folder): the stamp
is written last, and an environment whose stamp does not say exactly what is wanted is made anew. Only when
nothing but the project's own description changed is the project alone installed again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from . import ROOT, SetupProblem, say

VENV = ROOT / ".venv"
LOCK = ROOT / "installer" / "requirements.lock"
RUNTIME_LOCK = ROOT / "installer" / "runtime.lock"  # what is given away runs on, nothing for development
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "akimat-setup.json"
MARK = VENV / "made-by-akimat-dev"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

NETWORK_WORDS = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ConnectionResetError",
    "ReadTimeoutError",
    "ProxyError",
    "SSLError",
    "Max retries exceeded",
    "Network is unreachable",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
)
DISK_WORDS = ("No space left on device", "[Errno 28]", "not enough space on the disk")


def child_environment() -> dict[str, str]:
    """This process's environment without what would lead a Python in `.venv` to other libraries."""
    left_out = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"}
    return {key: value for key, value in os.environ.items() if key not in left_out}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def wanted_stamp() -> dict[str, str]:
    return {
        "lock": digest(LOCK),
        "project": digest(PROJECT),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "root": str(ROOT),
    }


def present_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def works() -> bool:
    """Whether the environment's interpreter still starts (its base Python may have been removed)."""
    try:
        return subprocess.run([PYTHON, "-c", ""], env=child_environment(), check=False).returncode == 0
    except OSError:
        return False


def prepare_environment() -> None:
    """Make `.venv` what the lock says. Raises SetupProblem."""
    for path in (LOCK, PROJECT):
        if not path.is_file():
            raise SetupProblem(f"{path} is missing: this checkout is not complete. Take the project anew.")
    wanted, present = wanted_stamp(), present_stamp()
    differing = {key for key in wanted if wanted[key] != present.get(key)}
    if not differing and works():
        return
    if differing == {"project"} and works():
        STAMP.unlink(missing_ok=True)
    else:
        say("making the virtual environment .venv (the first time this takes a minute or two)")
        remove_old()
        create()
        install_lock()
    install_project()
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps(wanted, indent=1), "utf-8")
    unfinished.replace(STAMP)
    say("ready")


def remove_old() -> None:
    if VENV.is_symlink() or (VENV.exists() and not VENV.is_dir()):
        raise SetupProblem(f"{VENV} is not a folder. Move it away and run this again.")
    if not VENV.exists():
        return
    if any(VENV.iterdir()) and not (MARK.exists() or (VENV / "pyvenv.cfg").exists()):
        raise SetupProblem(f"{VENV} holds something else than a virtual environment. Move it away.")
    try:
        STAMP.unlink(missing_ok=True)  # first: half a removal must not look whole
        shutil.rmtree(VENV)
    except OSError as error:
        raise SetupProblem(
            f"The old virtual environment cannot be removed ({error}). Close every program that runs from "
            f"{VENV}, or remove the folder yourself, and run this again."
        ) from error


def create() -> None:
    try:
        VENV.mkdir()
        MARK.touch()
    except OSError as error:
        raise SetupProblem(
            f"The folder {VENV} cannot be made ({error}). Copy the project where you may write."
        ) from error
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV],
        env=child_environment(),
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if made.returncode != 0:
        raise SetupProblem(
            "Python could not make the virtual environment: "
            + ((made.stdout + made.stderr).strip() or f"status {made.returncode}")
        )


def install_lock() -> None:
    say("installing what installer/requirements.lock names")
    # Hashes are demanded, nothing outside the lock is resolved, and no package's own build script is run.
    words = ["install", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(LOCK)]
    if not sys.stdout.isatty():
        words.append("--quiet")  # nobody watches the progress
    pip(*words)


def install_project() -> None:
    pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def pip(*words: str) -> None:
    """Run pip in the environment, its words passed on; raises SetupProblem with a plain sentence."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *words]
    with subprocess.Popen(
        command,
        env={**child_environment(), "PIP_USER": "0"},  # whatever a person's pip.conf says
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        heard: list[str] = []

        def listen() -> None:
            for line in process.stderr or ():
                heard.append(line)
                sys.stderr.write(line)

        listener = threading.Thread(target=listen)
        listener.start()
        process.wait()
        listener.join()
    if process.returncode != 0:
        raise SetupProblem(explain("".join(heard)))


def explain(words: str) -> str:
    """One sentence for why pip failed."""
    if "DO NOT MATCH THE HASHES" in words:
        return (
            "A downloaded package is not the one that was locked (its hash differs): it was not installed. "
            "Run this again; if it repeats, do not trust the place the packages come from."
        )
    if any(word in words for word in DISK_WORDS):
        return "The disk is full: about 700 MB are needed. Free some space and run this again."
    if any(word in words for word in NETWORK_WORDS):
        return (
            "The packages could not be fetched: the package index does not answer. Check the network "
            "(and the proxy settings, where there is one) and run this again; it starts over by itself."
        )
    if "No matching distribution found" in words:
        return (
            "The package index has no build of a locked package for this system. Akimat Desk runs on 64-bit "
            "Debian 12 and 13, Ubuntu 24.04, Windows 10 and 11 with Python 3.11 to 3.13."
        )
    return "pip could not install the packages; its own words are above. Put that right and run this again."
