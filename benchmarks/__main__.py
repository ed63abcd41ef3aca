"""Measure all ratios and print them beside their bars; fail where one is missed."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from argparse import Namespace as Options
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.metadata import version

from benchmarks import (
    calls,
    crowd,
    sandbox,
    scale,
    services,
    start,
    states,
    telephone,
)
from benchmarks.interleaved import Measured, Ratio, measure


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help=f"of {', '.join(PARTS)}; default: all of them"
    )
    parser.add_argument("--rounds", type=int, default=100, help="default: 100")
    parser.add_argument("--times", type=int, default=20, help="per round; default: 20")
    parser.add_argument("--sessions", type=int, default=10**6, help="for scale")
    parser.add_argument("--seconds", type=float, default=60, help="for crowd")
    options = parser.parse_args()
    if unknown := {*options.parts} - {*PARTS}:
        parser.error(f"there is no {', '.join(unknown)}, only {', '.join(PARTS)}")
    print(_machine())
    holds = [PARTS[part](options) for part in options.parts or PARTS]
    return 0 if all(holds) else 1


def _ratios(kind: AbstractContextManager[list[Ratio]], options: Options) -> bool:
    print()
    holds = True
    with kind as ratios:
        print(f"{'':28}{'ours':>10}{'theirs':>10}{'ratio':>8}{'bar':>8}")
        for ratio in ratios:
            measured = measure(ratio, rounds=options.rounds, times=options.times)
            print(_row(measured), flush=True)
            holds &= measured.holds
    return holds


def _start(options: Options) -> bool:
    print(f"\n{'':32}{'ms':>10}{'bar':>8}")
    holds = True
    for name, spent in start.measure(max(1, options.rounds // 10)).items():
        bar = start.BARS[name]
        missed = bar is not None and spent > bar
        holds &= not missed
        print(f"{name:32}{spent:>10.2f}{bar or '':>8}{'  missed' if missed else ''}")
    return holds


PARTS: dict[str, Callable[[Options], bool]] = {
    "calls": lambda options: _ratios(calls.ratios(), options),
    "sandbox": lambda options: _ratios(sandbox.ratios(), options),
    "telephone": lambda options: _ratios(telephone.ratios(), options),
    "services": lambda options: _ratios(services.ratios(), options),
    # One round of it takes as long as thousands of calls.
    "states": lambda options: _ratios(
        states.ratios(), Options(rounds=max(1, options.rounds // 20), times=1)
    ),
    "start": _start,
    "scale": lambda options: _ratios(scale.ratios(options.sessions), options),
    "crowd": lambda options: crowd.run(options.seconds),
}


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("moto", "botocore"))
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {packages}, "
        f"{os.cpu_count()} x {_processor()}, load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = (x.split(": ")[1] for x in lines if "model name" in x)
            return next(names, platform.machine()).strip()
    except OSError:
        return platform.machine()


def _row(measured: Measured) -> str:
    ours, theirs = (f"{s * 1e6:.0f} µs" for s in (measured.ours, measured.theirs))
    verdict = "" if measured.holds else "  missed"
    return (
        f"{measured.name:28}{ours:>10}{theirs:>10}"
        f"{measured.ratio:>8.2f}{measured.bar:>8.2f}{verdict}"
    )


if __name__ == "__main__":
    sys.exit(main())
