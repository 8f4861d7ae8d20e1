"""The command line keeps the names, shapes and exit statuses that others rely on."""

from __future__ import annotations

import io
import sqlite3
import sys
from pathlib import Path

import pytest

from akimat_desk.budget.figures import Figure
from akimat_desk.core.resources import resource

from .conftest import Run

DECEMBER = resource("example", "2026-2028_kk.html")
AMENDMENT = resource("example", "2026-2028_amendment_kk.html")
FINDING_KEYS = {"code", "severity", "message", "source", "where", "difference", "fix"}
BAD_SUM = (
    "О бюджете Жанабулакского сельского округа на 2026-2028 годы\n"
    "1. Утвердить бюджет Жанабулакского сельского округа на 2026-2028 годы согласно приложениям 1, 2 и 3, "
    "в том числе на 2026 год в следующих объемах:\n"
    "1) доходы – 1 000 тысяч тенге, в том числе:\nналоговые поступления – 100 тысяч тенге;\n"
    "поступления трансфертов – 895 тысяч тенге;\n2) затраты – 1 000 тысяч тенге;\n"
    "3) чистое бюджетное кредитование – 0;\n4) сальдо по операциям с финансовыми активами – 0;\n"
    "5) дефицит (профицит) бюджета – 0;\n6) финансирование дефицита (использование профицита) бюджета – 0.\n"
)


def test_reading_stores_nothing_and_has_the_contracts_shape(run: Run) -> None:
    ran = run("decision", "read", DECEMBER, "--json")
    assert ran.status == 0, ran.err
    shape = ran.json
    assert set(shape) >= {"language", "decision", "units", "findings"}
    assert shape["language"] == "kk"
    assert shape["decision"] == {
        "title": shape["decision"]["title"],
        "number": "XXXIV-212",
        "date": "2025-12-26",
        "is_amendment": False,
        "effective_date": shape["decision"]["effective_date"],
        "session": shape["decision"]["session"],
        "maslikhat": shape["decision"]["maslikhat"],
    }
    [unit] = shape["units"]
    assert unit["first_year"] == 2026
    assert unit["years"] == [2026, 2027, 2028]
    assert set(unit["figures"]) == {figure.value for figure in Figure}
    assert unit["figures"]["revenue_total"] == "103912.9"
    assert unit["figures"]["special_receipts"] is None
    assert [annex["year"] for annex in unit["annexes"]] == [2026, 2027, 2028]
    line = unit["annexes"][0]["lines"][1]
    assert set(line) >= {"section", "code", "name", "amount"}
    assert line["code"] == {"category": "1"}


def test_an_error_found_is_status_one_and_speaks_the_language_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "решение.txt"
    path.write_text(BAD_SUM, "utf-8")
    for language in ("kk", "ru", "en"):
        ran = run("--lang", language, "decision", "read", path, "--json")
        assert ran.status == 1
        [unit] = ran.json["units"]
        [finding] = [f for f in unit["findings"] if f["severity"] == "error"]
        assert set(finding) == FINDING_KEYS
        assert finding["code"] == "balance.revenue"
        assert finding["difference"] in ("5", "-5")
        assert finding["source"]
    for_people = run("--lang", "ru", "decision", "read", path)
    assert for_people.status == 1
    assert "Ошибка" in for_people.out


def test_the_text_may_come_by_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD_SUM.encode("utf-8"))))
    assert run("decision", "read", "-", "--json").status == 1


def test_from_the_decision_to_the_budget_of_any_date(run: Run, okrug: Path) -> None:
    assert run("decision", "import", okrug, DECEMBER, "--confirm").status == 0
    amended = run("decision", "import", okrug, AMENDMENT, "--confirm", "--json")
    assert amended.status == 0
    assert amended.json["documents"][0]["state"] == "confirmed"

    before = run("budget", "show", okrug, "--year", 2026, "--as-of", "2026-06-11", "--json").json
    after = run("budget", "show", okrug, "--year", 2026, "--as-of", "2026-06-14", "--json").json
    approved = run("budget", "show", okrug, "--year", 2026, "--stage", "approved", "--json").json
    projection = run("budget", "show", okrug, "--year", 2028, "--json").json
    assert before["figures"]["revenue_total"] == approved["figures"]["revenue_total"] == "103912.9"
    assert before["figures"] == approved["figures"]
    assert after["figures"]["revenue_total"] == "110952.9"
    assert after["figures"]["deficit"] == "-1845.3"
    assert after["figures"]["balances_used"] == "1845.3"
    assert (after["basis"], after["stage"], after["unit"]) == ("decision", "amended", "990140000")
    assert projection["basis"] == "projection"
    assert {"section", "code", "name_kk", "name_ru", "amount"} <= set(after["lines"][0])
    names = [line["name_ru"] for line in after["lines"] if line["code"] == {"category": "5"}]
    assert names == ["Поступления трансфертов"]


def test_a_draft_is_not_the_budget(run: Run, okrug: Path) -> None:
    assert run("decision", "import", okrug, DECEMBER, "--json").json["documents"][0]["state"] == "draft"
    ran = run("--lang", "ru", "budget", "show", okrug, "--year", 2026, "--json")
    assert ran.status == 2
    assert ran.out == ""
    assert "2026" in ran.err


