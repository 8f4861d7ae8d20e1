"""Forty and more ways in which a package is bad: what an enemy, a bad stick or a wrong hand makes of one.

Those named ``sealed_…`` are sealed again by the office's own key after the change, so that it is the
content that must be refused and not the seal.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.manifest import Member

Make = Callable[[bytes, OfficeKey], bytes]
_MOMENT = (1980, 1, 1, 0, 0, 0)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(
    members: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of members."""
    stream = io.BytesIO()
    pairs = list(members.items()) if isinstance(members, Mapping) else members
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, method)
    return stream.getvalue()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sealed_again(members: dict[str, bytes], key: OfficeKey, manifest: dict[str, Any] | None = None) -> bytes:
    """The members with a manifest that fits them, sealed."""
    data = manifest or json.loads(members["manifest.json"])
    if manifest is None:
        others = [(n, c) for n, c in sorted(members.items()) if n not in ("manifest.json", "signature.bin")]
        listed = [Member.of(name, content) for name, content in others]
        data["members"] = [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in listed]
    content = canonical(data)
    return packed({**members, "manifest.json": content, "signature.bin": key.sign(content)})


def without(member: str) -> Make:
    def make(data: bytes, _key: OfficeKey) -> bytes:
        members = unpacked(data)
        del members[member]
        return packed(members)

    return make


