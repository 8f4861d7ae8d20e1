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

# --- words around a name --------------------------------------------------------------------------

# What stands before a unit's name in headings ("Уточненный бюджет …", "Объем поступлений и расходов
# бюджета аппарата акима …", "по …") and is no part of it.
_RU_BEFORE = re.compile(
    r"(?:бюджет|уточнен|скорректирован|местн|объем|поступлен|расход|доход|затрат|план|проект|прогноз|отчет|смет|свод"
    r"|исполнен|аппарат|аким|утвердить|государственн|учрежден|приложен)\w*|по|для|на|о|об|и|район[ауе]?|област[иь]"
)
_KK_BEFORE = re.compile(
    r"(?:бюджет|накты|жыл|арналган|жоба|киристер|шыгыстар|тусимдер|колем|жоспар|косымша|есеп)\w*|мен|жане"
)
_RU_CITY = re.compile(r"город[ауе]?")
_RU_ADJECTIVE = re.compile(r"(?:[\w-]+(?:[оеы]го|[ое]му|ый|ий|ой))")
# Words after "сельского округа" that are no name: the name of one that follows begins with a capital.
_NAMED_AFTER = re.compile(r"(?:имени|им)(?!\w)")
_SHORT_RU = re.compile(r"(?<![\w/.])с\s?(?:/\s?|\.\s?)о(?![\w/])\.?", re.I)
_SHORT_RU_AUL = re.compile(r"(?<=го\s)а\s?(?:/\s?|\.\s?)о(?![\w/])\.?", re.I)
_SHORT_KK = re.compile(r"(?<![\w/.])[ае]\s?(?:/\s?|\.\s?)о(?![\w/])\.?", re.I)

_MARK = re.compile(r"^[\s\"'«»“”„(]*(?:\d+(?:[.\-]\d+)*\s*[).]*[\s\"'«»“”„(]*)?")
_EDGES = " \t\n\"'«»“”„,;:.()[]-–—"
_INSIDE = re.compile(r"[\"«»“”„]")


def _spelt_out(text: str) -> str:
    """A text with "с/о", "с.о.", "а/о" written out."""
    if "о" not in text.casefold() and "o" not in text.casefold():
        return text
    text = _SHORT_RU.sub("сельского округа", repair(text))
    return _SHORT_KK.sub("ауылдық округі", _SHORT_RU_AUL.sub("аульного округа", text))


def _bare(printed: str) -> str:
    name = squeeze(_INSIDE.sub(" ", _spelt_out(printed)))
    name = re.sub(r"\(\s*", "", re.sub(r"\s*\)", "", name))
    return name.strip(_EDGES)


def is_plural(text: str) -> bool:
    """Whether a heading speaks of several units at once (a container, or a sum over all of them)."""
    plain = plain_form(text)
    return bool(_RU_PLURAL.search(plain) or _KK_PLURAL.search(plain))


def has_kind(text: str) -> bool:
    """Whether a text names a kind of unit at all: округ, город, ауыл, кент…"""
    plain = plain_form(_spelt_out(text))
    return bool(_RU_OKRUG_RE.search(plain) or _RU_PLACE_RE.search(plain) or _KK_KIND.search(plain))


def _nominative_adjective(word: str) -> str:
    match = _ADJECTIVE.match(word)
    if match is None:
        return word
    stem, ending = match["stem"], match["ending"].casefold()
    lower = stem.casefold()
    if lower in _STRESSED:
        nominative = "ой"
    elif ending[0] == "е" or lower[-1:] in "кгх":
        nominative = "ий"
    elif lower[-1:] in _HUSHING:
        nominative = "ой"
    else:
        nominative = "ый"
    return stem + (nominative.upper() if stem.isupper() else nominative)


def _words_of_name(words: list[str]) -> list[str]:
    """Of the words before a unit's kind those that make its name: behind the last word that cannot be
    part of one, without words in small letters."""
    for index in range(len(words) - 1, -1, -1):
        if _RU_BEFORE.fullmatch(plain_form(words[index]).strip(_EDGES)):
            words = words[index + 1 :]
            break
    if not words or not words[-1][:1].isupper():
        return words
    start = len(words) - 1
    while start and words[start - 1].strip(_EDGES)[:1].isupper():
        start -= 1
    return words[start:]


