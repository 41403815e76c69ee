"""What theory says about waiting for one of several crews: the simulation is held against it."""

from math import inf


def waits_at_all(crews: int, offered: float) -> float:
    """Return the probability that a call waits (Erlang C); `offered` is arrivals times mean service.

    Erlang's B by its recursion, which stays exact for hundreds of crews. 1 where the load is too much.
    """
    if offered >= crews:
        return 1.0
    blocked = 1.0
    for number in range(1, crews + 1):
        blocked = offered * blocked / (number + offered * blocked)
    return blocked / (1 - offered / crews * (1 - blocked))


def mean_wait_s(crews: int, per_s: float, service_s: float) -> float:
    """Return the mean seconds before service in M/M/c: calls by chance, exponential service, no ways."""
    offered = per_s * service_s
    if offered >= crews:
        return inf
    return waits_at_all(crews, offered) * service_s / (crews - offered)


def mean_wait_of_one_s(per_s: float, service_s: float, variance_s2: float) -> float:
    """Return the mean wait for one crew whatever the distribution of service (Pollaczek and Khinchine)."""
    busy = per_s * service_s
    return inf if busy >= 1 else per_s * (variance_s2 + service_s**2) / (2 * (1 - busy))
