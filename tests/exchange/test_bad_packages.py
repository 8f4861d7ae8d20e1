"""Every bad package is refused in its own words, and nothing of it is stored."""

from __future__ import annotations

import pytest

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.language import Language
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.receiving import receive
from akimat_desk.exchange.verify import verify
from akimat_desk.storage.copies import connect
from akimat_desk.storage.digest import content_digest
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import Office
from .tampering import BAD


def test_the_good_one_is_good(good: tuple[bytes, OfficeKey]) -> None:
    assert verify(good[0], "good.akpack").manifest.sequence == 1


@pytest.mark.parametrize("name", BAD)
def test_refused_with_its_own_reason(name: str, good: tuple[bytes, OfficeKey]) -> None:
    make, reason = BAD[name]
    with pytest.raises(InputRefused) as refused:
        verify(make(*good), "bad.akpack")
    assert refused.value.message.key == f"error.exchange.{reason}"
    for language in Language:
        assert "bad.akpack" in refused.value.text(language)


def test_nothing_of_a_bad_one_is_stored(good: tuple[bytes, OfficeKey], raion: Office) -> None:
    with connect(raion.workspace.database, writable=False) as connection:
        before = content_digest(connection)
        for make, _ in BAD.values():
            with pytest.raises(InputRefused):
                receive(raion.workspace, DEFAULT_ACTOR, make(*good), "bad.akpack")
        assert content_digest(connection) == before
