"""The catalogue is complete in three languages, and the code asks it for nothing it lacks."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import akimat_desk
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Entry, catalogue, plural_form, text
from akimat_desk.core.text import is_mixed

PACKAGE = Path(akimat_desk.__file__).parent
PLURALS = {
    Language.KK: {"one", "other"},
    Language.RU: {"one", "few", "many"},
    Language.EN: {"one", "other"},
}


def _forms(entry: Entry, language: Language) -> dict[str, str]:
    pattern = entry[language.value]
    return {"": pattern} if isinstance(pattern, str) else dict(pattern)


def _fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


def test_every_text_is_there_in_three_languages() -> None:
    lacking = [
        f"{key}: {language}"
        for key, entry in catalogue().items()
        for language in Language
        if language.value not in entry or not all(_forms(entry, language).values())
    ]
    assert lacking == []


def test_no_text_has_an_unknown_language() -> None:
    known = {language.value for language in Language}
    assert [key for key, entry in catalogue().items() if set(entry) - known] == []


def test_the_languages_use_the_same_fields() -> None:
    differing = []
    for key, entry in catalogue().items():
        fields = {frozenset(_fields(p)) for language in Language for p in _forms(entry, language).values()}
        # A plural form may say "one" in words, without the number.
        without_count = {names - {"count"} for names in fields}
        if len(without_count) > 1:
            differing.append(key)
    assert differing == []


def test_plural_forms_are_those_of_the_language() -> None:
    wrong = [
        f"{key}: {language}"
        for key, entry in catalogue().items()
        for language in Language
        if not isinstance(entry[language.value], str) and not PLURALS[language] <= set(entry[language.value])
        if not (language is Language.KK and set(entry[language.value]) >= {"other"})
    ]
    assert wrong == []


def test_no_word_mixes_alphabets() -> None:
    mixed = [
        f"{key}: {word}"
        for key, entry in catalogue().items()
        for language in (Language.KK, Language.RU)
        for pattern in _forms(entry, language).values()
        for word in "".join(c if c.isalpha() else " " for c in pattern).split()
        if is_mixed(word)
    ]
    assert mixed == []


def test_one_spelling_for_window_and_paper() -> None:
    """Findings and names of columns go onto official paper: "е" and "–", as decisions are printed."""
    others = [
        f"{key}: {language}"
        for key, entry in catalogue().items()
        for language in (Language.KK, Language.RU)
        for pattern in _forms(entry, language).values()
        if "—" in pattern or (language is Language.RU and "ё" in pattern.lower())
    ]
    assert others == []


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (1, "one"),
        (2, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (24, "few"),
        (111, "many"),
    ],
)
def test_russian_plurals(count: int, form: str) -> None:
    assert plural_form(Language.RU, count) == form


def test_an_unknown_key_is_a_fault() -> None:
    with pytest.raises(KeyError):
        text("no.such.text", Language.KK)


_ASKS = {"text", "Message", "say", "has_text", "said_text"}
_PROBLEMS = {"AkimatError", "EnvironmentProblem", "InputRefused", "UsageProblem", "RuleBroken"}


def _asked_keys(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function, first = node.func, node.args[0]
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            continue
        if name in _PROBLEMS or (name in _ASKS and "." in first.value):
            yield node.lineno, first.value
        elif name == "Finding":
            yield node.lineno, f"finding.{first.value}"


def test_the_code_asks_for_no_text_the_catalogue_lacks() -> None:
    lacking = [
        f"{path.relative_to(PACKAGE)}:{line} {key}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, key in _asked_keys(ast.parse(path.read_text("utf-8")))
        if key not in catalogue()
    ]
    assert lacking == []
