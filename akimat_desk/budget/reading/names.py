"""Names of budget units as decisions print them, and the same unit recognised under another form.

A decision names its unit in the genitive ("бюджет Ергольского сельского округа", "Көкалажар ауылдық
округінің бюджеті"), among its district and oblast. What is kept is the plain name of the unit alone;
where no rule is safe the printed form stays.
"""

from __future__ import annotations

import re

from akimat_desk.budget.reading.stream import plain_form
from akimat_desk.core.text import repair, skeleton, squeeze

# --- Russian ------------------------------------------------------------------------------------

# Adjectives whose nominative ends in a stressed -ой.
_STRESSED = frozenset(
    ("степн", "лесн", "лугов", "полев", "ключев", "речн", "донск", "морск", "городск", "молод", "больш")
)
_HUSHING = "жшчщ"
_ADJECTIVE = re.compile(r"^(?P<stem>[\w-]+?)(?P<ending>[ое]го|[ое]му)$", re.I)

_RU_OKRUG = r"(?P<kind>сельск\w+|аульн\w+|поселков\w+)\s+округ(?:а|у|ом|е)?(?!\w)"
_RU_PLACE = (
    r"город(?:а|у|ом|е)?\s+районного\s+значения|город(?:а|у|ом|е)?|посел(?:ок|ка|ку|ком|ке)|сел(?:о|а|у|ом|е)"
    r"|аул(?:а|у|ом|е)?|станци[яюи]|разъезд[ау]?|кент[ау]?"
)
_RU_OKRUG_RE = re.compile(_RU_OKRUG)
_RU_PLACE_RE = re.compile(rf"(?<![\w-])(?P<place>{_RU_PLACE})(?![\w-])")
_RU_NOMINATIVE = (
    (re.compile(r"^город\w*\s+районного\s+значения$"), "город районного значения"),
    (re.compile(r"^город"), "город"),
    (re.compile(r"^посел"), "поселок"),
    (re.compile(r"^сел"), "село"),
    (re.compile(r"^аул"), "аул"),
    (re.compile(r"^станци"), "станция"),
    (re.compile(r"^разъезд"), "разъезд"),
    (re.compile(r"^кент"), "кент"),
)
# What follows a unit's name: its district, city or oblast.
_RU_UPPER = re.compile(
    r"\s+(?:(?:[\w-]+(?:ого|его)\s+)?район[ае]?(?!\w)(?!ного)|[\w-]+(?:ой|ей)\s+област[ьи]|област[ьи](?!\w)).*$",
    re.S,
)
_RU_UPPER_CITY = re.compile(r"(?<=округа)\s+город[ае]\s.*$|(?<=округ)\s+город[ае]\s.*$", re.S)
_RU_PLURAL = re.compile(
    r"(?<!\w)(?:сельских|аульных|поселковых)\s+округ\w*|(?<!\w)(?:сел|поселков|городов|аулов)(?!\w)"
    r"|каждо\w+\s+сельск|(?:города|села|поселка|поселку|городу)\s*(?:,|и)\s+(?:сел|посел|сельск|город|аул)"
)
_RU_DISTRICT = re.compile(r"(?<!\w)(?:районн\w+|городск\w+|областн\w+)(?!\w)")

# --- Kazakh -------------------------------------------------------------------------------------

