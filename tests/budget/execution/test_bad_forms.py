"""Bad forms as offices get them: each is told in Kazakh and Russian, what is wrong and what to do.

The sentences stand here whole, so that whoever changes one reads it as an accountant will.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from akimat_desk.budget.execution.forms import FormKind, Month, ReadForm
from akimat_desk.budget.execution.preview import preview
from akimat_desk.budget.execution.reading.reader import read_form_data
from akimat_desk.budget.execution.stored import facts, forms
from akimat_desk.budget.execution.taking_in import take_in
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.training.treasury import PrintedRow, print_form

from .building import EXPENSES, LIGHT, RECEIPTS, TOP, WAGES, expense, expense_cells, form, receipt, workbook


def printed(
    *rows: PrintedRow, kind: FormKind = FormKind.EXPENSES, put: tuple[str, str] = ("", "")
) -> ReadForm:
    """The treasury's print with one text in it put instead of another."""
    text = print_form(form(kind, rows, dt.date(2026, 2, 1)))
    assert put[0] in text
    return read_form_data(text.replace(*put).encode(), "form.txt").form


def table(*rows: PrintedRow, cell: tuple[int, int, str] | None = None, merge: str = "") -> ReadForm:
    """An office's workbook with one cell of another content, or merged cells."""
    cells = expense_cells(rows)
    if cell is not None:
        cells[cell[0]][cell[1]] = cell[2]
    return read_form_data(workbook(cells, top=TOP, merge=merge), "form.xlsx").form


@dataclass(frozen=True)
class Bad:
    """A bad form: the finding's code, where it is, what it says and what to do, in Russian and Kazakh.

    ``stored`` are the lines taken in all the same; None where the form as a whole is refused.
    """

    made: Callable[[], ReadForm]
    code: str
    where: str
    ru: tuple[str, str]
    kk: tuple[str, str]
    stored: int | None