def flipped_in(member: str) -> Make:
    def make(data: bytes, _key: OfficeKey) -> bytes:
        members = unpacked(data)
        content = bytearray(members[member])
        content[len(content) // 2] ^= 1
        return packed({**members, member: bytes(content)})

    return make


def cut_to(share: float) -> Make:
    return lambda data, _key: data[: int(len(data) * share)]


def added(name: str, content: bytes = b"x") -> Make:
    return lambda data, _key: packed({**unpacked(data), name: content})


def resealed(change: Callable[[dict[str, Any]], None]) -> Make:
    """The manifest changed and sealed by the same office."""

    def make(data: bytes, key: OfficeKey) -> bytes:
        members = unpacked(data)
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        return sealed_again(members, key, manifest)

    return make


def unsealed(change: Callable[[dict[str, Any]], None]) -> Make:
    """The manifest changed, the old seal left."""

    def make(data: bytes, _key: OfficeKey) -> bytes:
        members = unpacked(data)
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        return packed({**members, "manifest.json": canonical(manifest)})

    return make


def refigured(change: Callable[[dict[str, Any]], None]) -> Make:
    """The figures changed, hashes and seal made to fit."""

    def make(data: bytes, key: OfficeKey) -> bytes:
        members = unpacked(data)
        figures = json.loads(members["figures.json"])
        change(figures)
        return sealed_again({**members, "figures.json": canonical(figures)}, key)

    return make


def figures_text(change: Callable[[str], str]) -> Make:
    def make(data: bytes, key: OfficeKey) -> bytes:
        members = unpacked(data)
        text = change(members["figures.json"].decode())
        return sealed_again({**members, "figures.json": text.encode()}, key)

    return make


def member_text(member: str, change: Callable[[bytes], bytes]) -> Make:
    def make(data: bytes, key: OfficeKey) -> bytes:
        members = unpacked(data)
        return sealed_again({**members, member: change(members[member])}, key)

    return make


def doubled(member: str) -> Make:
    def make(data: bytes, _key: OfficeKey) -> bytes:
        pairs = list(unpacked(data).items())
        return packed([*pairs, (member.upper(), dict(pairs)[member])])

    return make


def bomb(data: bytes, _key: OfficeKey) -> bytes:
    return packed({**unpacked(data), "reports/bomb.pdf": b"\0" * (64 * 2**20)})


def lying_size(data: bytes, _key: OfficeKey) -> bytes:
    """The directory claims that figures.json is a gigabyte."""
    at = data.rindex(b"figures.json") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", 2**30) + data[at + 28 :]


def stored_by_another(data: bytes, _key: OfficeKey) -> bytes:
    return packed(unpacked(data), zipfile.ZIP_LZMA)


def first_line(figures: dict[str, Any]) -> dict[str, Any]:
    lines = figures["documents"][0]["years"][0]["lines"]
    return next(line for line in lines if line["amount_tiyn"])


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        *above, last = path.split(".")
        for part in above:
            data = data[int(part)] if isinstance(data, list) else data[part]
        data[last] = value

    return change


def _line(name: str, value: object) -> Make:
    return refigured(lambda figures: first_line(figures).__setitem__(name, value))


def _first_number(text: str, replacement: str) -> str:
    before, _, rest = text.partition('"amount_tiyn":')
    digits = rest[: rest.index(",")]
    return f'{before}"amount_tiyn":{replacement}{rest[len(digits) :]}'


def resealed_period(data: bytes, key: OfficeKey) -> bytes:
    """The package of a year made one of January, its forms left in."""
    members = unpacked(data)
    manifest, figures = json.loads(members["manifest.json"]), json.loads(members["figures.json"])
    manifest["period"]["month"] = figures["period"]["month"] = 1
    members["figures.json"] = canonical(figures)
    members["manifest.json"] = canonical(manifest)
    return sealed_again(members, key)


#: Every bad package: how it is made, and the key of the sentence that refuses it.
BAD: dict[str, tuple[Make, str]] = {
    "empty": (lambda _d, _k: b"", "not_a_package"),
    "text": (lambda _d, _k: "Бюджет".encode() * 100, "not_a_package"),
    "zip of something else": (lambda _d, _k: packed({"a.txt": b"a"}), "not_a_package"),
    "cut in half": (cut_to(0.5), "damaged"),
    "cut at the end": (lambda d, _k: d[:-30], "damaged"),
    "cut to a few bytes": (lambda d, _k: d[:10], "damaged"),
    "figures that will not unpack": (lambda d, _k: d[:5000] + bytes(200) + d[5200:], "damaged"),
    "no manifest": (without("manifest.json"), "not_a_package"),
    "no seal": (without("signature.bin"), "not_a_package"),
    "no figures": (without("figures.json"), "member_missing"),
    "no table": (without("facts.csv"), "member_missing"),
    "no indicators": (without("indicators.csv"), "member_missing"),
    "a bit in the indicators": (flipped_in("indicators.csv"), "member_changed"),
    "an amount of a form changed": (
        refigured(lambda figures: figures["forms"][0]["lines"][0]["amounts_tiyn"].__setitem__("received", 1)),
        "facts_differ",
    ),
    "a month of a plan changed": (
        refigured(lambda figures: figures["plans"][0]["lines"][0]["months_tiyn"].__setitem__(0, 1)),
        "facts_differ",
    ),
    "a plan of eleven months": (
        refigured(lambda figures: figures["plans"][0]["lines"][0]["months_tiyn"].pop()),
        "wrong_content",
    ),
    "a form of another month": (refigured(_set("forms.0.month", 9)), "wrong_content"),
    "a form after the period": (resealed_period, "wrong_content"),
    "a form's line twice": (
        refigured(lambda figures: figures["forms"][0]["lines"].append(figures["forms"][0]["lines"][0])),
        "wrong_content",
    ),
    "a ratio that is not its quotient": (refigured(_set("ratio.0.percent", "99.9")), "wrong_content"),
    "more held than called": (refigured(_set("meetings.0.held", 99)), "wrong_content"),
    "a name among the numbers": (refigured(_set("meetings.0.chair", "Үлгібаев Ү.")), "wrong_content"),
    "no description": (without("datapackage.json"), "member_missing"),
    "a bit in the seal": (flipped_in("signature.bin"), "seal_broken"),
    "a bit in the figures": (flipped_in("figures.json"), "member_changed"),
    "a bit in the table": (flipped_in("facts.csv"), "member_changed"),
    "a bit in the description": (flipped_in("datapackage.json"), "member_changed"),
    "a bit in a report": (flipped_in("reports/annexes_amendment_2026_kk.pdf"), "member_changed"),
    "a bit in a workbook": (flipped_in("reports/annexes_amendment_2026_ru.xlsx"), "member_changed"),
    "another unit under the old seal": (unsealed(_set("unit.kato", "990150000")), "seal_broken"),
    "another period under the old seal": (unsealed(_set("period.year", 2025)), "seal_broken"),
    "another number under the old seal": (unsealed(_set("sequence", 2)), "seal_broken"),
    "practice taken off under the old seal": (unsealed(_set("practice", True)), "seal_broken"),
    "sealed for another unit": (resealed(_set("unit.kato", "990150000")), "unit_differs"),
    "sealed for another period": (resealed(_set("period.year", 2025)), "period_differs"),
    "sealed for a month": (resealed(_set("period.month", 3)), "period_differs"),
    "sealed with a month that is none": (resealed(_set("period.month", 13)), "wrong_content"),
    "sealed with a code that is none": (resealed(_set("unit.kato", "99014")), "wrong_content"),
    "sealed with number zero": (resealed(_set("sequence", 0)), "wrong_content"),
    "sealed with a key too many": (resealed(_set("note", "x")), "wrong_content"),
    "sealed with another format": (resealed(_set("format", "zip")), "not_a_package"),
    "sealed by a newer program": (resealed(_set("format_version", 2)), "newer_format"),
    "sealed with another workspace": (resealed(_set("workspace", "another")), "foreign_document"),
    "an added member": (added("reports/extra.pdf"), "member_extra"),
    "a member outside the file": (added("../../evil.txt"), "unsafe_member"),
    "a member with an absolute name": (added("/etc/evil"), "unsafe_member"),
    "a member on another drive": (added("C:\\evil.txt"), "unsafe_member"),
    "a member twice": (doubled("figures.json"), "member_twice"),
    "a bomb": (bomb, "unpacks_too_large"),
    "a size that is a lie": (lying_size, "unpacks_too_large"),
    "thousands of members": (
        lambda d, _k: packed({**unpacked(d), **{f"reports/{n}": b"" for n in range(1000)}}),
        "too_many_members",
    ),
    "packed another way": (stored_by_another, "damaged"),
    "NaN": (figures_text(lambda text: _first_number(text, "NaN")), "not_json"),
    "infinity": (figures_text(lambda text: _first_number(text, "-Infinity")), "not_json"),
    "a float": (figures_text(lambda text: _first_number(text, "1.5")), "not_json"),
    "an exponent": (figures_text(lambda text: _first_number(text, "1e5")), "not_json"),
    "a huge number": (figures_text(lambda text: _first_number(text, "9" * 5000)), "not_json"),
    "a number beyond any budget": (_line("amount_tiyn", 10**18), "wrong_content"),
    "a number as text": (_line("amount_tiyn", "100"), "wrong_content"),
    "a truth for a number": (_line("amount_tiyn", True), "wrong_content"),
    "a key twice": (figures_text(lambda text: text.replace("{", '{"unit":"990140000",', 1)), "not_json"),
    "deep nesting": (figures_text(lambda text: "[" * 100_000 + text), "not_json"),
    "letters that are no UTF-8": (member_text("figures.json", lambda content: b"\xff" + content), "not_json"),
    "a section that is none": (_line("section", "wishes"), "wrong_content"),
    "a code that is none": (_line("code", "=1+1"), "wrong_content"),
    "a code with too many parts": (_line("code", "1/01/2/03/04"), "wrong_content"),
    "a day that is none": (refigured(_set("documents.0.date", "2026-02-31")), "wrong_content"),
    "a document twice": (
        refigured(lambda figures: figures["documents"].append(figures["documents"][0])),
        "document_twice",
    ),
    "a document of another file": (refigured(_set("documents.0.ref", "abc:1")), "foreign_document"),
    "a document of an unknown kind": (refigured(_set("documents.0.type", "wish")), "wrong_content"),
    "figures that the table does not say": (_line("amount_tiyn", 1), "facts_differ"),
    "a table that the figures do not say": (
        member_text("facts.csv", lambda content: content.replace(b"true", b"false", 1)),
        "facts_differ",
    ),
    "a formula in the table": (
        member_text("facts.csv", lambda content: content + b"=cmd|x,,,,,,,,,,,,,\n"),
        "facts_differ",
    ),
}