_KK_GENITIVE = re.compile(
    r"(?P<word>округі|ауылы|қаласы|кенті|поселкесі|поселкасы|селосы|ауданы|станциясы|облысы)(?:нің|ның|не|на)(?!\w)",
    re.I,
)
_KK_UPPER = re.compile(r"^.*(?<!\w)(?:облысы|облысынын|ауданы|ауданынын|ауданына)\s+(?=\S)", re.S)
_KK_UPPER_CITY = re.compile(
    r"^.*(?<!\w)каласы(?:нын)?\s+(?=.*(?:ауылдык\s+округ|ауылы|кенти|поселкес))", re.S
)
_KK_KIND = re.compile(
    r"(?:ауылдык|селолык|ауыл|кенттик|поселкелик)\s+округ\w*|(?<!\w)(?:каласы|ауылы|кенти|поселкеси|поселкасы|селосы)\w*"
    r"|(?<!\w)ауылдык(?!\w)"
)
_KK_PLURAL = re.compile(
    r"округтер\w*|округтар\w*|ауылдары\w*|ауылдардын|каласы\s+мен|(?<!\w)кала\s+(?:мен|жане)|кенттер\w*|поселкелер\w*"
    r"|кент,|ауыл,|ауылы?\s+(?:мен|жане)|каласы(?:нын)?\s*(?:,|жане|мен)"
)

_MARK = re.compile(r"^[\s\"'«»“”„(]*(?:\d+(?:[.\-]\d+)*\s*[).]*[\s\"'«»“”„(]*)?")
_EDGES = " \t\n\"'«»“”„,;:.()[]-–—"
_INSIDE = re.compile(r"[\"«»“”„]")


def _bare(printed: str) -> str:
    name = squeeze(_INSIDE.sub(" ", repair(printed)))
    name = re.sub(r"\(\s*", "", re.sub(r"\s*\)", "", name))
    return name.strip(_EDGES)


def is_plural(text: str) -> bool:
    """Whether a heading speaks of several units at once (a container, or a sum over all of them)."""
    plain = plain_form(text)
    return bool(_RU_PLURAL.search(plain) or _KK_PLURAL.search(plain))


def has_kind(text: str) -> bool:
    """Whether a text names a kind of unit at all: округ, город, ауыл, кент…"""
    plain = plain_form(text)
    return bool(_RU_OKRUG_RE.search(plain) or _RU_PLACE_RE.search(plain) or _KK_KIND.search(plain))


def _nominative_adjective(word: str) -> str:
    match = _ADJECTIVE.match(word)
    if match is None:
        return word
    stem, ending = match["stem"], match["ending"].casefold()
    lower = stem.casefold()
    if lower in _STRESSED:
        return stem + "ой"
    if ending[0] == "е" or lower[-1:] in "кгх":
        return stem + "ий"
    if lower[-1:] in _HUSHING:
        return stem + "ой"
    return stem + "ый"


def _russian(name: str) -> str:
    plain = plain_form(name)
    okrug = _RU_OKRUG_RE.search(plain)
    if okrug:
        upper = _RU_UPPER_CITY.search(plain, okrug.end() - 1) or _RU_UPPER.search(plain, okrug.end())
        end = upper.start() if upper else len(name)
        before = name[: okrug.start()].split()
        # "Карасайского района Айтейского сельского округа": the district may stand before, too.
        for index in range(len(before) - 1, -1, -1):
            if plain_form(before[index]) in ("района", "области", "району", "города"):
                before = before[index + 1 :]
                break
        kind = _nominative_adjective(name[okrug.start("kind") : okrug.end("kind")].casefold())
        after = name[okrug.end() : end].strip(_EDGES)
        parts = [*(_nominative_adjective(word) for word in before), kind, "округ", after]
        return squeeze(" ".join(part for part in parts if part))
    place = _RU_PLACE_RE.search(plain)
    if place:
        upper = _RU_UPPER.search(plain, place.end())
        end = upper.start() if upper else len(name)
        found = place["place"]
        kind = next(word for pattern, word in _RU_NOMINATIVE if pattern.match(found))
        after = name[place.end() : end].strip(_EDGES)
        if after:
            return squeeze(f"{kind} {after}")
        adjectives = " ".join(_nominative_adjective(word) for word in name[: place.start()].split())
        return squeeze(f"{adjectives} {kind}")
    district = re.match(r"^(?P<adjective>[\w-]+(?:ого|его))\s+района(?!\w)", plain)
    if district:
        return f"{_nominative_adjective(name[: district.end('adjective')])} район"
    return name


