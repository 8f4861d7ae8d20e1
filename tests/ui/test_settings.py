"""What the window remembers, and what it does with a damaged memory."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from akimat_desk.core.language import Language
from akimat_desk.ui.settings import RECENT_KEPT, Settings, default_path


def again(settings: Settings) -> Settings:
    settings.save()
    return Settings(settings.path)


def test_values_come_back(settings: Settings) -> None:
    settings.language = Language.RU
    settings.set_flag("hint/budget", False)
    settings.set_text("denominator", "costs")
    settings.set_blob("window", QByteArray(b"\x00\x01"))
    back = again(settings)
    assert back.language is Language.RU
    assert back.flag("hint/budget", True) is False
    assert back.text("denominator") == "costs"
    assert back.blob("window") == QByteArray(b"\x00\x01")


def test_kazakh_until_chosen_and_when_damaged(settings: Settings) -> None:
    assert settings.language is Language.KK
    settings.set_text("language", "xx")
    assert again(settings).language is Language.KK
    assert settings.blob("nothing").isEmpty()


def test_recent_files_newest_first_without_those_that_are_gone(settings: Settings, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.akimat" for number in range(RECENT_KEPT + 2)]
    for file in files:
        file.touch()
        settings.add_recent(file)
    settings.add_recent(files[-2])
    files[-1].unlink()
    recent = again(settings).recent()
    assert recent[0] == files[-2]
    assert files[-1] not in recent
    assert len(recent) == RECENT_KEPT - 1


def test_a_single_recent_file_survives_the_ini_form(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "Ақбұлақ, ауылдық округі.akimat"
    file.touch()
    settings.add_recent(file)
    assert again(settings).recent() == [file]


def test_a_folder_that_is_gone_is_not_offered(settings: Settings, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    settings.set_folder("save", gone)
    assert settings.folder("save") == gone
    gone.rmdir()
    assert settings.folder("save").is_dir()


def test_the_settings_lie_in_the_persons_configuration(own_settings_folders: Path) -> None:
    assert default_path().is_relative_to(own_settings_folders)
