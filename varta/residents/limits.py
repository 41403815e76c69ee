"""How often something may happen: counted in the database, so that all processes count together."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from varta.lib import home

# One statement, so that two who come at once are two. The row stays locked until the request ends.
COUNT = """
INSERT INTO residents_tally AS t (key, count, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN t.until <= %(at)s THEN 1 ELSE t.count + 1 END,
    until = CASE WHEN t.until <= %(at)s THEN excluded.until ELSE t.until END
RETURNING count
"""


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `window` for one subject."""

    name: str
    most: int
    window: timedelta

    def count(self, subject: str, *, at: datetime) -> int:
        """Count one more and return how many it is now."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"key": self._key(subject), "until": at + self.window, "at": at})
            return cursor.fetchone()[0]

    def passed(self, subject: str, *, at: datetime) -> bool:
        """Count one more and return whether that is too many."""
        return self.count(subject, at=at) > self.most

    def so_far(self, subject: str, *, at: datetime) -> int:
        """Return how many were counted, without counting."""
        query = "SELECT count FROM residents_tally WHERE key = %s AND until > %s"
        with connection.cursor() as cursor:
            cursor.execute(query, [self._key(subject), at])
            found = cursor.fetchone()
        return found[0] if found else 0

    def _key(self, subject: str) -> str:
        secret = home.secret("origin").encode()
        return f"{self.name}:{hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()[:32]}"


HOUR, DAY = timedelta(hours=1), timedelta(days=1)

SENT = Limit("sent", 6, HOUR)  # reports with work from one address
SENT_WITHOUT_WORK = Limit("sent-bare", 2, HOUR)  # reports without, from one address
ALL_SENT = Limit("all-sent", 0, timedelta(minutes=10))  # everybody's: makes the work harder, refuses nothing
LOOKS = Limit("looks", 40, HOUR)  # tries of a number and a code from one address
LOOKS_AT_NUMBER = Limit("number", 20, HOUR)  # tries at one number, from anywhere
LOOKS_AT_NUMBER_IN_A_DAY = Limit("number-day", 60, DAY)
ADDED = Limit("added", 10, DAY)  # additions to one matter
SEARCHED = Limit("searched", 600, HOUR)  # places looked for from one address
CHALLENGES = Limit("challenge", 1, HOUR)  # uses of one challenge

WAITING_MOST = 30  # reports without work that wait in one unit: more are sent to the telephone


def forget(*, at: datetime) -> int:
    """Remove what has ended and return how many rows it was."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM residents_tally WHERE until < %s", [at])
        return cursor.rowcount
