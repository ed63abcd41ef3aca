"""Measure all ratios and print them beside their bars; fail where one is missed."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import version

from benchmarks import calls
from benchmarks.interleaved import Measured, measure


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="default: 100")
    parser.add_argument("--times", type=int, default=20, help="per round; default: 20")
    options = parser.parse_args()
    print(_machine(), end="\n\n")
    print(f"{'':24}{'ours':>10}{'theirs':>10}{'ratio':>8}{'bar':>8}")
    missed = 0
    with calls.ratios() as ratios:
        for ratio in ratios:
            measured = measure(ratio, rounds=options.rounds, times=options.times)
            print(_row(measured), flush=True)
            missed += not measured.holds
    return 1 if missed else 0


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
        f"{measured.name:24}{ours:>10}{theirs:>10}"
        f"{measured.ratio:>8.2f}{measured.bar:>8.2f}{verdict}"
    )


if __name__ == "__main__":
    sys.exit(main())
