"""Where a server's workspace is: an address, or a small file that holds one. Never a password in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.files import as_problem, store_bytes

if TYPE_CHECKING:
    from sqlalchemy import URL

SCHEMES = ("postgresql", "postgres")
#: A file that stands for a server's workspace, to be opened and handed on like any other.
LINK_SUFFIX = ".akimat-server"
_SERVICE = "akimat-desk"
_LONGEST_LINK = 4096


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Host (or the folder of a Unix socket), database and user. ``str`` of it never has the password."""

    host: str
    database: str
    user: str = ""
    port: int = 5432
    password: str | None = field(default=None, repr=False)
    #: libpq's words for TLS ("require", "verify-full"); "" leaves libpq's own.
    sslmode: str = ""

    def __str__(self) -> str:
        at = f"{quote(self.user, safe='')}@" if self.user else ""
        where = quote(self.host, safe="") if self.host.startswith("/") else self.host
        query = f"?sslmode={self.sslmode}" if self.sslmode else ""
        return f"postgresql://{at}{where}:{self.port}/{quote(self.database, safe='')}{query}"

    @property
    def account(self) -> str:
        """Under which name the system's keyring keeps the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    def url(self, password: str | None) -> URL:
        """For SQLAlchemy. Without a password libpq looks into its own places (``~/.pgpass``)."""
        from sqlalchemy import URL

        query = {"host": self.host} if self.host.startswith("/") else {}
        if self.sslmode:
            query["sslmode"] = self.sslmode
        return URL.create(
            "postgresql+psycopg",
            username=self.user or None,
            password=password,
            host=None if self.host.startswith("/") else self.host,
            port=self.port,
            database=self.database,
            query=query,
        )


def is_address(written: str) -> bool:
    """Whether a word on the command line is a server's address and no file's name."""
    return written.partition("://")[0].casefold() in SCHEMES and "://" in written


def parse_address(written: str) -> ServerAddress:
    """Take an address apart. Raises UsageProblem, without repeating a password that stood in it."""
    try:
        parts = urlsplit(written)
        port = parts.port or 5432
    except ValueError as error:
        raise UsageProblem("error.server.address") from error
    host = unquote(parts.hostname or "")
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    if host.startswith("/"):  # urlsplit made the folder's letters small
        host = _folder_of(written)
    host = unquote(query.pop("host", host))
    sslmode = query.pop("sslmode", "")
    database = unquote(parts.path.lstrip("/"))
    if query or not database or not host or "/" in database:
        raise UsageProblem("error.server.address")
    password = unquote(parts.password) if parts.password is not None else None
    return ServerAddress(host, database, unquote(parts.username or ""), port, password, sslmode)


def _folder_of(written: str) -> str:
    authority = written.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return unquote(authority.rpartition(":")[0] or authority)


def place(written: str) -> Path | ServerAddress:
    """A workspace as named on the command line: a file, or a server's address. Raises UsageProblem."""
    return parse_address(written) if is_address(written) else Path(written)


def is_link(path: Path) -> bool:
    """Whether this file stands for a server's workspace."""
    return path.suffix == LINK_SUFFIX


def read_link(path: Path) -> ServerAddress:
    """The address in a link file. Raises InputRefused, EnvironmentProblem."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST_LINK)
    except OSError as error:
        raise as_problem(error, path) from error
    try:
        address = parse_address(json.loads(raw)["workspace"])
    except (ValueError, KeyError, TypeError, AttributeError, UsageProblem) as error:
        raise InputRefused("error.server.link", path=str(path)) from error
    return address


def write_link(address: ServerAddress, path: Path) -> Path:
    """Write a link file, without the password. Raises EnvironmentProblem."""
    content = json.dumps({"workspace": str(address)}, ensure_ascii=False, indent=1)
    return store_bytes(path, (content + "\n").encode())


def link_of(address: ServerAddress) -> Path:
    """Where this person's link to an address lies, and beside it the copies made here."""
    import platformdirs

    where = address.host.strip("/").replace("/", "-") or "local"
    folder = platformdirs.user_data_path("akimat-desk", appauthor=False) / "servers"
    return folder / f"{address.database} {where}{LINK_SUFFIX}"


# -- passwords --------------------------------------------------------------------------------------


def remembered_password(address: ServerAddress) -> str | None:
    """The password in the address, else the one in the system's keyring; None where neither has it."""
    if address.password is not None:
        return address.password
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, address.account)
    except (KeyringError, RuntimeError, OSError):  # no keyring on this computer, or it is locked
        return None


def can_remember() -> bool:
    """Whether this computer has a keyring that keeps passwords enciphered."""
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    backend = keyring.get_keyring()
    return not isinstance(backend, NoKeyring) and backend.priority >= 1


def remember_password(address: ServerAddress, password: str) -> bool:
    """Put the password into the system's keyring; False where there is none to put it into."""
    import keyring
    from keyring.errors import KeyringError

    if not can_remember():
        return False
    try:
        keyring.set_password(_SERVICE, address.account, password)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True
