"""Builds a service's read schema anew from its own log: `python -m ….main rebuild`.

For operators, while the service is stopped: every table of ``<service>_read`` is
dropped and made again, the inline read models take in the whole log, and followers
begin anew when the service starts.
"""

from rich.progress import Progress

from services.chassis.positions import forget_positions
from services.chassis.service import Runtime

PAGE = 2000


def rebuild_read_schema(runtime: Runtime) -> int:
    """Drop and rebuild in one transaction; return how many events were taken in.

    Nothing changes when it is broken off. Raises SafeMarkBusy while a writer is at
    work.
    """
    definition = runtime.definition
    mark = runtime.log.safe_mark()
    taken, position = 0, 0
    with runtime.engine.begin() as connection, Progress() as progress:
        bar = progress.add_task(f"Rebuilding {definition.name}_read", total=mark)
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        definition.read_metadata.drop_all(connection)
        definition.read_metadata.create_all(connection)
        for follower in definition.followers:
            forget_positions(connection, f"{definition.name}_write", follower.name)
        while page := runtime.log.read_after(position, PAGE, until=mark):
            for model in definition.inline_read_models:
                model.apply(connection, page)
            taken += len(page)
            position = page[-1].position
            progress.update(bar, completed=position)
    return taken
