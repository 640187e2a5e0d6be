"""Fresh ids: random UUIDs, different in every thread and in a forked child."""

import os
from concurrent.futures import ThreadPoolExecutor

from services.chassis.ids import new_id


def test_ids_are_random_uuids_and_never_the_same() -> None:
    """More than one supply is drawn, by several threads."""
    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(lambda _: new_id(), range(3000)))
    assert 3000 == len(set(ids))
    assert {4} == {one.version for one in ids}


def test_a_forked_child_gives_other_ids() -> None:
    """What was in hand before the fork is not given twice."""
    new_id()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, new_id().bytes)
        os._exit(0)
    os.waitpid(child, 0)
    assert new_id().bytes != os.read(reading, 16)
