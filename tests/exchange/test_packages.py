"""From the okrug to the raion and back: one file up, a receipt down."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import jsonschema
import pytest

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.exchange import ledger
from akimat_desk.exchange.keys import office_key, set_aside
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receipts import PackageState, take_receipt
from akimat_desk.exchange.receiving import answer, confirm_key, receive, register_key
from akimat_desk.exchange.sending import PRACTICE, sent_again, write_package
from akimat_desk.exchange.verify import verify
from akimat_desk.storage.journal import head, verify_journal
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import KATO, RAION, Office
from .tampering import resealed, unpacked


def refusal(raion: Office, data: bytes) -> str:
    with pytest.raises(InputRefused) as refused:
        receive(raion.workspace, DEFAULT_ACTOR, data, "p.akpack")
    return refused.value.message.key.removeprefix("error.exchange.")


def test_figures_arrive_as_they_were_confirmed(okrug: Office, raion: Office) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    assert taken.state is PackageState.CHECKED
    assert taken.unit.kato == KATO
    assert taken.changed is None
    with okrug.workspace.reading() as here, raion.workspace.reading() as there:
        for day in (None, dt.date(2026, 1, 15)):
            sent = budget_as_of(here, okrug.unit_id, 2026, day)
            came = budget_as_of(there, taken.unit.id, 2026, day)
            assert came.figures == sent.figures
            assert [(x.section, x.code, x.amount, x.kind) for x in came.lines] == [
                (x.section, x.code, x.amount, x.kind) for x in sent.lines
            ]
            assert came.decision.number == sent.decision.number
            assert came.decision.date == sent.decision.date


def test_the_same_number_is_the_same_file(okrug: Office) -> None:
    first = okrug.package()
    assert okrug.package() == first
    with okrug.workspace.reading() as session:
        assert sent_again(session, okrug.unit_id, 1)[1] == first
        with pytest.raises(UsageProblem):
            sent_again(session, okrug.unit_id, 2)


def test_the_next_package_names_the_one_before(okrug: Office, raion: Office) -> None:
    first = verify(okrug.package(2025), "1.akpack")
    second = verify(okrug.package(2026), "2.akpack")
    assert (second.manifest.sequence, second.manifest.previous) == (2, first.sealed.sha256)
    with okrug.workspace.reading() as session:
        assert second.manifest.journal[0] == head(session)[0] - 1  # the row of writing it comes after
    receive(raion.workspace, DEFAULT_ACTOR, first.sealed.data, "1.akpack")
    taken = receive(raion.workspace, DEFAULT_ACTOR, second.sealed.data, "2.akpack")
    assert {finding.code for finding in taken.findings} == {"exchange.key_unconfirmed"}


def test_a_gap_is_said_and_an_older_one_refused(okrug: Office, raion: Office) -> None:
    first, _second = okrug.package(2025), okrug.package(2026)
    third = okrug.package(2026, to=RAION)
    receive(raion.workspace, DEFAULT_ACTOR, first, "1.akpack")
    taken = receive(raion.workspace, DEFAULT_ACTOR, third, "3.akpack")
    assert "exchange.gap" in {finding.code for finding in taken.findings}
    assert refusal(raion, third) == "replay"
    assert refusal(raion, _second) == "older"


def test_a_number_that_continues_another_file_is_refused(okrug: Office, raion: Office) -> None:
    first, second = okrug.package(2025), okrug.package(2026)
    receive(raion.workspace, DEFAULT_ACTOR, first, "1.akpack")
    other = resealed(lambda manifest: manifest.__setitem__("previous", "0" * 64))(second, okrug.key)
    assert refusal(raion, other) == "chain"


def test_a_stranger_s_key_is_refused_until_it_is_registered(
    okrug: Office, raion: Office, tmp_path: Path
) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    stranger, kept = set_aside(KATO, tmp_path / "okrug keys")
    assert kept.exists()
    data = write_package(okrug.workspace, DEFAULT_ACTOR, okrug.unit_id, Period(2026), stranger).data
    assert refusal(raion, data) == "foreign_key"
    register_key(raion.workspace, DEFAULT_ACTOR, KATO, stranger.public)
    taken = receive(raion.workspace, DEFAULT_ACTOR, data, "2.akpack")
    assert taken.findings == ()


def test_a_confirmed_key_is_not_warned_of(okrug: Office, raion: Office) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    assert confirm_key(raion.workspace, DEFAULT_ACTOR, KATO) == okrug.key.public
    assert receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2026), "2.akpack").findings == ()
    with raion.workspace.reading() as session:
        assert [row.key_confirmed for row in ledger.board(session)] == [True]


def test_practice_never_meets_live(okrug: Office, raion: Office) -> None:
    live = okrug.package(2025)
    okrug.workspace.set_setting(DEFAULT_ACTOR, PRACTICE, True)
    lesson = okrug.package(2026)
    assert refusal(raion, lesson) == "practice"
    raion.workspace.set_setting(DEFAULT_ACTOR, PRACTICE, True)
    assert refusal(raion, live) == "live_into_practice"


def test_only_the_addressee_takes_it(okrug: Office, raion: Office) -> None:
    assert refusal(raion, okrug.package(2025, to="880100000")) == "other_addressee"
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025, to=RAION), "1.akpack")


def test_a_unit_of_another_raion_is_refused(okrug: Office, tmp_path: Path) -> None:
    from akimat_desk.core.language import Trilingual
    from akimat_desk.places.kinds import UnitKind
    from akimat_desk.places.service import create_unit
    from akimat_desk.storage.workspace import Workspace

    with Workspace.create(tmp_path / "other.akimat") as workspace:
        name = Trilingual("Басқа аудан", "Другой район")
        unit = create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.RAION, name=name, kato="880100000")
        other = Office(workspace, okrug.key, unit.id)
        assert refusal(other, okrug.package()) == "not_below"


def test_an_okrug_receives_nothing(okrug: Office) -> None:
    with pytest.raises(UsageProblem) as refused:
        receive(okrug.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    assert refused.value.message.key == "error.exchange.nobody_above"


def test_the_receipt_goes_back(okrug: Office, raion: Office) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    with pytest.raises(UsageProblem):
        answer(raion.workspace, DEFAULT_ACTOR, taken.package_id, PackageState.RETURNED, raion.key)
    _, data = answer(
        raion.workspace, DEFAULT_ACTOR, taken.package_id, PackageState.RETURNED, raion.key, "Код жетіспейді"
    )
    receipt, sequence = take_receipt(okrug.workspace, DEFAULT_ACTOR, data, "r.akreceipt")
    assert (sequence, receipt.state, receipt.note) == (1, PackageState.RETURNED, "Код жетіспейді")
    with okrug.workspace.reading() as session:
        assert [(each.answer, each.answer_note) for each in ledger.sent(session)] == [
            ("returned", "Код жетіспейді")
        ]
    with raion.workspace.reading() as session:
        (row,) = ledger.board(session)
        assert row.state(Period(2026)) is PackageState.RETURNED
        assert row.state(Period(2025)) is PackageState.MISSING
    assert verify_journal(okrug.workspace) == verify_journal(raion.workspace) == []


@pytest.mark.parametrize("at", [20, -10])
def test_an_altered_receipt_is_refused(okrug: Office, raion: Office, at: int) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    _, data = answer(raion.workspace, DEFAULT_ACTOR, taken.package_id, PackageState.ACCEPTED, raion.key)
    altered = bytearray(data)
    altered[at] = ord("A") if altered[at] != ord("A") else ord("B")
    with pytest.raises(InputRefused):
        take_receipt(okrug.workspace, DEFAULT_ACTOR, bytes(altered), "r.akreceipt")


def test_a_receipt_for_another_office_is_refused(okrug: Office, raion: Office) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    _, data = answer(raion.workspace, DEFAULT_ACTOR, taken.package_id, PackageState.ACCEPTED, raion.key)
    with pytest.raises(UsageProblem):
        take_receipt(raion.workspace, DEFAULT_ACTOR, data, "r.akreceipt")


def test_the_published_schemas_say_the_same(okrug: Office) -> None:
    members = unpacked(okrug.package())
    for member in ("manifest", "figures"):
        schema = json.loads(resource("exchange", f"{member}.schema.json").read_text("utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.Draft7Validator(schema).validate(json.loads(members[f"{member}.json"]))


def test_sums_over_leaves_of_the_table_are_the_totals(okrug: Office) -> None:
    package = verify(okrug.package(), "p.akpack")
    rows = list(csv.DictReader(io.StringIO(package.sealed.facts.decode())))
    newest = package.decisions[-1]
    for year, content in newest.edition.years.items():
        mine = [row for row in rows if (row["document"], row["year"]) == (newest.ref, str(year))]
        for section, figure in (("revenue", "revenue_total"), ("expenditure", "costs")):
            leaves = [row for row in mine if row["section"] == section and row["leaf"] == "true"]
            tiyn = sum(int(row["amount"].replace(".", "")) for row in leaves)
            assert tiyn == next(a for f, a in content.figures().items() if f.value == figure)


def test_the_fingerprint_in_words_is_the_same_in_both_languages(okrug: Office) -> None:
    kk, ru = (okrug.key.public.words(language).split() for language in (Language.KK, Language.RU))
    assert len(kk) == len(ru) == 8
    with resource("exchange", "fingerprint_words.csv").open(encoding="utf-8") as stream:
        pairs = {tuple(row.values()) for row in csv.DictReader(stream)}
    assert len(pairs) == 128
    assert set(zip(kk, ru, strict=True)) <= pairs


def test_a_key_opens_with_its_pass_phrase_only(tmp_path: Path) -> None:
    made = office_key(KATO, "ұзақ сөйлем", tmp_path)
    assert made.made
    assert office_key(KATO, "ұзақ сөйлем", tmp_path).public == made.public
    for wrong, key in ((None, "passphrase_needed"), ("басқа сөйлем", "passphrase_wrong")):
        with pytest.raises(UsageProblem) as refused:
            office_key(KATO, wrong, tmp_path)
        assert refused.value.message.key == f"error.exchange.{key}"
    with pytest.raises(UsageProblem):
        office_key("990150000", "қысқа", tmp_path)
    made.path.write_bytes(b"-----BEGIN NOTHING-----")
    with pytest.raises(InputRefused):
        office_key(KATO, None, tmp_path)
