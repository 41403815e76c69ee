"""The usual structure of the police, built from the codifier; a real list of units is loaded from a file.

A main directorate in each oblast, a directorate in each raion, a sector of police activity in each hromada,
as the Law 580-VIII and the published structure have them. Subordinate to nobody here, but listed so that
cases can be handed to them, are the services for children.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from varta.places.models import Territory, Unit
from varta.places.oblasts import OBLASTS

ROOT = "NPU"
PARTNERS = "NPU-PS"
STATION_FROM = 15  # settlements in a hromada, from which its sector has a station of its own

_RELOCATED = ("01",)  # works from outside its oblast and has no raion directorates
_WITH_ANOTHER = {"85": "01"}  # Sevastopol is answered for by the directorate of Crimea
_INSIDE = {"01": "в Автономній Республіці Крим та м. Севастополі"}
_INSIDE_EN = {"01": "the Autonomous Republic of Crimea and Sevastopol city"}

_KIND, _BRANCH = Unit.Kind, Unit.Branch

# Code, kind, branch, name, English name; {} is where.
_CENTRAL = (
    (
        "PD",
        _KIND.DEPARTMENT,
        _BRANCH.PREVENTION,
        "Департамент превентивної діяльності",
        "Prevention Department",
    ),
    (
        "CB",
        _KIND.DEPARTMENT,
        _BRANCH.CRIMINAL,
        "Департамент карного розшуку",
        "Criminal Investigation Department",
    ),
    ("PP", _KIND.DEPARTMENT, _BRANCH.PATROL, "Департамент патрульної поліції", "Patrol Police Department"),
    (
        "DP",
        _KIND.DEPARTMENT,
        _BRANCH.DISPATCH,
        "Департамент організаційно-аналітичного забезпечення та оперативного реагування",
        "Operational Response Department",
    ),
)
_IN_OBLAST = (
    (
        "PD",
        _KIND.DIRECTORATE,
        _BRANCH.PREVENTION,
        "Управління превентивної діяльності ГУНП {}",
        "Prevention Directorate in {}",
    ),
    (
        "CB",
        _KIND.DIRECTORATE,
        _BRANCH.CRIMINAL,
        "Управління карного розшуку ГУНП {}",
        "Criminal Investigation Directorate in {}",
    ),
    (
        "PP",
        _KIND.DIRECTORATE,
        _BRANCH.PATROL,
        "Управління патрульної поліції {}",
        "Patrol Police Directorate in {}",
    ),
    (
        "DP",
        _KIND.DEPARTMENT,
        _BRANCH.DISPATCH,
        "Відділ «Служба 102» ГУНП {}",
        "102 Dispatch Department in {}",
    ),
)
_OF_OBLAST_PREVENTION = (
    (
        "JP",
        _KIND.DEPARTMENT,
        _BRANCH.PREVENTION,
        "Відділ ювенальної превенції УПД ГУНП {}",
        "Juvenile Prevention Department in {}",
    ),
    (
        "DV",
        _KIND.DEPARTMENT,
        _BRANCH.PREVENTION,
        "Відділ протидії домашньому насильству УПД ГУНП {}",
        "Domestic Violence Department in {}",
    ),
)
_IN_RAION = (
    ("PD", _KIND.DEPARTMENT, _BRANCH.PREVENTION, "Відділ превенції {}", "Prevention Department, {}"),
    (
        "CB",
        _KIND.DEPARTMENT,
        _BRANCH.CRIMINAL,
        "Відділ кримінальної поліції {}",
        "Criminal Police Department, {}",
    ),
    (
        "PR",
        _KIND.SECTOR,
        _BRANCH.PATROL,
        "Сектор реагування патрульної поліції {}",
        "Patrol Response Sector, {}",
    ),
    ("DP", _KIND.SECTOR, _BRANCH.DISPATCH, "Чергова частина {}", "Duty Desk, {}"),
)
# Where officers are trained. They belong to the ministry and answer for no territory.
_UNIVERSITIES = (
    ("DDUVS", "Дніпропетровський державний університет внутрішніх справ",
     "Dnipropetrovsk State University of Internal Affairs"),
    ("LDUVS", "Львівський державний університет внутрішніх справ", "Lviv State University of Internal Affairs"),
    ("KHNUVS", "Харківський національний університет внутрішніх справ",
     "Kharkiv National University of Internal Affairs"),
    ("ODUVS", "Одеський державний університет внутрішніх справ", "Odesa State University of Internal Affairs"),
    ("DNDUVS", "Донецький державний університет внутрішніх справ", "Donetsk State University of Internal Affairs"),
    ("NAVS", "Національна академія внутрішніх справ", "National Academy of Internal Affairs"),
)  # fmt: skip
_OF_RAION_PREVENTION = (
    (
        "JP",
        _KIND.SECTOR,
        _BRANCH.PREVENTION,
        "Сектор ювенальної превенції {}",
        "Juvenile Prevention Sector, {}",
    ),
    (
        "DV",
        _KIND.SECTOR,
        _BRANCH.PREVENTION,
        "Сектор протидії домашньому насильству {}",
        "Domestic Violence Sector, {}",
    ),
)


class UnitRow(NamedTuple):
    """A unit as a file or the builder describes it; `places` are the codes that it answers for."""

    line: int
    code: str
    parent: str
    name: str
    name_en: str
    kind: str
    branch: str
    places: tuple[str, ...]


class Ground(NamedTuple):
    """What the builder needs to know of a territory."""

    code: str
    parent: str | None
    level: int
    category: str
    name: str
    name_en: str


def build() -> list[UnitRow]:
    """Return the usual structure over the Ukrainian territories in force; the same for the same codifier."""
    rows = Territory.objects.filter(code__startswith="UA", valid_to__isnull=True).order_by("code")
    ground = [
        Ground(*row) for row in rows.values_list("code", "parent", "level", "category", "name", "name_en")
    ]
    return [row._replace(line=line) for line, row in enumerate(_units(ground), start=1)]


def universities() -> Iterator[UnitRow]:
    """Yield the universities of internal affairs, below the services beside the police."""
    for short, name, name_en in _UNIVERSITIES:
        yield _unit(f"{PARTNERS}-{short}", PARTNERS, _KIND.UNIVERSITY, _BRANCH.PARTNER, name, name_en, ())


def _units(ground: Sequence[Ground]) -> Iterator[UnitRow]:
    below: dict[str | None, list[Ground]] = {}
    for place in ground:
        below.setdefault(place.parent, []).append(place)
    yield _unit(
        ROOT,
        "",
        _KIND.HEADQUARTERS,
        _BRANCH.HEADQUARTERS,
        "Національна поліція України",
        "National Police of Ukraine",
        ("UA",),
    )
    yield from _parts(ROOT, _CENTRAL, "", "", ("UA",))
    yield _unit(
        PARTNERS,
        ROOT,
        _KIND.SERVICE,
        _BRANCH.PARTNER,
        "Служби, що взаємодіють із поліцією",
        "Services beside the police",
        ("UA",),
    )
    yield from universities()
    for oblast in below["UA"]:
        if oblast.code[2:4] not in _WITH_ANOTHER:
            yield from _in_oblast(oblast, below)


def _in_oblast(oblast: Ground, below: dict[str | None, list[Ground]]) -> Iterator[UnitRow]:
    digits = oblast.code[2:4]
    code = f"{ROOT}-{digits}"
    inside = _INSIDE.get(digits, OBLASTS[digits].inside)
    inside_en = _INSIDE_EN.get(digits, OBLASTS[digits].title_en)
    shared = [place.code for place in below["UA"] if _WITH_ANOTHER.get(place.code[2:4]) == digits]
    places = (oblast.code, *shared)
    yield _unit(
        code,
        ROOT,
        _KIND.MAIN_DIRECTORATE,
        _BRANCH.HEADQUARTERS,
        f"Головне управління Національної поліції {inside}",
        f"Main Directorate of the National Police in {inside_en}",
        places,
    )
    yield from _parts(code, _IN_OBLAST, inside, inside_en, places)
    yield from _parts(f"{code}-PD", _OF_OBLAST_PREVENTION, inside, inside_en, places)
    yield _unit(
        f"{PARTNERS}-{digits}",
        PARTNERS,
        _KIND.SERVICE,
        _BRANCH.PARTNER,
        f"Служба у справах дітей {inside}",
        f"Service for Children in {inside_en}",
        places,
    )
    if digits in _RELOCATED:
        return
    for raion in below.get(oblast.code, ()):
        if raion.category in "PB":
            yield from _in_raion(raion, code, below)


def _in_raion(raion: Ground, oblast_unit: str, below: dict[str | None, list[Ground]]) -> Iterator[UnitRow]:
    """Yield the directorate of a raion, or of a district in Kyiv, which has no hromadas."""
    digits = raion.code[2:6] if raion.category == "P" else raion.code[2:4] + raion.code[12:14]
    code = f"{oblast_unit}-{digits}"
    word, short = (
        ("районне управління поліції", "РУП") if raion.category == "P" else ("управління поліції", "УП")
    )
    owner, owner_en = f"{raion.name[:-2]}ого {short}", f"{raion.name_en} Directorate"
    yield _unit(
        code,
        oblast_unit,
        _KIND.RAION_DIRECTORATE,
        _BRANCH.HEADQUARTERS,
        f"{raion.name[:-2]}е {word}",
        f"{raion.name_en} Police Directorate",
        (raion.code,),
    )
    yield from _parts(code, _IN_RAION, owner, owner_en, (raion.code,))
    yield from _parts(f"{code}-PD", _OF_RAION_PREVENTION, owner, owner_en, (raion.code,))
    parent = f"{PARTNERS}-{raion.code[2:4]}"
    yield _unit(
        f"{PARTNERS}-{digits}",
        parent,
        _KIND.SERVICE,
        _BRANCH.PARTNER,
        f"Служба у справах дітей ({raion.name} район)",
        f"Service for Children ({raion.name_en} raion)",
        (raion.code,),
    )
    for hromada in below.get(raion.code, ()):
        yield from _in_hromada(hromada, code, owner, owner_en, below)


def _in_hromada(
    hromada: Ground, raion_unit: str, owner: str, owner_en: str, below: dict[str | None, list[Ground]]
) -> Iterator[UnitRow]:
    code = f"{raion_unit}-{hromada.code[6:9]}"
    settlements = below.get(hromada.code, [])
    whose, whose_en = f"{hromada.name[:-1]}ої громади", f"{hromada.name_en} hromada"
    yield _unit(
        code,
        raion_unit,
        _KIND.SECTOR,
        _BRANCH.PREVENTION,
        f"Сектор поліцейської діяльності {whose} {owner}",
        f"Police Activity Sector of {whose_en}, {owner_en}",
        (hromada.code,),
    )
    if len(settlements) >= STATION_FROM:
        yield _unit(
            f"{code}-ST",
            code,
            _KIND.STATION,
            _BRANCH.PREVENTION,
            f"Поліцейська станція {whose}",
            f"Police Station of {whose_en}",
            (hromada.code,),
        )
    districts = [place for settlement in settlements for place in below.get(settlement.code, ())]
    for district in districts:
        yield _unit(
            f"{code}-{district.code[12:14]}",
            code,
            _KIND.DIVISION,
            _BRANCH.PREVENTION,
            f"Відділення поліції ({district.name} район міста) {owner}",
            f"Police Division ({district.name_en} city district), {owner_en}",
            (district.code,),
        )


def _parts(
    parent: str,
    parts: Sequence[tuple[str, str, str, str, str]],
    where: str,
    where_en: str,
    places: tuple[str, ...],
) -> Iterator[UnitRow]:
    for code, kind, branch, name, name_en in parts:
        yield _unit(
            f"{parent}-{code}", parent, kind, branch, name.format(where), name_en.format(where_en), places
        )


def _unit(
    code: str, parent: str, kind: str, branch: str, name: str, name_en: str, places: tuple[str, ...]
) -> UnitRow:
    return UnitRow(0, code, parent, name, name_en, str(kind), str(branch), places)
