"""What a guard is, and several of them as one; for commands under several rules."""

from collections.abc import Callable

import sqlalchemy as sa

Guard = Callable[[sa.Connection], None]


def all_of(*guards: Guard) -> Guard:
    """Give the check that holds where each of these does, asked in their order."""

    def guard(conn: sa.Connection) -> None:
        for one in guards:
            one(conn)

    return guard
