"""Packages of many okrugs verified and taken in, beside reading the same lines with openpyxl.

python tests/benchmarks/bench_packages.py [COUNT]      (200 by default; the country has 2,345)
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from akimat_desk.budget.views import Stage  # noqa: E402
from akimat_desk.core.language import Trilingual  # noqa: E402
from akimat_desk.core.money import DECISION_STEP  # noqa: E402
from akimat_desk.exchange.container import DESCRIPTION, FACTS, FIGURES, write_container  # noqa: E402
from akimat_desk.exchange.contents.decisions import TravellingDecision  # noqa: E402
from akimat_desk.exchange.facts import description, facts_csv  # noqa: E402
from akimat_desk.exchange.keys import office_key  # noqa: E402
from akimat_desk.exchange.manifest import Manifest, Member, Period  # noqa: E402
from akimat_desk.exchange.receiving import receive  # noqa: E402
from akimat_desk.exchange.verify import verify  # noqa: E402
from akimat_desk.places.kinds import UnitKind  # noqa: E402
from akimat_desk.places.service import create_unit  # noqa: E402
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace  # noqa: E402

YEAR = 2026


def figures(kato: str, costs: int) -> dict[str, object]:
    """One decision of 60 lines for each of three years; ``costs`` in tiyn."""
    lines = [
        {
            "section": "expenditure",
            "code": f"{group:02d}/{number}/124/{number:03d}",
            "kind": "expenditure",
            "figure": None,
            "name_kk": f"Бағдарлама {group}/{number}",
            "name_ru": f"Программа {group}/{number}",
            "printed_name": "",
            "raw": "",
            "row": 0,
            "amount_tiyn": costs,
        }
        for group in range(1, 11)
        for number in range(1, 7)
    ]
    total = costs * len(lines)
    years = [
        {
            "year": YEAR + ahead,
            "annex": ahead + 1,
            "last_figure": "costs",
            "figures_tiyn": {"revenue_total": total, "tax": total, "costs": total},
            "carried": [],
            "lines_carried": False,
            "lines": lines,
        }
        for ahead in range(3)
    ]
    decision = {
        "type": "budget_decision", "ref": f"{kato}:1", "kind": "decision", "first_year": YEAR, "number": "1",
        "date": "2025-12-26", "effective_date": None, "session": "", "title": "", "language": "kk",
        "confirmed_at": "2026-01-05T06:00:00Z", "reason": "", "based_on": None, "years": years,
    }  # fmt: skip
    return {
        "format_version": 1,
        "unit": kato,
        "period": {"year": YEAR, "month": None},
        "documents": [decision],
    }


def make(count: int, folder: Path) -> tuple[list[bytes], int]:
    """The packages, and the sum of all costs."""
    packages, total = [], 0
    key = office_key("990000000", "a benchmark", folder)
    for number in range(count):
        kato = f"99{number // 90 + 10:02d}{number % 90 + 10:02d}000"
        data = figures(kato, DECISION_STEP * (100 + number))
        decisions = [TravellingDecision.from_data(each) for each in data["documents"]]  # type: ignore[attr-defined]
        period = Period(YEAR)
        members = {
            FIGURES: json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
            FACTS: facts_csv(kato, period, decisions),
            DESCRIPTION: description(kato, f"Округ {number}", period),
        }
        manifest = Manifest(
            kato, "okrug", f"Округ {number}", f"Округ {number}", None, period, 1, None, "2026.1", False,
            (1, "0" * 64), kato, "benchmark", dt.datetime(2026, 2, 1, tzinfo=dt.UTC), key.public,
            tuple(Member.of(name, content) for name, content in sorted(members.items())),
        )  # fmt: skip
        packages.append(write_container(manifest, key.sign(manifest.to_bytes()), members))
        total += 60 * DECISION_STEP * (100 + number)
    return packages, total


def with_openpyxl(count: int) -> float:
    """Seconds to read the same lines from as many workbooks (ten are timed)."""
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    for _ in range(3):
        sheet = book.create_sheet()
        for number in range(60):
            sheet.append([f"01/{number}", "Бағдарлама", "Программа", 10.5])
    stream = io.BytesIO()
    book.save(stream)
    sample = 10
    start = time.perf_counter()
    for _ in range(sample):
        loaded = load_workbook(io.BytesIO(stream.getvalue()), read_only=True)
        rows = sum(1 for sheet in loaded.worksheets[1:] for _ in sheet.iter_rows(values_only=True))
        assert rows == 180
    return (time.perf_counter() - start) / sample * count


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packages, total = make(count, folder)
        start = time.perf_counter()
        for data in packages:
            verify(data, "p")
        verified = time.perf_counter() - start
        with Workspace.create(folder / "oblast.akimat") as workspace:
            names = Trilingual("Облыс", "Область")
            create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OBLAST, name=names, kato="990000000")
            start = time.perf_counter()
            for data in packages:
                receive(workspace, DEFAULT_ACTOR, data, "p")
            received = time.perf_counter() - start
            assert stored_total(workspace) == total
            workspace.close(make_backup=False)
        openpyxl = with_openpyxl(count)
    print(f"{count} packages of 60 lines x 3 years (verified and stored sums equal)")
    print(f"  verified                  {verified:8.2f} s   {verified / count * 1000:6.2f} ms each")
    print(f"  received one by one       {received:8.2f} s   {received / count * 1000:6.2f} ms each")
    print(f"  the rows with openpyxl    {openpyxl:8.2f} s   (nothing verified, nothing stored)")


def stored_total(workspace: Workspace) -> int:
    """Costs of the first year over all units, in tiyn."""
    from akimat_desk.budget.decisions.questions import budget_as_of
    from akimat_desk.budget.figures import Figure
    from akimat_desk.places.service import units

    with workspace.reading() as session:
        below = [unit for unit in units(session) if unit.kind is UnitKind.OKRUG]
        views = [budget_as_of(session, unit.id, YEAR, None, Stage.AMENDED) for unit in below]
    return sum(view.figures[Figure.COSTS] or 0 for view in views)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