def _kazakh(name: str) -> str:
    name = _KK_GENITIVE.sub(lambda match: match["word"], name)
    plain = plain_form(name)
    for pattern in (_KK_UPPER, _KK_UPPER_CITY):
        upper = pattern.match(plain)
        if upper and _KK_KIND.search(plain, upper.end()):
            name, plain = name[upper.end() :], plain[upper.end() :]
    if re.search(r"(?<!\w)(?:ауылдык|селолык)$", plain):
        name += " округі"
    return squeeze(name)


def unit_name(printed: str) -> str:
    """The plain name of the unit in a printed phrase: "Ергольского сельского округа Х района" gives
    "Ергольский сельский округ". A plural or unknown phrase is only cleaned."""
    name = _bare(_MARK.sub("", printed))
    if not name:
        return ""
    plain = plain_form(name)
    if is_plural(name):
        return name
    if _KK_KIND.search(plain) and not _RU_OKRUG_RE.search(plain):
        return _kazakh(name)
    if _RU_OKRUG_RE.search(plain) or _RU_PLACE_RE.search(plain):
        return _russian(name)
    if _RU_DISTRICT.fullmatch(plain) or plain in ("аудандык", "калалык", "облыстык"):
        return ""
    if _KK_GENITIVE.search(name):
        return _kazakh(name)
    return _russian(name)


_KEY_KINDS = (
    ("okrug", re.compile(r"(?:сельск|аульн|поселков)\w*округ\w*|(?:ауылдык|селолык|ауыл)округ\w*")),
    ("town", re.compile(r"город|каласы|кала$")),
    ("settlement", re.compile(r"посел|кент")),
    ("village", re.compile(r"село|села|ауылы|ауыл|аул")),
)
_KEY_WORDS = re.compile(
    r"(?<!\w)(?:сельск\w+|аульн\w+|поселков\w+|округ\w*|ауылдык|селолык|город\w*|районного|значения|калас\w*|кала"
    r"|посел\w*|кент\w*|сел[оаеу]|селосы\w*|аул\w?|ауыл\w*|имени|атындагы|бюджет\w*|мкр|аудандык|манызы|бар)(?!\w)"
)
_KEY_ENDING = re.compile(
    r"(?:ский|ского|скому|ской|цкий|цкого|ый|ий|ой|ого|его|ому|нын|нин|дын|дин|тын|тин)$"
)


def unit_key(name: str) -> tuple[str, str]:
    """(kind, stem) for recognising a unit under another grammatical form of its name."""
    plain = plain_form(squeeze(name))
    joined = plain.replace(" ", "")
    kind = next((kind for kind, pattern in _KEY_KINDS if pattern.search(joined)), "")
    words = _KEY_WORDS.sub(" ", plain).split()
    stems = [_KEY_ENDING.sub("", skeleton(word)) if len(word) > 5 else skeleton(word) for word in words]
    return kind, "".join(stems)


def same_unit(one: str, other: str) -> bool:
    """Whether two printed names mean one unit (cases, districts behind the name and slips aside)."""
    if is_plural(one) or is_plural(other):
        return False
    kind_one, stem_one = unit_key(unit_name(one))
    kind_other, stem_other = unit_key(unit_name(other))
    if kind_one and kind_other and kind_one != kind_other:
        return False
    if not stem_one or not stem_other:
        return False
    if stem_one == stem_other:
        return True
    shorter, longer = sorted((stem_one, stem_other), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3:
        return True
    return len(shorter) >= 6 and _one_slip(shorter, longer)


def _one_slip(shorter: str, longer: str) -> bool:
    """Whether one letter changed, lost or added turns one word into the other."""
    if len(longer) - len(shorter) > 1:
        return False
    first = next((i for i, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), None)
    if first is None:
        return True
    rest = 1 if len(longer) == len(shorter) else 0
    return shorter[first + rest :] == longer[first + 1 :]