def test_the_ratio(run: Run, okrug: Path) -> None:
    run("decision", "import", okrug, DECEMBER, "--confirm")
    run("decision", "import", okrug, AMENDMENT, "--confirm")
    shape = run("ratio", okrug, "--from", 2026, "--to", 2026, "--json").json
    assert shape["denominator"] == "total_revenue"
    assert shape["formula"]
    [year] = shape["years"]
    assert year == {
        "year": 2026,
        "basis": "amended",
        "own_revenue": "26112.9",
        "denominator_amount": "110952.9",
        "ratio_percent": "23.5",
        "target_percent": "33.0",
        "gap_points": "9.5",
        "gap_thousand_tenge": "15673.96567",
        "gap_if_total_fixed": "10501.557",
    }
    costs = run("ratio", okrug, "--from", 2026, "--to", 2026, "--denominator", "costs", "--json").json[
        "years"
    ][0]
    assert costs["denominator_amount"] == "112798.2"
    assert costs["gap_thousand_tenge"] == costs["gap_if_total_fixed"]


def test_confirming_errors_asks_for_a_reason(run: Run, okrug: Path, tmp_path: Path) -> None:
    path = tmp_path / "решение.txt"
    path.write_text(BAD_SUM, "utf-8")
    refused = run("--lang", "ru", "decision", "import", okrug, path, "--confirm")
    assert refused.status == 2
    assert "причину" in refused.err
    assert run("budget", "show", okrug, "--year", 2026).status == 2
    stored = run("decision", "import", okrug, path, "--confirm", "--reason", "принято так", "--json")
    assert stored.status == 1
    shown = run("budget", "show", okrug, "--year", 2026, "--json")
    assert shown.status == 1
    assert "balance.revenue" in {finding["code"] for finding in shown.json["findings"]}
    checked = run("check", okrug, "--json")
    assert checked.status == 1


def test_reports_are_listed_and_made(run: Run, okrug: Path, tmp_path: Path) -> None:
    run("decision", "import", okrug, DECEMBER, "--confirm")
    run("decision", "import", okrug, AMENDMENT, "--confirm")
    listed = run("report", "list", "--json").json["reports"]
    assert {"annex", "decision_text", "self_sufficiency"} <= {report["id"] for report in listed}
    there = {"year", "amendment"}  # a plan and what was executed are made by other tests
    for report in [report for report in listed if set(report["needs"]) <= there]:
        for file_format in report["formats"]:
            out = tmp_path / f"{report['id']}.{file_format}"
            ran = run(
                "report", "run", report["id"], okrug, "--year", 2026, "--doc-lang", "kk+ru",
                "--format", file_format, "--out", out,
            )  # fmt: skip
            assert ran.status == 0, ran.err
            assert out.stat().st_size > 200
    unknown = run(
        "report", "run", "none", okrug, "--year", 2026, "--format", "pdf", "--out", tmp_path / "x.pdf"
    )
    assert unknown.status == 2
    assert "annex" in unknown.err


def test_a_written_annex_reads_back(run: Run, okrug: Path, tmp_path: Path) -> None:
    run("decision", "import", okrug, DECEMBER, "--confirm")
    wanted = run("budget", "show", okrug, "--year", 2026, "--json").json
    for file_format in ("xlsx", "docx"):
        out = tmp_path / f"annex.{file_format}"
        run(
            "report",
            "run",
            "annex",
            okrug,
            "--year",
            2026,
            "--doc-lang",
            "ru",
            "--format",
            file_format,
            "--out",
            out,
        )
        ran = run("decision", "read", out, "--json")
        assert ran.status == 0, ran.out + ran.err
        [unit] = ran.json["units"]
        [first] = [annex for annex in unit["annexes"] if annex["year"] == 2026]
        assert [(line["code"], line["amount"]) for line in first["lines"]] == [
            (line["code"], line["amount"]) for line in wanted["lines"]
        ]


