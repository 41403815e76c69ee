"""Travel times over a road graph: a client of a Valhalla server that runs beside Varta.

Speaks `sources_to_targets` of Valhalla's HTTP interface, https://valhalla.github.io/valhalla/api/matrix/;
compared with a server of version 3.9.1. The duty desk never waits for it longer than `timeout_s`: what
has no answer by then is estimated by straight lines, and the result says so.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import httpx
import numpy as np

from varta.planning.remembered import ROADS, Remembered
from varta.planning.travel import Floats, GreatCircle, Times, TravelTimes

# Too far (154), not connected (170), no road near (171), no path (442): of one pair, not of all.
NO_WAY = frozenset({154, 170, 171, 442})
GREAT_CIRCLE = "great_circle"


class RoadsUnknown(Exception):
    """The road graph gave no answer; `said` tells why, in both languages."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(said["en"])
        self.said = said


class _NoWay(Exception):
    """The server refused a block because of some pair in it."""


class Roads:
    """Asks a Valhalla server and falls back to straight lines.

    address: for example http://127.0.0.1:8002. pairs: what the server's `max_matrix_location_pairs`
    allows in one request, 2,500 as it comes. factor: how much slower (above 1) or faster police drive than
    the graph's cars, to be measured by the installation. pause_s: how long a server that failed is left alone.
    """

    def __init__(
        self,
        address: str,
        *,
        straight: TravelTimes | None = None,
        timeout_s: float = 2.0,
        pairs: int = 2500,
        factor: float = 1.0,
        pause_s: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = httpx.Client(base_url=address, trust_env=False)
        self._straight = straight or GreatCircle()
        self._timeout_s = timeout_s
        self._pairs = pairs
        self._factor = factor
        self._pause_s = pause_s
        self._clock = clock
        self._silent_until = -np.inf

    def matrix(self, origins: Floats, destinations: Floats) -> Times:
        """Return the times by road; whole columns by straight lines where the graph did not answer."""
        seconds = np.full((len(origins), len(destinations)), np.nan)
        (rows,) = np.nonzero(np.isfinite(origins).all(axis=1))
        (columns,) = np.nonzero(np.isfinite(destinations).all(axis=1))
        if not len(rows) or not len(columns):
            return Times(seconds, ROADS, by_road=len(destinations))
        found, done, said = self._asked(origins[rows], destinations[columns])
        seconds[np.ix_(rows, columns)] = found
        if done == len(columns):
            return Times(seconds, ROADS, by_road=len(destinations))
        missing = columns[done:]
        seconds[:, missing] = self._straight.matrix(origins, destinations[missing]).seconds
        by = f"{ROADS}+{GREAT_CIRCLE}" if done else GREAT_CIRCLE
        return Times(seconds, by, said, by_road=int(missing[0]))

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _asked(self, origins: Floats, destinations: Floats) -> tuple[Floats, int, Mapping[str, str]]:
        """Return the times, for how many destinations from the first they are known, and the trouble."""
        found = np.full((len(origins), len(destinations)), np.nan)
        if self._clock() < self._silent_until:
            return found, 0, _said("lately")
        until = self._clock() + self._timeout_s
        done = 0
        try:
            for block in self._blocks(len(origins), len(destinations)):
                found[:, block] = self._whole(origins, destinations[block], until) * self._factor
                done = block.stop
        except RoadsUnknown as trouble:
            self._silent_until = self._clock() + self._pause_s
            return found, done, trouble.said
        return found, done, {}

    def _blocks(self, origins: int, destinations: int) -> Iterator[slice]:
        """Return slices of destinations, each with all origins in as few requests as the server allows."""
        step = max(self._pairs // origins, 1)
        for first in range(0, destinations, step):
            yield slice(first, min(first + step, destinations))

    def _whole(self, origins: Floats, destinations: Floats, until: float) -> Floats:
        rows = self._pairs if len(destinations) == 1 else len(origins)
        parts = [origins[first : first + rows] for first in range(0, len(origins), rows)]
        return np.vstack([self._block(part, destinations, until) for part in parts])

    def _block(self, origins: Floats, destinations: Floats, until: float) -> Floats:
        """Return the times of a block; where a pair of it has no way, ask for its halves."""
        try:
            return self._request(origins, destinations, until)
        except _NoWay:
            if len(origins) == len(destinations) == 1:
                return np.full((1, 1), np.nan)
        if len(origins) >= len(destinations):
            half = len(origins) // 2
            parts = [self._block(some, destinations, until) for some in (origins[:half], origins[half:])]
            return np.vstack(parts)
        half = len(destinations) // 2
        parts = [self._block(origins, some, until) for some in (destinations[:half], destinations[half:])]
        return np.hstack(parts)

    def _request(self, origins: Floats, destinations: Floats, until: float) -> Floats:
        left_s = until - self._clock()
        if left_s <= 0:
            raise RoadsUnknown(_said("slow"))
        body = {
            "sources": _locations(origins),
            "targets": _locations(destinations),
            "costing": "auto",
            "verbose": False,
        }
        try:
            answer = self._client.post("/sources_to_targets", json=body, timeout=left_s)
        except httpx.TimeoutException:
            raise RoadsUnknown(_said("slow")) from None
        except httpx.HTTPError:
            raise RoadsUnknown(_said("away")) from None
        return _read(answer, (len(origins), len(destinations)))


@cache
def travel_times(address: str) -> TravelTimes:
    """Return the provider of an installation: the road graph at an address, straight lines without one."""
    return Remembered(Roads(address)) if address else GreatCircle()


def _locations(points: Floats) -> list[dict[str, float]]:
    return [{"lat": round(float(lat), 6), "lon": round(float(lon), 6)} for lat, lon in points]


def _read(answer: httpx.Response, shape: tuple[int, int]) -> Floats:
    """Return the seconds of an answer; null, which is no way, becomes NaN."""
    try:
        told = answer.json()
    except ValueError:
        raise RoadsUnknown(_said("nonsense")) from None
    if answer.status_code != httpx.codes.OK:
        if isinstance(told, dict) and told.get("error_code") in NO_WAY:
            raise _NoWay
        raise RoadsUnknown(_said("refused", code=answer.status_code))
    try:
        seconds = np.array(_durations(told["sources_to_targets"]), dtype=float)
    except (KeyError, TypeError, ValueError):
        raise RoadsUnknown(_said("nonsense")) from None
    if seconds.shape != shape or np.any(seconds < 0):
        raise RoadsUnknown(_said("nonsense"))
    return seconds


def _durations(matrix: Any) -> Any:
    """Return rows of seconds from either form: the compact one of newer servers, or pairs one by one."""
    if isinstance(matrix, dict):
        return matrix["durations"]
    return [[pair["time"] for pair in row] for row in matrix]


_REASONS: Mapping[str, Mapping[str, str]] = {
    "slow": {
        "uk": "Сервіс доріг не встиг відповісти; час оцінено по прямій.",
        "en": "The road service did not answer in time; times are estimated by straight lines.",
    },
    "away": {
        "uk": "Сервіс доріг недоступний; час оцінено по прямій.",
        "en": "The road service cannot be reached; times are estimated by straight lines.",
    },
    "lately": {
        "uk": "Сервіс доріг щойно не відповів; час оцінено по прямій.",
        "en": "The road service failed a moment ago; times are estimated by straight lines.",
    },
    "refused": {
        "uk": "Сервіс доріг відмовив (код {code}); час оцінено по прямій.",
        "en": "The road service refused (code {code}); times are estimated by straight lines.",
    },
    "nonsense": {
        "uk": "Відповідь сервісу доріг незрозуміла; час оцінено по прямій.",
        "en": "The road service's answer is not understood; times are estimated by straight lines.",
    },
}


def _said(reason: str, *, code: int = 0) -> dict[str, str]:
    return {language: text.format(code=code) for language, text in _REASONS[reason].items()}
