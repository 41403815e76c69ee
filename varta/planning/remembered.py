"""Travel times that were asked for once: a new call asks for one column, a crew that moved for one row."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from varta.planning.travel import Flags, Floats, Times, TravelTimes

CELL_DEG = 0.001  # a crew that moved by less than about a hundred metres has not moved
MOST = 2000  # origins or destinations; then all is forgotten and asked for anew

UNKNOWN_DEG = 999.0
ROADS = "roads"

Cell = tuple[float, float]
Numbers = NDArray[np.intp]


class Remembered:
    """Keeps what the road graph answered; what straight lines estimated in its place is not kept."""

    def __init__(self, travel: TravelTimes) -> None:
        self._travel = travel
        self._lock = Lock()
        self._age = 0
        self._forget()

    def matrix(self, origins: Floats, destinations: Floats) -> Times:
        """Return the times between all pairs, asking for those only that are not known yet."""
        with self._lock:
            if max(len(self._rows) + len(origins), len(self._columns) + len(destinations)) > MOST:
                self._forget()
            age, where = (
                self._age,
                np.ix_(_numbers(self._rows, origins), _numbers(self._columns, destinations)),
            )
            self._make_room()
            known, seconds = self._known[where], self._seconds[where]
        if known.all():
            return Times(seconds, ROADS, by_road=len(destinations))
        times = self._completed(origins, destinations, known, seconds)
        with self._lock:
            if age == self._age:
                self._seconds[where], self._known[where] = times.seconds, known
        return times

    def _completed(self, origins: Floats, destinations: Floats, known: Flags, seconds: Floats) -> Times:
        """Ask for what is not known and mark what roads answered; say by what all was estimated."""
        asked = [Times(seconds, ROADS)] if known.any() else []
        for rows, columns in _gaps(known):
            times = self._travel.matrix(origins[rows], destinations[columns])
            seconds[np.ix_(rows, columns)] = times.seconds
            known[np.ix_(rows, columns[: times.by_road])] = True
            asked.append(times)
        by = sorted({name for times in asked for name in times.estimated_by.split("+")}, reverse=True)
        trouble = next((times.trouble for times in asked if times.trouble), {})
        return Times(seconds, "+".join(by), trouble)

    def _forget(self) -> None:
        self._age += 1
        self._rows: dict[Cell, int] = {}
        self._columns: dict[Cell, int] = {}
        self._seconds = np.full((64, 64), np.nan)
        self._known = np.zeros((64, 64), bool)

    def _make_room(self) -> None:
        """Grow the kept matrix to twice what is needed, so that it grows seldom."""
        rows, columns = len(self._rows), len(self._columns)
        if rows <= self._known.shape[0] and columns <= self._known.shape[1]:
            return
        wider = (max(2 * rows, self._known.shape[0]), max(2 * columns, self._known.shape[1]))
        seconds, known = np.full(wider, np.nan), np.zeros(wider, bool)
        old = tuple(slice(n) for n in self._known.shape)
        seconds[old], known[old] = self._seconds, self._known
        self._seconds, self._known = seconds, known


def _numbers(numbers: dict[Cell, int], points: Floats) -> Numbers:
    """Return the number of each point's cell, new ones for new cells; unknown points share one."""
    cells = np.round(np.nan_to_num(points, nan=UNKNOWN_DEG) / CELL_DEG).tolist()
    return np.array([numbers.setdefault((lat, lon), len(numbers)) for lat, lon in cells], np.intp)


def _gaps(known: Flags) -> list[tuple[Numbers, Numbers]]:
    """Return blocks of rows and columns that cover all unknown pairs: mostly unknown columns, then rows."""
    new = (~known).mean(axis=0) > 0.5
    blocks = []
    if new.any():
        blocks.append((np.arange(len(known)), np.nonzero(new)[0]))
    rest = ~known & ~new
    if rest.any():
        blocks.append((np.nonzero(rest.any(axis=1))[0], np.nonzero(rest.any(axis=0))[0]))
    return blocks
