#!/usr/bin/env python3
"""Checks packages (.akpack) of Akimat Desk without Akimat Desk.

    python3 check_package.py FILE…

Needs Python 3.9 or later and the library "cryptography". Prints what each package is and whether it is
whole: the Ed25519 seal over manifest.json, the SHA-256 of every member, the flat table against the
figures, and the sums of the figures' structure. Whose key it is a program cannot know: compare the
fingerprint with the page the office printed. Exit status: 0 sound, 1 sound but sums do not add up,
2 not sound.

Anyone may read, copy and run this file.
"""

import base64
import csv
import hashlib
import io
import json
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LARGEST = 60 * 2**20  # bytes unpacked
IDENTITIES = (  # figure, what is added, what is taken away
    ("revenue_total", ("tax", "nontax", "capital_sales", "special_receipts", "transfers"), ()),
    ("net_lending", ("budget_credits",), ("credit_repayments",)),
    ("fin_assets_balance", ("fin_assets_purchase",), ("fin_assets_sale",)),
    ("deficit", ("revenue_total",), ("costs", "net_lending", "fin_assets_balance")),
    ("deficit_financing", (), ("deficit",)),
    ("deficit_financing", ("loans_in", "balances_used"), ("loans_repaid",)),
)

TOLD = ("document", "year", "month", "section", "code", "measure", "amount")
MEASURES = (  # columns of the treasury's forms in printing order
    "plan_year", "plan_obligations", "plan_payments", "registered", "paid", "paid_month", "unpaid",
    "outstanding", "received_day", "received",
)  # fmt: skip


class Bad(Exception):
    """What makes a package unsound, in a sentence."""


def read_members(data):
    """Every member by name; refuses doubled names, names outside the file and bombs."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Bad("this is no zip file, or it was cut short") from None
    members, total = {}, 0
    for entry in archive.infolist():
        name = entry.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise Bad(f"the member {name!r} points outside the file")
        if name in members:
            raise Bad(f"the member {name!r} stands twice")
        total += entry.file_size
        if total > LARGEST:
            raise Bad("it unpacks to more than a package may")
        try:
            with archive.open(entry) as stream:
                members[name] = stream.read(LARGEST + 1)
        except (zipfile.BadZipFile, zipfile.zlib.error, NotImplementedError, EOFError, RuntimeError):
            raise Bad(f"the member {name!r} is damaged") from None
    return members


def checked_manifest(members):
    """The manifest, its seal and the hashes of all members verified."""
    for name in ("manifest.json", "signature.bin", "figures.json", "facts.csv", "indicators.csv"):
        if name not in members:
            raise Bad(f"{name} is missing")
    manifest = json.loads(members["manifest.json"])
    if manifest.get("format") != "akimat-package" or manifest.get("format_version") != 1:
        raise Bad("this is no package of format 1")
    key = base64.b64decode(manifest["key"])
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(members["signature.bin"], members["manifest.json"])
    except (InvalidSignature, ValueError):
        raise Bad("the seal is broken: the content was changed, or the seal is of another key") from None
    listed = {member["name"]: member for member in manifest["members"]}
    if set(members) != set(listed) | {"manifest.json", "signature.bin"}:
        raise Bad("the members are not those that the manifest lists")
    for name, member in listed.items():
        content = members[name]
        if len(content) != member["size"] or hashlib.sha256(content).hexdigest() != member["sha256"]:
            raise Bad(f"{name} was changed after sealing")
    return manifest, key


def tenge(tiyn):
    """Whole tiyn as the flat table writes tenge."""
    if tiyn is None:
        return ""
    whole, rest = divmod(abs(tiyn), 100)
    return f"{'-' if tiyn < 0 else ''}{whole}.{rest:02d}"


def check_table(figures, table):
    """The flat table says, line by line, what the figures say."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8"))))
    told = [tuple(r[column] for column in TOLD) for r in rows]
    own = [
        (document["ref"], str(year["year"]), "", line["section"], line["code"] or "", "budget",
         tenge(line["amount_tiyn"]))
        for document in figures["documents"]
        for year in document["years"]
        for line in year["lines"]
    ]  # fmt: skip
    for plan in figures.get("plans", ()):
        for line in plan["lines"]:
            section = "revenue" if line["side"] == "receipts" else "expenditure"
            own += [
                (plan["ref"], str(plan["year"]), str(month), section, line["code"],
                 "planned_" + line["side"], tenge(amount))
                for month, amount in enumerate(line["months_tiyn"], start=1)
                if amount
            ]  # fmt: skip
    for adjustment in figures.get("adjustments", ()):
        own += [
            (adjustment["ref"], str(adjustment["year"]), "", line["section"], line["code"] or "",
             "adjustment", tenge(line["amount_tiyn"]))
            for line in adjustment["lines"]
        ]  # fmt: skip
    for form in figures.get("forms", ()):
        section = "expenditure" if form["kind"] == "4-20" else "revenue"
        own += [
            (form["ref"], str(form["year"]), str(form["month"]), section, line["code"], measure,
             tenge(line["amounts_tiyn"][measure]))
            for line in form["lines"]
            for measure in MEASURES
            if measure in line["amounts_tiyn"]
        ]  # fmt: skip
    if told != own:
        raise Bad("facts.csv does not say what figures.json says")


