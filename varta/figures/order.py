"""Quantiles of many groups by sorting once: as exact as a sort of each group, and several times as fast.

A group's number and the value are packed into one 64-bit number. Sorting these brings the groups one behind the
other, each in its order, and any quantile is then read at its place. numpy sorts such numbers with the processor's
vector instructions; DuckDB gathers a list for each group and selects in it, Polars sorts each group.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
MINUTE = 60e6  # microseconds
BITS = 63


def quantiles(
    groups: Ints, values: Ints, shares: Sequence[float]
) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Yield of each group its number, how many values it has, and its quantiles in minutes.

    `groups`: small numbers from 0 on; `values`: microseconds. A quantile between two values lies on the line
    between them, as SQL's `percentile_cont` has it.
    """
    counts = np.bincount(groups)
    found = np.flatnonzero(counts)
    ordered = _ordered(groups, values)
    sizes = counts[found]
    starts = (np.cumsum(counts) - counts)[found]
    read = [_read(ordered, starts, sizes, share) for share in shares]
    for nth, group in enumerate(found):
        yield int(group), int(sizes[nth]), tuple(float(column[nth]) for column in read)


def _ordered(groups: Ints, values: Ints) -> Ints:
    """Return the values, group by group, each group in its order."""
    if not len(values):
        return values
    least, most = int(values.min()), int(values.max())
    width = (most - least).bit_length()
    if width + int(groups.max()).bit_length() > BITS:  # values decades apart in thousands of groups
        return values[np.lexsort((values, groups))]
    packed = np.sort(groups << width | values - least)
    return (packed & (1 << width) - 1) + least


def _read(ordered: Ints, starts: Ints, sizes: Ints, share: float) -> NDArray[np.float64]:
    place = (sizes - 1) * share
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, sizes - 1)
    part = place - below
    low, high = (ordered[starts + nth] / MINUTE for nth in (below, above))
    return np.asarray(low * (1.0 - part) + high * part)
