"""The live process's own numbers; /metrics of the web server adds them to its answer."""

from varta.shell import metrics  # first: it says where the numbers are kept

from prometheus_client import Counter, Gauge, Histogram  # isort: skip

BOARDS = Gauge("varta_live_boards", "Boards that are open.", multiprocess_mode="livesum")
BEHIND = Gauge(
    "varta_live_behind_seconds",
    "The longest that a change waited for the last look to end.",
    multiprocess_mode="livemax",
)
TICK = Histogram(
    "varta_live_tick_seconds",
    "Time to look at the database and tell all boards.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
SLOW = Counter("varta_live_slow_boards", "Boards dropped since they did not read.")
REFUSED = Counter("varta_live_refused", "Boards refused.", ["status"])

__all__ = ["BEHIND", "BOARDS", "REFUSED", "SLOW", "TICK", "metrics"]