def test_copies_and_restoring(run: Run, okrug: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.akimat"
    assert run("backup", okrug, "--out", copy).status == 0
    run("decision", "import", okrug, DECEMBER, "--confirm")
    restored = run("restore", copy, okrug, "--json")
    assert restored.status == 0, restored.err
    assert Path(restored.json["kept"]).exists()
    assert run("budget", "show", okrug, "--year", 2026).status == 2


def test_selftest(run: Run) -> None:
    ran = run("selftest", "--json")
    assert ran.status == 0, ran.out
    assert ran.json["versions"]["python"].startswith("3.")


def test_demo_writes_reports_in_both_languages(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--dir", tmp_path / "үлгі", "--no-window", "--json")
    assert ran.status == 0, ran.err
    names = {Path(report).name for report in ran.json["reports"]}
    assert {name.split(".")[-1] for name in names} == {"pdf", "xlsx"}
    assert any("_kk." in name for name in names)
    assert any("_ru." in name for name in names)
    assert all(Path(report).stat().st_size for report in ran.json["reports"])


def test_without_a_display_the_window_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for command in (["gui"], []):
        ran = run("--lang", "ru", *command)
        assert ran.status == 2
        assert "экран" in ran.err.casefold()


def test_several_units_are_listed_when_none_is_named(run: Run, okrug: Path) -> None:
    from akimat_desk.core.language import Trilingual
    from akimat_desk.places.service import UnitKind, create_unit
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    with Workspace.open(okrug) as workspace:
        create_unit(
            workspace,
            DEFAULT_ACTOR,
            kato="990160000",
            kind=UnitKind.VILLAGE,
            name=Trilingual(kk="Көктөбе ауылы", ru="село Коктобе"),
        )
    ran = run("--lang", "ru", "budget", "show", okrug, "--year", 2026)
    assert ran.status == 2
    assert "990140000" in ran.err
    assert "село Коктобе" in ran.err
    assert run("decision", "import", okrug, DECEMBER, "--confirm", "--unit", "990140000").status == 0
    assert run("--unit", "990140000", "budget", "show", okrug, "--year", 2026).status == 0
    assert run("budget", "show", okrug, "--year", 2026, "--unit", "111111111").status == 2


SEVERAL = (
    "О бюджетах сельских округов Улгинского района на 2026-2028 годы\n"
    "1. Утвердить бюджет Айнабулакского сельского округа на 2026-2028 годы согласно приложениям 1, 2 и 3, "
    "в том числе на 2026 год в следующих объемах:\n1) доходы – 1 000 тысяч тенге, в том числе:\n"
    "налоговые поступления – 100 тысяч тенге;\nпоступления трансфертов – 900 тысяч тенге;\n"
    "2) затраты – 1 000 тысяч тенге.\n"
    "2. Утвердить бюджет села Коктобе на 2026-2028 годы согласно приложениям 4, 5 и 6, в том числе на 2026 "
    "год в следующих объемах:\n1) доходы – 2 000 тысяч тенге, в том числе:\n"
    "налоговые поступления – 600 тысяч тенге;\nпоступления трансфертов – 1 400 тысяч тенге;\n"
    "2) затраты – 2 000 тысяч тенге.\n"
)


def test_a_raion_takes_in_a_decision_on_all_its_okrugs(run: Run, tmp_path: Path) -> None:
    raion, paper = tmp_path / "raion.akimat", tmp_path / "решение.txt"
    paper.write_text(SEVERAL, "utf-8")
    run(
        "new",
        raion,
        "--kato",
        "990100000",
        "--kind",
        "raion",
        "--name-kk",
        "Үлгі",
        "--name-ru",
        "Улгинский район",
    )
    stored = run("decision", "import", raion, paper, "--confirm", "--json")
    assert stored.status == 0, stored.err
    assert len(stored.json["documents"]) == 2
    for name, tax in (("Айнабулакский сельский округ", "100"), ("село Коктобе", "600")):
        shown = run("--unit", name, "budget", "show", raion, "--year", 2026, "--json")
        assert shown.status == 0, shown.err
        assert shown.json["figures"]["tax"] == tax
    # A second decision finds the units that are there.
    paper.write_text(SEVERAL.replace("2026", "2027").replace("2028", "2029"), "utf-8")
    assert run("decision", "import", raion, paper, "--confirm").status == 0
    assert len(run("ratio", raion, "--unit", "село Коктобе", "--json").json["years"]) >= 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["decision", "read", "нет такого файла.docx"],
        ["budget", "show", "none.akimat", "--year", "2026"],
        ["ratio", "none.akimat"],
        ["check", "none.akimat"],
        ["backup", "none.akimat"],
        ["restore", "none.akimat", "other.akimat"],
        ["unknown"],
        ["budget", "show"],
        ["budget", "show", "none.akimat", "--year", "MMXXVI"],
        ["new", "new.akimat", "--kato", "12", "--kind", "okrug", "--name-kk", "А", "--name-ru", "А"],
        ["new", "new.akimat", "--kato", "990140000", "--kind", "okrug", "--name-kk", "", "--name-ru", ""],
        [
            "new",
            "no folder/new.akimat",
            "--kato",
            "990140000",
            "--kind",
            "okrug",
            "--name-kk",
            "А",
            "--name-ru",
            "А",
        ],
    ],
)
def test_what_cannot_be_done_is_status_two_with_a_sentence(
    run: Run, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--lang", "ru", *arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.strip()) > 10
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_date_that_is_none_is_said_in_words(run: Run, okrug: Path) -> None:
    ran = run("--lang", "ru", "budget", "show", okrug, "--year", 2026, "--as-of", "14.06.2026")
    assert ran.status == 2
    assert "14.06.2026" in ran.err


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04broken", "Здравствуйте".encode()])
def test_bad_input_stores_nothing(run: Run, okrug: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(content)
    ran = run("--lang", "kk", "decision", "import", okrug, path, "--confirm", "--json")
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.strip()
    with sqlite3.connect(okrug) as database:
        assert database.execute("select count(*) from budget_documents").fetchone() == (0,)
    database.close()
