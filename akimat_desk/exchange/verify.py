"""Is a package what it says? Everything that can be judged from the file alone, nothing stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.exchange.container import (
    DESCRIPTION,
    FACTS,
    FIGURES,
    INDICATORS,
    SealedFile,
    open_container,
)
from akimat_desk.exchange.contents.contents import Contents
from akimat_desk.exchange.contents.decisions import TravellingDecision
from akimat_desk.exchange.facts import description, facts_csv, indicators_csv
from akimat_desk.exchange.manifest import Manifest, Member


@dataclass(frozen=True, slots=True)
class Verified:
    """A package that holds together, what travels in it and what its sums say."""

    sealed: SealedFile
    contents: Contents
    findings: tuple[Finding, ...]

    @property
    def decisions(self) -> tuple[TravellingDecision, ...]:
        """The editions of the budget, the one that answers now last."""
        return self.contents.decisions

    @property
    def manifest(self) -> Manifest:
        """Whose it is, for when."""
        return self.sealed.manifest


def verify(data: bytes, name: str) -> Verified:
    """Open a package and judge it whole.

    Raises InputRefused, each fault with its own reason: see :func:`open_container`; further figures of
    another unit or period than the manifest's, a flat table that does not say what the figures say.
    Sums that do not add up in an adopted decision are findings.
    """
    sealed = open_container(data, name)
    manifest = sealed.manifest
    figures = sealed.figures
    if figures["unit"] != manifest.unit_kato:
        raise InputRefused(
            "error.exchange.unit_differs", name=name, manifest=manifest.unit_kato, figures=figures["unit"]
        )
    period = figures["period"]
    if (period["year"], period["month"]) != (manifest.period.year, manifest.period.month):
        raise InputRefused("error.exchange.period_differs", name=name, period=str(manifest.period))
    try:
        contents = Contents.from_data(figures)
    except ValueError as error:
        raise InputRefused("error.exchange.wrong_content", name=name, member=FIGURES, at="") from error
    refs = contents.refs
    if len(set(refs)) != len(refs):
        raise InputRefused("error.exchange.document_twice", name=name)
    if any(not ref.startswith(f"{manifest.workspace}:") for ref in refs):
        raise InputRefused("error.exchange.foreign_document", name=name)
    unit_name = manifest.unit_name_kk or manifest.unit_name_ru
    made = {
        FACTS: facts_csv(manifest.unit_kato, manifest.period, contents.facts()),
        INDICATORS: indicators_csv(manifest.unit_kato, manifest.period, contents.indicators()),
        DESCRIPTION: description(manifest.unit_kato, unit_name, manifest.period),
    }
    for member, content in made.items():
        if manifest.member(member) != Member.of(member, content):
            raise InputRefused("error.exchange.facts_differ", name=name, member=member)
    return Verified(sealed, contents, tuple(_sums(contents.decisions, unit_name)))


def _sums(decisions: tuple[TravellingDecision, ...], unit: str) -> list[Finding]:
    """What does not add up in the edition that answers now (the last one of the package)."""
    if not decisions:
        return []
    newest = decisions[-1]
    found = newest.edition.balance_findings(unit)
    return by_weight(replace(finding, where=replace(finding.where, unit=unit)) for finding in found)
