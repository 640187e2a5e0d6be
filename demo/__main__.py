"""The command line of the demo: `python -m demo` (`make demo`)."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo.comparison import all_matched
from demo.doors import Refused
from demo.patience import GaveUp
from demo.published import read_published
from demo.running import Demo
from demo.screen import Screen
from deploy.embedded import control, run_file
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import STATE, Run

OUTPUT = Path(__file__).with_name("output")
_STOPPED_WITHIN_S = 30.0


def main() -> int:
    """Run the demo; the exit code says whether every figure is matched."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--state", type=Path, default=STATE, help="folder for the data")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="for the report")
    parser.add_argument(
        "--behind",
        action="store_true",
        help="return at the end and leave the platform running in the background",
    )
    asked = parser.parse_args()
    state, screen = asked.state.resolve(), Screen()
    # To be ended by a supervisor or a shell is to be asked by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ours = run_file.read(state) is None
    try:
        run = _running(state, screen)
        matched = _show(run, state, asked.output, screen)
        screen.next_steps(run, ours=ours and not asked.behind)
        if ours and not asked.behind:
            _until_stopped(state)
    except KeyboardInterrupt:
        if ours:
            screen.say("Stopping ...")
            _stop(state)
            screen.say("Stopped; the data stays, make demo goes on from here.")
        return 130
    except RuntimeError as error:
        screen.failed([error])
        return 1
    return 0 if matched else 1


def _running(state: Path, screen: Screen) -> Run:
    with screen.waiting("Looking for the platform ...") as status:
        begun = time.monotonic()

        def waiting() -> None:
            seconds = time.monotonic() - begun
            status.update(f"Starting the platform ... {seconds:.0f} s")

        run, started = control.ensure_running(state, waiting=waiting)
    screen.say("The platform was started." if started else "The platform runs already.")
    return run


def _show(run: Run, state: Path, output: Path, screen: Screen) -> bool:
    """Load, compare, report; return whether every published figure is matched."""
    demo = Demo(run, Issuer(state / "issuer"), read_published())
    try:
        return asyncio.run(_load_and_compare(demo, output, screen))
    except* (Refused, GaveUp) as group:
        screen.failed(_leaves(group))
    return False


async def _load_and_compare(demo: Demo, output: Path, screen: Screen) -> bool:
    with screen.bars():
        loaded = await demo.load(screen)
    screen.loaded(loaded.records, loaded.seconds)
    with screen.waiting("Waiting until reporting has counted everything ..."):
        counts = await demo.count(loaded, screen)
    screen.caught_up(counts.sources)
    screen.table(demo.published, counts.year, counts.lines)
    matched = all_matched(counts.lines)
    screen.verdict(counts.lines, matched=matched)
    screen.report(await demo.report(counts.year, output, screen))
    return matched


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _until_stopped(state: Path) -> None:
    """Return when somebody else has stopped the platform."""
    while run_file.read(state) is not None:
        time.sleep(0.5)


def _stop(state: Path) -> None:
    """Stop what was started, also when it has hardly begun to start."""
    until = time.monotonic() + _STOPPED_WITHIN_S
    while not control.stop(state) and time.monotonic() < until:
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
