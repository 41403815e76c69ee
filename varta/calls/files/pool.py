"""Work on several processors: batches go out to processes, results come back in their order."""

import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2  # batches that wait for each process, so that none stands idle


def spread(
    work: Callable[[T], R],
    tasks: Iterable[T],
    *,
    jobs: int,
    begin: Callable[..., None],
    given: tuple[Any, ...] = (),
) -> Iterator[R]:
    """Yield the result of each task in the order of the tasks; with one job all happens here.

    `begin(*given)` prepares a process before its first task. A process ends when its parent dies.
    """
    if jobs <= 1:
        begin(*given)
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _begin, (pickle.dumps((begin, given)),)) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(_run, work, task))
                if len(waiting) > jobs * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_unprepared: Exception | None = None  # why this process could not be prepared


def _run(work: Callable[[T], R], task: T) -> R:
    if _unprepared is not None:
        raise _unprepared
    return work(task)


def _begin(packed: bytes) -> None:
    """Prepare this process; what is packed names code that needs Django, hence not before `setup`.

    An error is kept for the first task: raised here it would break the pool, and nobody would see its reason.
    """
    global _unprepared  # noqa: PLW0603  one for a process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()
    begin, given = pickle.loads(packed)  # noqa: S301  from our own parent
    try:
        begin(*given)
    except Exception as error:  # noqa: BLE001  every task of this process raises it
        _unprepared = error


def _end_with_parent() -> None:
    """Wait for the parent's end and leave at once: what was not committed, the next run does again."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
