"""No model of the window escapes Qt's tester: neither on the pages, with the example, nor by itself."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QWidget

from akimat_desk import ui
from akimat_desk.core.language import Language
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.window import MainWindow

TESTS = Path(__file__).parent
_TESTED = re.compile(r"qtmodeltester|QAbstractItemModelTester")


def model_classes() -> dict[str, type[QAbstractItemModel]]:
    """Every class of a model that the window's package defines, found by importing all of it."""
    names = [each.name for each in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.")]
    modules = [importlib.import_module(name) for name in names]
    values = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    return {
        value.__name__: value
        for value in values
        if issubclass(value, QAbstractItemModel) and value.__module__.startswith(ui.__name__)
    }


def models_of(page: QWidget) -> set[QAbstractItemModel]:
    return {view.model() for view in page.findChildren(QAbstractItemView) if view.model() is not None}


def test_every_model_class_is_given_to_qt_s_tester(opened: MainWindow, settle: Callable[[], None]) -> None:
    """By a test of its own, or on the page that shows it (below)."""
    classes = model_classes()
    assert {"BudgetTreeModel", "FindingsModel", "RowsModel", "PaletteModel"} <= set(classes)
    tests = [path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    tested = "\n".join(source for source in tests if _TESTED.search(source))
    on_pages = {type(model).__name__ for spec in PAGES for model in models_of(opened.page(spec.name))}
    settle()
    # One that only others are derived from is tested with them.
    bases = {base.__name__ for kind in classes.values() for base in kind.__mro__[1:]}
    wanted = set(classes) - bases - on_pages
    assert [name for name in sorted(wanted) if not re.search(rf"\b{name}\b", tested)] == []


@pytest.mark.parametrize("page", [spec.name for spec in PAGES])
def test_the_models_of_a_page_keep_qt_s_rules(
    opened: MainWindow, settle: Callable[[], None], page: str
) -> None:
    """With the example in them, while the language changes and all is asked again."""
    opened.show_page(page)
    settle()
    models = models_of(opened.page(page))
    # "Warning": pytest-qt fails the test with what Qt says.
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    for language in (Language.KK, Language.RU):
        opened.choose_language(language)
        settle()
    opened.context.refresh()
    settle()
    for tester in testers:
        tester.deleteLater()
