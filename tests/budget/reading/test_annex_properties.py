"""Random consistent annexes in random containers come back exact; one wrong amount is named where it is."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.budget.reading.annexes import read_annexes
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import DECISION_STEP, table_amount
from akimat_desk.intake import read_bytes

from . import annex_builder as build

_REVENUE_KINDS = {
    LineKind.TAX,
    LineKind.NONTAX,
    LineKind.CAPITAL_SALES,
    LineKind.SPECIAL_RECEIPTS,
    LineKind.TRANSFERS,
}
_TOTALS = {
    "kk": ["I. Кірістер", "II. Шығындар", "III. Таза бюджеттік кредит беру", "Бюджеттік кредиттер",
           "Бюджеттік кредиттерді өтеу", "IV. Қаржы активтерімен жасалатын операциялар бойынша сальдо",
           "Қаржы активтерін сатып алу", "Мемлекеттің қаржы активтерін сатудан түсетін түсімдер",
           "V. Бюджет тапшылығы (профициті)",
           "VI. Бюджет тапшылығын қаржыландыру (профицитін пайдалану)", "Қарыздар түсімі",
           "Қарыздарды өтеу", "Бюджет қаражатының пайдаланылатын қалдықтары"],
    "ru": ["I. Доходы", "II. Затраты", "III. Чистое бюджетное кредитование", "Бюджетные кредиты",
           "Погашение бюджетных кредитов", "IV. Сальдо по операциям с финансовыми активами",
           "Приобретение финансовых активов", "Поступления от продажи финансовых активов государства",
           "V. Дефицит (профицит) бюджета", "VI. Финансирование дефицита (использование профицита) бюджета",
           "Поступление займов", "Погашение займов", "Используемые остатки бюджетных средств"],
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A line as made: its section, its code, its name, its amount."""

    section: str
    code: Code | None
    name: str
    amount: int


def _pool(year: int, language: str) -> tuple[list[RevenueCode], list[ExpenditureCode]]:
    """The codes an annex of this year and language can print: named, with every level above named."""
    pack = pack_for(year)

    def printable(code: Code | None) -> bool:
        while code is not None:
            entry = pack.lookup(code)
            if entry is None or not entry.name.exact(Language(language)):
                return False
            code = code.parent
        return True

    revenue = [
        e.code
        for e in pack.revenue
        if e.code_known
        and e.kind in _REVENUE_KINDS
        and e.code.level <= 3
        and printable(e.code)
        # 3/03/… and the like only where no level is passed over
        and isinstance(e.code, RevenueCode)
    ]
    costs = [
        e.code
        for e in pack.expenditure
        if e.code_known and isinstance(e.code, ExpenditureCode) and e.code.level == 4 and printable(e.code)
    ]
    return revenue, costs


POOLS = {(year, lang): _pool(year, lang) for year in (2024, 2026) for lang in ("kk", "ru")}


def _tree(leaves: set[Code]) -> list[Code]:
    codes: set[Code] = set()
    for leaf in leaves:
        at: Code | None = leaf
        while at is not None:
            codes.add(at)
            at = at.parent
    return sorted(codes)  # type: ignore[type-var]


def _is_under(code: Code, above: Code) -> bool:
    at = code.parent
    while at is not None:
        if at == above:
            return True
        at = at.parent
    return False


def _amounts(codes: list[Code], rng: random.Random) -> dict[Code, int]:
    """Leaves at random, parents as sums."""
    amounts: dict[Code, int] = {}
    for code in codes:
        if not any(_is_under(other, code) for other in codes):
            amounts[code] = rng.choice([0, rng.randrange(1, 10**6)]) * DECISION_STEP
    for code in codes:
        if code not in amounts:
            amounts[code] = sum(
                v for c, v in list(amounts.items()) if _is_leaf(c, codes) and _is_under(c, code)
            )
    return amounts


def _is_leaf(code: Code, codes: list[Code]) -> bool:
    return not any(_is_under(other, code) for other in codes)


@st.composite
def annexes(draw: st.DrawFn) -> tuple[int, str, list[Made]]:
    """A consistent annex: year, language, lines."""
    year = draw(st.sampled_from([2024, 2026]))
    language = draw(st.sampled_from(["kk", "ru"]))
    revenue_pool, cost_pool = POOLS[year, language]
    revenue = _tree(set(draw(st.sets(st.sampled_from(revenue_pool), min_size=1, max_size=10))))
    costs = _tree(set(draw(st.sets(st.sampled_from(cost_pool), min_size=1, max_size=10))))
    rng = random.Random(draw(st.integers(0, 2**32)))
    names = _TOTALS[language]
    pack = pack_for(year)

    def line(section: str, code: Code, amount: int) -> Made:
        entry = pack.lookup(code)
        assert entry is not None
        return Made(section, code, entry.name.exact(Language(language)), amount)

    income, spent = _amounts(revenue, rng), _amounts(costs, rng)
    total_in = sum(v for c, v in income.items() if c.level == 1)
    total_out = sum(v for c, v in spent.items() if c.level == 1)
    credits, repaid, bought, sold, loans, paid = (
        rng.choice([0, 0, rng.randrange(10**4)]) * DECISION_STEP for _ in range(6)
    )
    deficit = total_in - total_out - (credits - repaid) - (bought - sold)
    tail = [credits - repaid, credits, repaid, bought - sold, bought, sold, deficit, -deficit, loans, paid]
    tail.append(-deficit - loans + paid)
    sections = ["net_lending"] * 3 + ["fin_assets"] * 3 + ["deficit"] + ["financing"] * 4
    lines = [Made("revenue", None, names[0], total_in)]
    lines += [line("revenue", code, income[code]) for code in revenue]
    lines.append(Made("expenditure", None, names[1], total_out))
    lines += [line("expenditure", code, spent[code]) for code in costs]
    lines += [Made(s, None, n, a) for s, n, a in zip(sections, names[2:], tail, strict=True)]
    return year, language, lines