CASES = {
    "unknown program": Bad(
        lambda: printed(WAGES, expense("124", "777", "", "159", name="Қызметтер")),
        "form.unknown_code",
        "124/777/159, строка 21",
        (
            "Кода 124\xa0777\xa0159 нет ни в бюджете, ни в классификации. Похожие:",
            (
                "Выберите, к какому коду относится строка, добавьте код с названием или пропустите строку; "
                "выбор запоминается."
            ),
        ),
        (
            "124\xa0777\xa0159 коды бюджетте де, сыныптамада да жоқ. Ұқсастары:",
            (
                "Жолдың қай кодқа жататынын таңдаңыз, кодты атауымен қосыңыз немесе жолды алмай қойыңыз; "
                "таңдауыңыз есте сақталады."
            ),
        ),
        1,
    ),
    "unknown receipt": Bad(
        lambda: printed(receipt("1/04/9/02", 5500, "Налог"), *RECEIPTS, kind=FormKind.RECEIPTS),
        "form.unknown_code",
        "1/04/9/02, строка 16",
        ("Кода 1\xa004\xa09\xa002 нет ни в бюджете, ни в классификации. Похожие: 1/04/3 Земельный налог", ""),
        ("1\xa004\xa09\xa002 коды бюджетте де, сыныптамада да жоқ. Ұқсастары: 1/04/3 Жер салығы", ""),
        2,
    ),
    "another unit": Bad(
        lambda: printed(*EXPENSES, put=("Жанабулакского", "Акбулакского")),
        "form.other_unit",
        "",
        (
            (
                "Форма другого учреждения: «Аппарат акима Акбулакского сельского округа», а открыт бюджет "
                "«Жанабулакский сельский округ»."
            ),
            "Выберите форму своего округа. Если это то же учреждение под другим названием, подтвердите это",
        ),
        (
            (
                "Нысан басқа мекеменікі: «Аппарат акима Акбулакского сельского округа», ал ашық тұрған "
                "бюджет – «Жаңабұлақ ауылдық округі»."
            ),
            "Өз округіңіздің нысанын таңдаңыз. Бұл атауы басқаша жазылған дәл сол мекеме болса,",
        ),
        None,
    ),
    "wrong month": Bad(
        lambda: printed(*EXPENSES, put=("01.02.2026", "01.03.2026")),
        "form.other_month",
        "",
        (
            "Форма составлена за февраль 2026 года (ее дата 01.03.2026), а запрошен январь 2026 года.",
            "Выберите верный месяц или откройте другую форму.",
        ),
        (
            "Бұл – 2026 жылғы ақпан айының нысаны (күні – 01.03.2026), ал 2026 жылғы қаңтар айы сұралған.",
            "Дұрыс айды таңдаңыз немесе басқа нысанды ашыңыз.",
        ),
        None,
    ),
    "no date": Bad(
        lambda: printed(*EXPENSES, put=("на 01.02.2026", "")),
        "form.no_date",
        "",
        (
            "В форме не найдена дата: неизвестно, за какой она месяц.",
            "Скопируйте форму вместе со строкой «на 01.02.2026» над таблицей.",
        ),
        (
            "Нысанда күні табылмады: қай айға жататыны белгісіз.",
            "Нысанды кестенің үстіндегі «на 01.02.2026» деген жолмен бірге көшіріңіз.",
        ),
        None,
    ),
    "totals that do not add up": Bad(
        lambda: printed(*RECEIPTS, kind=FormKind.RECEIPTS, put=("1,289,567.89", "1,289,567.90")),
        "form.total",
        "строка 18",
        (
            (
                "Итого: в графе «поступило с начала года (МСУ)» напечатано 1\xa0289,5679, а сумма строк – "
                "1\xa0289,56789 тысяч тенге."
            ),
            (
                "Проверьте, все ли страницы формы загружены; если строки не хватает, получите форму в "
                "казначействе заново."
            ),
        ),
        (
            (
                "Жиыны: «жыл басынан түскені (ЖӨБ)» бағанында 1\xa0289,5679 басылған, ал жолдардың қосындысы "
                "– 1\xa0289,56789 мың теңге."
            ),
            "Нысанның барлық беттері алынғанын тексеріңіз; жол жетіспесе, нысанды қазынашылықтан",
        ),
        2,
    ),
    "text in a number cell": Bad(
        lambda: table(WAGES, LIGHT, cell=(1, 9, "уточняется")),
        "form.text_in_number",
        "124/008/151, строка 5",
        (
            "В графе «оплаченные обязательства с начала года» стоит не число, а «уточняется».",
            "Оставьте в ячейке только число и загрузите форму заново или введите эту строку вручную.",
        ),
        (
            "«жыл басынан төленген міндеттемелер» бағанында сан емес, «уточняется» тұр.",
            "Ұяшықта санды ғана қалдырып, нысанды қайта алыңыз немесе осы жолды қолмен енгізіңіз.",
        ),
        1,
    ),
    "merged cells": Bad(
        lambda: table(WAGES, LIGHT, merge="J4:J5"),
        "form.merged",
        "124/008/151, строка 5",
        (
            "Ячейка в графе 10 объединена со строкой выше: сумма этой строки неизвестна.",
            "Снимите в Excel объединение ячеек, впишите каждой строке ее сумму и загрузите форму заново.",
        ),
        (
            "10-бағандағы ұяшық жоғарғы жолмен біріктірілген: бұл жолдың сомасы белгісіз.",
            "Excel-де біріктірілген ұяшықтарды бөліп, әр жолға өз сомасын жазыңыз да, нысанды қайта алыңыз.",
        ),
        1,
    ),
    "thousands against tenge": Bad(
        lambda: printed(expense("124", "001", "015", "111", year=103_912_90, paid=8_000_00)),
        "form.unit_suspect",
        "",
        (
            (
                "Суммы прочитаны в единице «тенге»: всего 103,9129 тысяч тенге, а ожидалось около "
                "103\xa0912,9. Похоже, форма составлена в единице «тысячи тенге»."
            ),
            "Укажите единицу измерения формы: тенге или тысячи тенге",
        ),
        (
            (
                "Сомалар «теңге» өлшемінде оқылды: барлығы 103,9129 мың теңге, ал шамамен 103\xa0912,9 мың "
                "теңге күтілген. Сірә, нысан «мың теңге» өлшемінде жасалған."
            ),
            "Нысанның өлшем бірлігін көрсетіңіз: теңге немесе мың теңге",
        ),
        None,
    ),
    "a row twice": Bad(
        lambda: table(WAGES, WAGES, LIGHT),
        "form.twice",
        "124/001/015/111, строка 5",
        ("Этот код стоит и в строке 4.", "Проверьте, какая из двух строк верна, и удалите лишнюю из формы."),
        ("Осы код 4-жолда да тұр.", "Екі жолдың қайсысы дұрыс екенін тексеріп, артығын нысаннан өшіріңіз."),
        2,
    ),
}


@pytest.mark.parametrize("bad", CASES.values(), ids=CASES)
def test_it_is_said_what_is_wrong_and_what_to_do(workspace: Workspace, okrug: UnitView, bad: Bad) -> None:
    read, january = bad.made(), Month(2026, 1)
    with workspace.reading() as session:
        found = preview(session, okrug.id, read, month=january).all_findings()
    (finding,) = [each for each in found if each.code == bad.code]
    # A whole code is set with no-break spaces on the screen.
    assert finding.where.show(Language.RU).replace("\N{NO-BREAK SPACE}", "/") == bad.where
    for language, (what, to_do) in ((Language.RU, bad.ru), (Language.KK, bad.kk)):
        assert finding.message(language).startswith(what)
        assert (finding.fix(language) or "").startswith(to_do)
    if bad.stored is None:
        with pytest.raises(RuleBroken) as refused:
            take_in(workspace, DEFAULT_ACTOR, okrug.id, read, month=january)
        # What is refused says the same, with what to do, where only one sentence can be shown.
        for language, (what, to_do) in ((Language.RU, bad.ru), (Language.KK, bad.kk)):
            assert refused.value.message.text(language).startswith(what)
            assert to_do in refused.value.message.text(language)
    else:
        taken = take_in(workspace, DEFAULT_ACTOR, okrug.id, read, month=january)
        assert taken.form_id is not None
    with workspace.reading() as session:
        kept = forms(session, okrug.id, 2026)
        lines = [fact for each in kept for fact in facts(session, each)]
    assert len(kept) == (0 if bad.stored is None else 1)
    assert len(lines) == (bad.stored or 0)