def check_indicators(figures, table):
    """The table of indicators says what the figures say of meetings and ratios."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8"))))
    told = sorted((r["about"], r["indicator"], r["of"], r["month"], r["value"]) for r in rows)
    own = [
        ("meetings", name, counts["kind"], "", str(number))
        for counts in figures.get("meetings", ())
        for name, number in counts.items()
        if name != "kind"
    ]
    for row in figures.get("ratio", ()):
        of, month = row["formula"] + "/" + row["basis"], str(row["month"] or "")
        own.append(("ratio", "own_revenue", of, month, tenge(row["own_revenue_tiyn"])))
        own.append(("ratio", "denominator", of, month, tenge(row["denominator_tiyn"])))
        own.append(("ratio", "ratio_percent", of, month, row["percent"]))
        doubled = abs(row["own_revenue_tiyn"]) * 2000 + row["denominator_tiyn"]
        whole = row["own_revenue_tiyn"] >= 0 and row["denominator_tiyn"] > 0
        if whole and row["percent"] != tenths(doubled // (row["denominator_tiyn"] * 2)):
            raise Bad("a ratio is not the quotient of its amounts")
    if told != sorted(own):
        raise Bad("indicators.csv does not say what figures.json says")


def tenths(number):
    """Whole tenths as a percentage is written."""
    return f"{number // 10}.{number % 10}"


def sums(figures):
    """Sentences about sums of the newest document that do not add up (a figure not stated counts as 0)."""
    found = []
    for document in figures["documents"][-1:]:
        for year in document["years"]:
            stated = year["figures_tiyn"]
            for figure, plus, minus in IDENTITIES:
                if figure not in stated:
                    continue
                reckoned = sum(stated.get(p, 0) for p in plus) - sum(stated.get(m, 0) for m in minus)
                if reckoned != stated[figure]:
                    difference = tenge(stated[figure] - reckoned)
                    found.append(f"{year['year']}: {figure} differs from its parts by {difference} tenge")
    return found


def check(path):
    """The exit status for one file; prints what it is."""
    with open(path, "rb") as stream:  # noqa: PTH123 - a script to be read by anybody
        data = stream.read(LARGEST)
    members = read_members(data)
    try:
        manifest, key = checked_manifest(members)
        figures = json.loads(members["figures.json"])
        if figures["unit"] != manifest["unit"]["kato"] or figures["period"] != manifest["period"]:
            raise Bad("the figures are of another unit or period than the manifest")
        check_table(figures, members["facts.csv"])
        check_indicators(figures, members["indicators.csv"])
        broken = sums(figures)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Bad(f"its content is not as the published schemas say ({error})") from None
    digits = hashlib.sha256(key).hexdigest()[:32]
    unit, period = manifest["unit"], manifest["period"]
    month = "" if period["month"] is None else f", months 1-{period['month']}"
    print(f"{path}: sound")
    print(f"  unit        {unit['kato']} {unit['name_kk']} / {unit['name_ru']}")
    print(f"  period      {period['year']}{month}; number {manifest['sequence']}, made {manifest['made_at']}")
    print(f"  key         {' '.join(digits[at : at + 4] for at in range(0, 32, 4))}")
    print(f"  file        sha256 {hashlib.sha256(data).hexdigest()}")
    print(f"  practice    {'YES' if manifest['practice'] else 'no'}")
    for sentence in broken:
        print(f"  ! {sentence}")
    return 1 if broken else 0


def main(paths):
    """Check every file; the worst status."""
    if not paths:
        print(__doc__)
        return 2
    status = 0
    for path in paths:
        try:
            status = max(status, check(path))
        except (Bad, OSError) as problem:
            print(f"{path}: NOT SOUND: {problem}", file=sys.stderr)
            status = 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
