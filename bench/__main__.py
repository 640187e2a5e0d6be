"""The command line of the bench: `python -m bench` (`make bench`)."""

import argparse
import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench import (
    commands,
    consumer,
    gateway,
    lag,
    nation,
    register,
    relay,
    store,
)
from bench.document import DOCUMENT, Measured, Part, document, table
from bench.house import House, house
from bench.machine import machine
from bench.measure import Row


class Bench(NamedTuple):
    """One group of rows."""

    name: str
    measure: Callable[[House], Iterator[Row]]
    raw_limit: str


# Nation and register come last: they fill the tables of the house that they measure.
BENCHES: Final = (
    Bench("commands", commands.measure, commands.RAW_LIMIT),
    Bench("store", store.measure, store.RAW_LIMIT),
    Bench("relay", relay.measure, relay.RAW_LIMIT),
    Bench("consumer", consumer.measure, consumer.RAW_LIMIT),
    Bench("gateway", gateway.measure, gateway.RAW_LIMIT),
    Bench("lag", lag.measure, lag.RAW_LIMIT),
    Bench("nation", nation.measure, nation.RAW_LIMIT),
    Bench("register", register.measure, register.RAW_LIMIT),
)


def main() -> int:
    """Measure, print the table and write the document; 0 unless something broke."""
    names = [bench.name for bench in BENCHES]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(names))
    parser.add_argument(
        "--long", action="store_true", help="rebuild from a million events, really"
    )
    asked = parser.parse_args()
    strangers = set(asked.names) - set(names)
    if strangers:
        parser.error(f"not one of {', '.join(names)}: {', '.join(sorted(strangers))}")
    chosen = [
        bench for bench in BENCHES if not asked.names or bench.name in asked.names
    ]
    # To be ended by a supervisor or a shell is to be asked by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    console = Console()
    measured = _measure(chosen, console, is_long=asked.long)
    console.print(table(measured))
    if chosen == list(BENCHES):
        DOCUMENT.write_text(document(measured))
        console.print(f"Written to {DOCUMENT}")
    else:
        console.print(f"A part of the whole: {DOCUMENT} stays as it is.")
    return 0


def _measure(chosen: list[Bench], console: Console, *, is_long: bool) -> Measured:
    before = machine()
    begun = time.monotonic()
    parts = []
    columns = (
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    )  # fmt: skip
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Starting the platform", total=len(chosen) + 1)
        with house(is_long=is_long) as place:
            progress.advance(bar)
            for bench in chosen:
                progress.update(bar, description=f"Measuring {bench.name}")
                rows = []
                for row in bench.measure(place):
                    rows.append(row)
                    progress.update(
                        bar, description=f"Measuring {bench.name}: {row.what}"
                    )
                parts.append(Part(bench.name, bench.raw_limit, rows))
                progress.advance(bar)
            servers = place.server_versions()
            progress.update(bar, description="Stopping the platform")
    return Measured(before | servers, _command(), time.monotonic() - begun, parts)


def _command() -> str:
    words = " ".join(sys.argv[1:])
    return f'make bench ARGS="{words}"' if words else "make bench"


if __name__ == "__main__":
    sys.exit(main())
