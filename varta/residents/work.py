"""Proof of work: a browser computes for a moment before it sends, and a flood for a long time (ALTCHA)."""

import time
from datetime import datetime, timedelta
from typing import Any

import altcha

from varta.lib import home
from varta.residents.limits import ALL_SENT, CHALLENGES, SENT

ALGORITHM = "SHA-256"
PREFIX = "000"  # of the hash, in hexadecimal digits: 4,096 tries in the middle
EASY, HARDEST = 8, 512  # rounds of SHA-256 in each try
LASTS = timedelta(minutes=30)
BUSY = 20  # reports of everybody in ten minutes, from which on the work doubles with each as many
LONGEST = 4_000  # characters of an answer


def challenge(origin: str, *, at: datetime) -> dict[str, Any]:
    """Return a challenge for whoever is at this address: harder the more came from there, and from everywhere."""
    made = altcha.create_challenge(
        ALGORITHM,
        rounds(origin, at=at),
        key_prefix=PREFIX,
        expires_at=int(time.time() + LASTS.total_seconds()),  # the library compares with the machine's clock
        hmac_secret=home.secret("work"),
    )
    return made.to_dict()


def rounds(origin: str, *, at: datetime) -> int:
    """Return how many rounds of SHA-256 one try takes."""
    doubled = SENT.so_far(origin, at=at) + ALL_SENT.so_far("", at=at) // BUSY
    return min(HARDEST, EASY * 2 ** min(doubled, 10))


def is_done(answer: str, *, at: datetime) -> bool:
    """Return whether the answer solves a challenge of ours that nobody has used; using it counts."""
    if not answer or len(answer) > LONGEST:
        return False
    found = altcha.verify_solution(answer, home.secret("work"))
    return found.verified and not CHALLENGES.passed(_signature(answer), at=at)


def _signature(answer: str) -> str:
    return str(altcha.Payload.from_base64(answer).challenge.signature)
