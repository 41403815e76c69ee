"""Hiding at the shape of a country: 25 oblasts, 136 raions, 1,469 hromadas, indicators, two periods.

    python -m bench.hiding [--counts 20] [--shares 9] [--mean 20] [--seconds 600] [--smoke]

Counts are drawn: hromadas differ by a log-normal factor, indicators by a factor of 16 at most. There is no peer:
no kept program for this was found that runs from Python (see docs/explanation/disclosure.md).
"""

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from varta.figures.hiding import Figure, Key, Split, protect

SPANS = (("2019-01-01", "2019-09-30"), ("2018-01-01", "2018-09-30"))
OBLASTS, RAIONS, HROMADAS = 25, 136, 1469


def tree() -> dict[str, str]:
    """Return which row is a part of which."""
    found = {f"o{nth}": "UA" for nth in range(OBLASTS)}
    found |= {f"r{nth}": f"o{nth % OBLASTS}" for nth in range(RAIONS)}
    return found | {f"h{nth}": f"r{nth % RAIONS}" for nth in range(HROMADAS)}


def summed(counts: np.ndarray, above: dict[str, str]) -> dict[str, int]:
    """Return the counts of hromadas with those of all rows above."""
    total: dict[str, int] = {}
    for nth, count in enumerate(counts):
        row: str | None = f"h{nth}"
        while row is not None:
            total[row] = total.get(row, 0) + int(count)
            row = above.get(row)
    return total


def drawn(counts: int, shares: int, mean: float, above: dict[str, str]) -> tuple[list[Figure], list[Split]]:
    """Return the figures of so many counts and shares."""
    dice = np.random.default_rng(2019)
    sizes = dice.lognormal(0, 1, HROMADAS)
    figures = []
    for span in SPANS:
        for nth in range(counts):
            held = summed(dice.poisson(mean * 4 ** dice.uniform(-1, 1) * sizes), above)
            figures += [
                Figure((nth, row, span[0]), ((Key(f"count {nth}", row, *span), value),))
                for row, value in held.items()
            ]
        for nth in range(shares):
            whole = dice.poisson(mean * 4 ** dice.uniform(-1, 1) * sizes)
            base, part = summed(whole, above), summed(dice.binomial(whole, dice.uniform(0.1, 0.8)), above)
            named = (f"share {nth} base", f"share {nth} part")
            figures += [
                Figure(
                    (named[0], row, span[0]),
                    ((Key(named[0], row, *span), base[row]), (Key(named[1], row, *span), part[row])),
                )
                for row in base
            ]
    return figures, [Split(f"share {nth} base", (f"share {nth} part",)) for nth in range(shares)]


def main() -> None:
    """Print how long it took, what was hidden, and the gap."""
    given = argparse.ArgumentParser(description=__doc__)
    for name, kind, usual in (
        ("counts", int, 20),
        ("shares", int, 9),
        ("mean", float, 20.0),
        ("seconds", float, 600.0),
    ):
        given.add_argument(f"--{name}", type=kind, default=usual)
    given.add_argument("--smoke", action="store_true", help="one count and no share")
    asked = given.parse_args()
    counts, shares = (1, 0) if asked.smoke else (asked.counts, asked.shares)
    above = tree()
    figures, splits = drawn(counts, shares, asked.mean, above)
    began, worked = time.monotonic(), time.process_time()
    found = protect(figures, trees=(above,), splits=splits, seconds=asked.seconds)
    why = Counter(found.hidden.values())
    print(f"{len(figures):,} figures: {why['small']:,} small, {why['guard']:,} guard them")
    print(f"lost {found.share:.1%}, gap {found.gap:.2%}, {found.rounds} rounds")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{time.monotonic() - began:.1f} s, {time.process_time() - worked:.1f} s of processor, {memory} MB")


if __name__ == "__main__":
    main()
