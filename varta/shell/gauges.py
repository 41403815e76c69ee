"""What Prometheus reads of the whole installation: entries, waiting notices, ages of lake and worker."""

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, connection
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from varta.lake import queries as lake
from varta.lib.clock import now
from varta.notices import queries as notices
from varta.shell import live

# PostgreSQL counts the rows that went into each partition since its own start; no table is read.
ASKED = """
    SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),
           (SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_user_tables
             WHERE relid IN (SELECT relid FROM pg_partition_tree('cases_entry') WHERE isleaf))
"""


class Gauges(Collector):
    """Ask when Prometheus asks; what cannot be told is left out, and `varta_database_up` says why."""

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers of this moment."""
        moment = now()
        try:
            with connection.cursor() as cursor:
                cursor.execute(ASKED)
                beat, entries = cursor.fetchone()
            looked = live.looked_at()
        except DatabaseError:
            yield GaugeMetricFamily("varta_database_up", "Whether the database answers.", value=0)
        else:
            yield GaugeMetricFamily("varta_database_up", "Whether the database answers.", value=1)
            yield CounterMetricFamily("varta_entries", "Entries written.", value=float(entries))
            yield from _notices(moment)
            if beat is not None:
                age = (moment - beat).total_seconds()
                yield GaugeMetricFamily("varta_worker_age_seconds", "Since the worker's sign.", value=age)
            if looked is not None:
                age = (moment - looked).total_seconds()
                yield GaugeMetricFamily("varta_live_age_seconds", "Since the live process looked.", value=age)
        try:
            refreshed = lake.age(moment)
        except (OSError, ValueError):
            return
        if refreshed is not None:
            seconds = refreshed.total_seconds()
            yield GaugeMetricFamily("varta_lake_age_seconds", "Since the lake's refresh.", value=seconds)


def _notices(moment: datetime) -> Iterator[Metric]:
    waiting, late = notices.waiting_and_late(now=moment)
    yield GaugeMetricFamily("varta_notices_waiting", "Notices not sent yet.", value=waiting)
    yield GaugeMetricFamily("varta_notices_late", "Notices that should have gone an hour ago.", value=late)