def _paper(year: int, language: str, lines: list[Made]) -> build.Paper:
    rows = []
    for line in lines:
        side = "revenue" if line.section == "revenue" else "expenditure"
        cells = [""] * (3 if side == "revenue" else 4)
        if isinstance(line.code, RevenueCode):
            cells[line.code.level - 1] = line.code.parts[-1]
        elif line.code is not None:
            code = line.code
            cells[code.level - 1] = (code.functional_group, code.subgroup, code.administrator, code.program)[
                code.level - 1
            ]
        rows.append(build.PaperRow(side, tuple(cells), line.name, table_amount(line.amount)))
    heading = (
        f"Жаңабұлақ ауылдық округінің {year} жылға арналған бюджеті"
        if language == "kk"
        else f"Бюджет Жанабулакского сельского округа на {year} год"
    )
    return build.Paper(language, 7, heading, tuple(rows))


WRITERS = [
    lambda p: (build.as_html([p]), "a.html"),
    lambda p: (build.as_html([p], revenue="B", expenditure="D"), "a.html"),
    lambda p: (build.as_html([p], revenue="C"), "a.html"),
    lambda p: (build.as_html_in_one(p), "a.html"),
    lambda p: (build.as_docx([p]), "a.docx"),
    lambda p: (build.as_xlsx([p]), "a.xlsx"),
    lambda p: (build.as_xlsx([p], numbers=True), "a.xlsx"),
    lambda p: (build.as_xlsx([p], merged=False), "a.xlsx"),
    lambda p: (build.as_tabs([p]), "a.txt"),
    lambda p: (build.as_tabs([p], stripped=True), "a.txt"),
    lambda p: (build.as_markdown([p]), "a.md"),
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=annexes(), writer=st.sampled_from(range(len(WRITERS))))
def test_a_consistent_annex_comes_back_exact(made: tuple[int, str, list[Made]], writer: int) -> None:
    year, language, lines = made
    data, name = WRITERS[writer](_paper(year, language, lines))
    (found,) = read_annexes(read_bytes(data, name), decision_year=year).annexes
    assert [(x.section.value, x.code, x.amount, x.printed_name) for x in found.annex.lines] == [
        (x.section, x.code, x.amount, x.name) for x in lines
    ]
    assert (found.annex.year, found.language.value) == (year, language)
    assert found.annex.findings == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=annexes(), data=st.data())
def test_one_wrong_amount_is_named_at_its_parents(
    made: tuple[int, str, list[Made]], data: st.DataObject
) -> None:
    year, language, lines = made
    at = data.draw(st.integers(0, len(lines) - 1))
    by = data.draw(st.sampled_from([-1, 1])) * data.draw(st.integers(1, 10**5)) * DECISION_STEP
    wrong = [*lines]
    wrong[at] = replace(lines[at], amount=lines[at].amount + by)
    page, name = WRITERS[0](_paper(year, language, wrong))
    (found,) = read_annexes(read_bytes(page, name), decision_year=year).annexes
    named = {_spot(f): f.difference for f in found.annex.findings if f.severity is Severity.ERROR}
    assert named == _expected(lines, at, by)
    assert len(found.annex.findings) == len(named)


def _spot(finding: Finding) -> tuple[str, str, str]:
    where = finding.where
    return finding.code, where.section if where.code else "", where.code or where.figure


def _expected(lines: list[Made], at: int, by: int) -> dict[tuple[str, str, str], int]:
    """What a wrong amount must be named as: in its parent's sum, in its own, in the identities."""
    line = lines[at]
    if line.code is None:
        return _expected_of_total(lines, at, by)
    codes = [other.code for other in lines if other.section == line.section and other.code is not None]
    found: dict[tuple[str, str, str], int] = {}
    if not _is_leaf(line.code, codes):
        found["balance.parent_sum", line.section, str(line.code)] = by
    above = line.code.parent
    if above is not None:
        found["balance.parent_sum", line.section, str(above)] = -by
    elif line.section == "revenue":
        found["balance.revenue", "", "revenue_total"] = -by
    else:
        found["balance.parent_sum", "", "costs"] = -by
    return found


def _expected_of_total(lines: list[Made], at: int, by: int) -> dict[tuple[str, str, str], int]:
    totals = [line for line in lines if line.code is None]
    position = next(n for n, line in enumerate(totals) if line is lines[at])
    deficit = ("balance.deficit", "", "deficit")
    financing, sources = (
        ("balance.financing", "", "deficit_financing"),
        ("balance.sources", "", "deficit_financing"),
    )
    lending, assets = (
        ("balance.net_lending", "", "net_lending"),
        ("balance.fin_assets", "", "fin_assets_balance"),
    )
    expected: list[dict[tuple[str, str, str], int]] = [
        {("balance.revenue", "", "revenue_total"): by, deficit: -by},
        {("balance.parent_sum", "", "costs"): by, deficit: by},
        {lending: by, deficit: by},
        {lending: -by},
        {lending: by},
        {assets: by, deficit: by},
        {assets: -by},
        {assets: by},
        {deficit: by, financing: by},
        {financing: by, sources: by},
        {sources: -by},
        {sources: by},
        {sources: -by},
    ]
    return expected[position]
