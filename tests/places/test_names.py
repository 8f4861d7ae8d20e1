"""Names in the genitive, on the units of published decisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.names import genitive, kazakh_genitive, russian_genitive
from akimat_desk.places.service import UnitView, unit_genitive

PUBLISHED = {
    # Names of units as published decisions print them.
    "Көкалажар ауылдық округі": "Көкалажар ауылдық округінің",
    "Кеңащы ауылы": "Кеңащы ауылының",
    "Новобратск ауылдық округі": "Новобратск ауылдық округінің",
    "Дөң ауылдық округі": "Дөң ауылдық округінің",
    "Антоновка ауылдық округі": "Антоновка ауылдық округінің",
    "Қиялы ауылдық округі": "Қиялы ауылдық округінің",
    "Байқоныс ауылдық округі": "Байқоныс ауылдық округінің",
    "Донецк ауылдық округі": "Донецк ауылдық округінің",
    "Кеген ауылдық округі": "Кеген ауылдық округінің",
    "Аққулы ауылдық округі": "Аққулы ауылдық округінің",
    "поселок Жалагаш": "поселка Жалагаш",
    "Ергольский сельский округ": "Ергольского сельского округа",
    "Комсомольский сельский округ": "Комсомольского сельского округа",
    "село Актогай": "села Актогай",
    "город Каскелен": "города Каскелен",
    "Бель-Агачский сельский округ": "Бель-Агачского сельского округа",
    "поселок Жаңаарқа": "поселка Жаңаарқа",
    "сельский округ имени Шыганака Берсиева": "сельского округа имени Шыганака Берсиева",
    "Новосельский сельский округ": "Новосельского сельского округа",
    "Успенский сельский округ": "Успенского сельского округа",
    "город Сарыагаш": "города Сарыагаш",
    "город Тайынша": "города Тайынша",
    "город Абай": "города Абай",
}
CASES = Path(__file__).resolve().parent.parent / "data" / "cases" / "decisions.json"
KAZAKH_ENDS = ("ауылдық округі", "ауылы")


def _language(name: str) -> Language:
    return Language.KK if name.endswith(KAZAKH_ENDS) else Language.RU


@pytest.mark.parametrize(("name", "expected"), PUBLISHED.items())
def test_published_units(name: str, expected: str) -> None:
    assert genitive(name, _language(name)) == expected


def test_every_published_unit_is_covered() -> None:
    units = json.loads(CASES.read_text("utf-8"))
    assert {unit["unit_name"] for unit in units} == set(PUBLISHED)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Every kind of unit, and what stands above one.
        ("Шұбарқұдық кенті", "Шұбарқұдық кентінің"),
        ("Қаскелең қаласы", "Қаскелең қаласының"),
        ("Ақкөл ауданы", "Ақкөл ауданының"),
        ("Солтүстік Қазақстан облысы", "Солтүстік Қазақстан облысының"),
        ("Хромтау аудандық мәслихаты", "Хромтау аудандық мәслихатының"),
        ("«Дөң» ауылдық округі", "«Дөң» ауылдық округінің"),
        ("Ғабит Мүсірепов атындағы аудан", "Ғабит Мүсірепов атындағы ауданның"),
        ("АЙНАБҰЛАҚ АУЫЛДЫҚ ОКРУГІ", "АЙНАБҰЛАҚ АУЫЛДЫҚ ОКРУГІНІҢ"),
        # The ending takes after the last sound.
        ("мәслихат", "мәслихаттың"), ("әкім", "әкімнің"), ("қала", "қаланың"), ("кент", "кенттің"),
        ("ауыл", "ауылдың"), ("округ", "округтің"), ("әкімдік", "әкімдіктің"), ("Семей", "Семейдің"),
        ("Алматы", "Алматының"), ("Абай", "Абайдың"), ("Павлодар", "Павлодардың"),
        ("Донецк", "Донецктің"), ("Қарағанды", "Қарағандының"),
        ("Тараз", "Тараздың"), ("Ақсу", "Ақсудың"), ("Арқалық", "Арқалықтың"), ("Көкшетау", "Көкшетаудың"),
    ],
)  # fmt: skip
def test_kazakh(name: str, expected: str) -> None:
    assert kazakh_genitive(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Айнабулакский сельский округ", "Айнабулакского сельского округа"),
        ("Жетыбайский сельский округ", "Жетыбайского сельского округа"),
        ("Каменец-Подольский район", "Каменец-Подольского района"),
        ("Кокпектинский район", "Кокпектинского района"),
        ("район имени Габита Мусрепова", "района имени Габита Мусрепова"),
        ("район Биржан сал", "района Биржан сал"),
        ("Северо-Казахстанская область", "Северо-Казахстанской области"),
        ("область Абай", "области Абай"),
        ("Сарыкольский районный маслихат", "Сарыкольского районного маслихата"),
        ("маслихат города Семей", "маслихата города Семей"),
        ("Степной сельский округ", "Степного сельского округа"),
        ("Верхний сельский округ", "Верхнего сельского округа"),
        ("Рабочий поселок", "Рабочего поселка"),
        ("Новый город", "Нового города"),
        ("Красное село", "Красного села"),
        ("Нижнее село", "Нижнего села"),
        ("посёлок Актас", "посёлка Актас"),
        ("Акмолинская область", "Акмолинской области"),
        ("сельский округ Достык", "сельского округа Достык"),
        ("АЙНАБУЛАКСКИЙ СЕЛЬСКИЙ ОКРУГ", "АЙНАБУЛАКСКОГО СЕЛЬСКОГО ОКРУГА"),
        ("  село   Актогай ", "села Актогай"),
        # Without a kind word nothing is known to decline.
        ("Актогай", "Актогай"),
        ("", ""),
    ],
)
def test_russian(name: str, expected: str) -> None:
    assert russian_genitive(name) == expected


def test_english_has_none() -> None:
    assert genitive("Ainabulak rural okrug", Language.EN) == "Ainabulak rural okrug"


def test_a_person_knows_better() -> None:
    view = UnitView(
        id=1,
        kato=None,
        kind=UnitKind.OKRUG,
        name=Trilingual("Бурабай кенті", "поселок Бурабай"),
        name_genitive=Trilingual(ru="поселка Бурабая"),
    )
    assert unit_genitive(view, Language.KK) == "Бурабай кентінің"
    assert unit_genitive(view, Language.RU) == "поселка Бурабая"
    assert unit_genitive(view, Language.EN) == "поселок Бурабай"


LETTERS = "абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяәАБ «»-7"


@given(st.text(LETTERS, max_size=30))
def test_any_text_is_survived(name: str) -> None:
    for language in Language:
        assert isinstance(genitive(name, language), str)
    bare = " ".join(name.split())
    if any(letter.isalpha() for letter in bare):
        longer = kazakh_genitive(name)
        assert len(longer) == len(bare) + 3
        assert longer.casefold().count("ң") == bare.casefold().count("ң") + 1