def _before_okrug(words: list[str]) -> list[str]:
    city = [at for at, word in enumerate(words) if _RU_CITY.fullmatch(plain_form(word))]
    if city and city[-1] + 1 < len(words):
        # "города Семей Айнабулакского": the city's name may have several words, the okrug's is an adjective.
        words = words[city[-1] + 1 :]
        start = len(words)
        while start and _RU_ADJECTIVE.fullmatch(plain_form(words[start - 1])):
            start -= 1
        words = words[min(start, len(words) - 1) :]
    return _words_of_name(words)


def _after_kind(text: str) -> str:
    """The name that follows a kind ("сельского округа имени …"); "" for words that are none."""
    text = text.strip(_EDGES)
    if text[:1].islower() and not _NAMED_AFTER.match(plain_form(text)):
        return ""
    words = text.split()
    for index, word in enumerate(words):
        if _RU_BEFORE.fullmatch(plain_form(word).strip(_EDGES)):
            return " ".join(words[:index]).strip(_EDGES)
    return text


def _russian(name: str) -> str:
    plain = plain_form(name)
    okrug = _RU_OKRUG_RE.search(plain)
    if okrug:
        upper = _RU_UPPER_CITY.search(plain, okrug.end() - 1) or _RU_UPPER.search(plain, okrug.end())
        end = upper.start() if upper else len(name)
        # "Карасайского района Айтейского сельского округа": the district may stand before, too.
        before = _before_okrug(name[: okrug.start()].split())
        kind = _nominative_adjective(name[okrug.start("kind") : okrug.end("kind")].casefold())
        after = _after_kind(name[okrug.end() : end])
        parts = [*(_nominative_adjective(word) for word in before), kind, "округ", after]
        return squeeze(" ".join(part for part in parts if part))
    places = list(_RU_PLACE_RE.finditer(plain))
    if places:
        # Of "города Семей поселка Шульбинск" the smaller place, of "села Абай города Семей" too.
        lower = [found for found in places if not _RU_CITY.fullmatch(found["place"])]
        place = lower[0] if lower else places[0]
        later = [found.start() for found in places if found.start() > place.start()]
        upper = _RU_UPPER.search(plain, place.end())
        end = min([upper.start() if upper else len(name), *later])
        found = place["place"]
        kind = next(word for pattern, word in _RU_NOMINATIVE if pattern.match(found))
        after = _after_kind(name[place.end() : end])
        if after:
            return squeeze(f"{kind} {after}")
        words = _words_of_name(name[: place.start()].split())
        adjectives = " ".join(_nominative_adjective(word) for word in words)
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
    # Nothing of a name stands behind its kind: "… округі бойынша нақтыланған".
    kinds = list(_KK_KIND.finditer(plain))
    if kinds:
        name = name[: kinds[-1].end()]
        words = name.split()
        for index in range(len(words) - 2, -1, -1):
            if _KK_BEFORE.fullmatch(plain_form(words[index]).strip(_EDGES)):
                words = words[index + 1 :]
                break
        name = " ".join(words)
        plain = plain_form(name)
    if re.search(r"(?<!\w)(?:ауылдык|селолык)$", plain):
        name += " округі"
    elif re.search(r"(?<!\w)округ$", plain):
        name += "і"
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
    plain = plain_form(squeeze(_spelt_out(name)))
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
    return slips(shorter, longer, 1) is not None


# From which length on one and two wrong letters leave no doubt which name is meant.
_LEAST_FOR_SLIPS = (6, 8)


def likeness(one: str, other: str) -> int | None:
    """How far two printed names are from meaning one unit: 0 for the same, more for a name that holds
    the other or has up to two wrong letters; None when they are different units."""
    if is_plural(one) or is_plural(other):
        return None
    kind_one, stem_one = unit_key(unit_name(one))
    kind_other, stem_other = unit_key(unit_name(other))
    if not stem_one or not stem_other:
        return None
    if kind_one and kind_other and kind_one != kind_other:
        return 4 if stem_one == stem_other else None
    if stem_one == stem_other:
        return 0
    if same_unit(one, other):
        return 1
    shorter, longer = sorted((stem_one, stem_other), key=len)
    if len(shorter) < _LEAST_FOR_SLIPS[0]:
        return None
    wrong = slips(shorter, longer, 2 if len(shorter) >= _LEAST_FOR_SLIPS[1] else 1)
    if wrong is not None:
        return wrong
    return 3 if shorter in longer else None


def slips(one: str, other: str, most: int) -> int | None:
    """How many letters are changed, lost or added between two words; None for more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return None
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, start=1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != wanted))
    return row[-1] if row[-1] <= most else None
