"""Colours that can be read, letters that are there, icons that are drawn."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from akimat_desk.core.resources import resources_root
from akimat_desk.ui.areas import ACTIONS
from akimat_desk.ui.icons import icon, pixmap
from akimat_desk.ui.theme import (
    DARK,
    KAZAKH_LETTERS,
    LIGHT,
    Tokens,
    choose_font,
    has_kazakh,
    palette,
    row_height,
    style_sheet,
    tabular,
)

ICONS = sorted(path.stem for path in (resources_root() / "icons").glob("*.svg"))
PAIRS = [
    ("text", "window"), ("text", "surface"), ("text", "band"), ("text", "selection"), ("text", "accent_soft"),
    ("text_quiet", "window"), ("text_quiet", "surface"), ("text_quiet", "accent_soft"),
    ("accent", "surface"), ("accent", "accent_soft"), ("accent", "window"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("nav_text", "nav"), ("nav_text", "nav_hover"),
    ("nav_strong", "nav"), ("nav_strong", "nav_chosen"), ("nav_mark", "nav"),
    ("error", "surface"), ("error", "error_soft"), ("error", "selection"),
    ("warning", "surface"), ("warning", "warning_soft"), ("warning", "selection"),
    ("info", "surface"), ("info", "info_soft"), ("info", "selection"), ("good", "good_soft"),
    ("text", "error_soft"), ("text", "warning_soft"), ("text", "info_soft"), ("text", "good_soft"),
    ("target", "surface"),
]  # fmt: skip


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = (linear(part) for part in (made.redF(), made.greenF(), made.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(colours: Tokens, text: str, ground: str) -> None:
    """WCAG AA: 4.5 to 1."""
    pair = sorted((luminance(getattr(colours, text)), luminance(getattr(colours, ground))))
    assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_token_is_a_colour_and_every_name_in_the_sheet_a_token(colours: Tokens) -> None:
    assert all(QColor(getattr(colours, each.name)).isValid() for each in fields(Tokens))
    assert "$" not in style_sheet(colours)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_control_s_edge_can_be_seen(colours: Tokens) -> None:
    """WCAG: 3 to 1 for what shows where a control is."""
    for edge, ground in (
        ("accent", "surface"), ("accent", "window"), ("nav_mark", "nav_chosen"), ("border_strong", "surface"),
    ):  # fmt: skip
        pair = sorted((luminance(getattr(colours, edge)), luminance(getattr(colours, ground))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3


def test_dark_covers_every_colour_of_light() -> None:
    """A colour added for one theme is thought of for the other; a few may be the same in both."""
    same = {each.name for each in fields(Tokens) if getattr(LIGHT, each.name) == getattr(DARK, each.name)}
    assert same <= {"nav_text", "nav_strong", "nav_mark"}


def test_no_colour_is_named_outside_the_theme() -> None:
    package = Path(__file__).parents[2] / "akimat_desk" / "ui"
    named = [
        f"{path.name}: {found}"
        for path in package.rglob("*.py")
        if path.name != "theme.py"
        for found in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))
    ]
    assert named == []


def test_the_font_has_the_kazakh_letters() -> None:
    font = choose_font()
    assert has_kazakh(font)
    metrics = QFontMetrics(font)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in KAZAKH_LETTERS)


def test_figures_have_one_width(dressed: QApplication) -> None:
    metrics = QFontMetrics(tabular(dressed.font()))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert row_height(dressed.font()) >= 26


def test_palette_is_ours() -> None:
    assert palette(LIGHT).highlight().color() == QColor(LIGHT.selection)
    assert QGuiApplication.palette().window().color() == QColor(LIGHT.window)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something(name: str) -> None:
    image = pixmap(name, LIGHT.accent, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_every_action_has_its_icon() -> None:
    assert {spec.icon for spec in ACTIONS if spec.icon} <= set(ICONS)
    assert not icon("budget").isNull()
