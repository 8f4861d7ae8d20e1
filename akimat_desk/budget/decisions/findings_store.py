"""Findings as text for the database and back, in every language still."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict

from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import Message, Thousands


def packed_value(value: object) -> object:
    """A field of a text as JSON knows it. Raises TypeError for what no text has."""
    match value:
        case Thousands():
            return {"type": "thousands", "tiyn": value.tiyn, "table": value.table}
        case Message():
            return {"type": "message", "key": value.key, "fields": _packed_fields(value.fields)}
        case Trilingual():
            return {"type": "trilingual", "kk": value.kk, "ru": value.ru, "en": value.en}
        case dt.date():
            return {"type": "date", "iso": value.isoformat()}
        case bool() | int() | str() | None:
            return value
        case _:
            raise TypeError(f"a finding's field cannot be a {type(value).__name__}")


def _packed_fields(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: packed_value(value) for name, value in fields.items()}


def unpacked_value(value: object) -> object:
    """The field again."""
    if not isinstance(value, dict):
        return value
    match value["type"]:
        case "thousands":
            return Thousands(value["tiyn"], value["table"])
        case "message":
            return Message(value["key"], {k: unpacked_value(v) for k, v in value["fields"].items()})
        case "trilingual":
            return Trilingual(value["kk"], value["ru"], value["en"])
        case "date":
            return dt.date.fromisoformat(value["iso"])
        case other:
            raise ValueError(f"unknown field type {other!r} in a stored finding")


def pack(finding: Finding) -> str:
    """Everything of a finding but its code and severity, as canonical JSON."""
    return json.dumps(
        {
            "fields": _packed_fields(finding.fields),
            "source": finding.source,
            "where": {name: value for name, value in asdict(finding.where).items() if value},
            "difference": finding.difference,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def unpack(code: str, severity: str, content: str) -> Finding:
    """The finding again."""
    data = json.loads(content)
    return Finding(
        code=code,
        severity=Severity(severity),
        fields={name: unpacked_value(value) for name, value in data["fields"].items()},
        source=data["source"],
        where=Place(**data["where"]),
        difference=data["difference"],
    )
