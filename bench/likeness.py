"""How often the desk offers the right earlier report, and how often a wrong one: on invented evenings of a city.

    python -m bench.likeness [--evenings 40] [--smoke]

Beside the score stand two floors: "near" offers whatever is within 200 metres and half an hour, "same kind" whatever
has the same kind in the same settlement within half an hour. An evening is six hours in which things happen at random
points of a city of 6 × 6 km; every fourth is reported again by somebody else, within minutes, from up to a few hundred
metres away, in other words drawn from the same list, sometimes under a neighbouring kind, and in a third of the
reports only the street is known. Words of real callers about one event are likelier alike than these.
"""

import argparse
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from varta.planning.likeness import KIN, OFFERED, STRONG, Report, distance_m, likeness

TEXTS = Path(__file__).parents[1] / "varta/calls/tests/told_by_callers.toml"
STREETS = [
    f"вул. {name}"
    for name in (
        "Шевченка",
        "Садова",
        "Миру",
        "Соборна",
        "Козацька",
        "Польова",
        "Зелена",
        "Франка",
        "Шкільна",
        "Лісова",
        "Набережна",
        "Центральна",
    )
]
BEGIN = datetime(2026, 6, 5, 17, tzinfo=UTC)
CITY = (48.46, 35.04)
KM = 1 / 111.2
COMMON = {
    "noise": 6,
    "conflict": 5,
    "domestic_violence": 5,
    "traffic": 4,
    "drunk": 4,
    "public_order": 4,
    "theft": 3,
    "injury": 2,
}


@dataclass(frozen=True)
class Told:
    """A report and the event that it is about."""

    event: int
    report: Report


def evening(seed: int, events: int) -> list[Told]:
    """Return the reports of one evening in the order in which they came."""
    chance, texts = Random(seed), tomllib.loads(TEXTS.read_text())
    kinds = list(texts)
    told = []
    for event in range(events):
        kind = chance.choices(kinds, [COMMON.get(one, 1) for one in kinds])[0]
        at = BEGIN + timedelta(seconds=chance.uniform(0, 6 * 3600))
        point = (CITY[0] + chance.uniform(-3, 3) * KM, CITY[1] + chance.uniform(-3, 3) * KM * 1.5)
        address = f"{chance.choice(STREETS)}, {chance.randrange(1, 90)}"
        first = said(
            Report(at=at, place="city", hromada="h", kind=kind, point=point, address=address), texts, chance
        )
        told.append(Told(event, first))
        if chance.random() < 0.25:
            again = replace(
                first, at=at + timedelta(minutes=chance.expovariate(1 / 9)), point=point, address=address
            )
            if chance.random() < 0.25:
                again = replace(again, kind=kin(kind, chance))
            told.append(Told(event, said(again, texts, chance)))
    return sorted(told, key=lambda one: one.report.at)


def said(report: Report, texts: dict[str, list[str]], chance: Random) -> Report:
    """Return the report as somebody tells it: where they stand, in words of their own."""
    about = chance.choice(texts[report.kind])
    assert report.point
    point = (report.point[0] + chance.gauss(0, 0.12) * KM, report.point[1] + chance.gauss(0, 0.12) * KM * 1.5)
    if chance.random() < 0.35:
        street, *_ = report.address.partition(", ")
        shown = report.address if chance.random() < 0.5 else street
        return replace(report, about=about, point=None, address=shown)
    return replace(report, about=about, point=point, address="" if chance.random() < 0.3 else report.address)


def kin(kind: str, chance: Random) -> str:
    near = sorted({other for kinds, _ in KIN if kind in kinds for other in kinds})
    return chance.choice(near) if near else kind


Scored = Callable[[Report, Report], float]


def ours(one: Report, other: Report) -> float:
    return likeness(one, other).score


def near(one: Report, other: Report) -> float:
    close = one.point and other.point and distance_m(one.point, other.point) < 200
    return float(bool(close) and soon(one, other))


def same_kind(one: Report, other: Report) -> float:
    return float(one.kind == other.kind and soon(one, other))


def soon(one: Report, other: Report) -> bool:
    return abs(one.at - other.at) < timedelta(minutes=30)


def measured(score: Scored, evenings: int, events: int, threshold: float) -> Iterator[float]:
    """Yield: share of second reports whose first is offered, share where it is the first of at most three,
    and wrong offers for each hundred reports that are about nothing earlier."""
    twice = offered = first = single = wrong = 0
    for seed in range(evenings):
        told = evening(seed, events)
        for nth, one in enumerate(told):
            earlier = [(score(one.report, other.report), other.event) for other in told[:nth]]
            best = sorted((pair for pair in earlier if pair[0] >= threshold), reverse=True)[:3]
            if any(other.event == one.event for other in told[:nth]):
                twice += 1
                offered += any(event == one.event for _, event in best)
                first += bool(best) and best[0][1] == one.event
            else:
                single += 1
                wrong += bool(best)
    yield offered / twice
    yield first / twice
    yield 100 * wrong / single


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--evenings", type=int, default=40)
    parser.add_argument("--smoke", action="store_true")
    given = parser.parse_args()
    evenings = 2 if given.smoke else given.evenings
    print(f"{'events':>6}  {'offered by':<28} {'recall':>7} {'as first':>9} {'wrong per 100':>14}")
    for events in (60, 200):
        for name, score, threshold in (
            (f"likeness >= {OFFERED}", ours, OFFERED),
            (f"likeness >= {STRONG} (asked)", ours, STRONG),
            ("within 200 m and 30 min", near, 0.5),
            ("same kind within 30 min", same_kind, 0.5),
        ):
            recall, first, wrong = measured(score, evenings, events, threshold)
            print(f"{events:>6}  {name:<28} {recall:>6.1%} {first:>8.1%} {wrong:>14.1f}")


if __name__ == "__main__":
    main()
