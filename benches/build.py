#!/usr/bin/env python3
"""Times `ringback build` against the physical floor, side by side, on corpora of several sizes.

    benches/build.py [N…]        100, 1000 and 10000 lessons unless told

RINGBACK names the release binary (./bench sets it). Floor and program are run in turn, each into a new folder of a
memory filesystem, because on a disk the creation of files swamps everything else. Shown are medians: wall and processor
seconds, peak memory, and the median of the pairwise ratios to the floor. Then the same for a build that finds nothing
changed, which must not touch a file.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHM = Path("/dev/shm")
PAIRS = {100: 9, 1000: 9}  # 5 for anything larger


def run(*command):
    """Wall seconds, processor seconds and peak MiB of one whole process."""
    began = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1)]
    pid = os.posix_spawn(command[0], [str(part) for part in command], os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def times(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def measure(lessons, floor, ringback, room):
    corpus = room / f"corpus-{lessons}"
    say(subprocess.check_output([HERE / "target/release/corpus", str(lessons), corpus], text=True).strip())
    rows = {"floor": [], "build": [], "again": []}
    site = room / "site"
    run(floor, corpus / "content", room / "warm")
    shutil.rmtree(room / "warm")
    for pair in range(PAIRS.get(lessons, 5)):
        if sys.stderr.isatty():
            say(f"  pair {pair + 1}", end="\r")
        rows["floor"].append(run(floor, corpus / "content", room / "floor"))
        shutil.rmtree(room / "floor")
        rows["build"].append(run(ringback, "--root", corpus, "build", "--quiet", "--output", site))
        before = times(site)
        rows["again"].append(run(ringback, "--root", corpus, "build", "--quiet", "--output", site))
        touched = sum(before.get(path) != moment for path, moment in times(site).items())
        if touched:
            sys.exit(f"a build with nothing changed touched {touched} files")
        size = sum(path.stat().st_size for path in before), len(before)
        shutil.rmtree(site)
    shutil.rmtree(corpus)
    return rows, size


def say(text, end="\n"):
    print(text, file=sys.stderr, flush=True, end=end)


def main():
    sizes = [int(text) for text in sys.argv[1:]] or [100, 1000, 10000]
    ringback = os.environ.get("RINGBACK") or HERE.parent / "target/release/ringback"
    build = ["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "Cargo.toml", "--target-dir", HERE / "target"]
    subprocess.run(build, check=True)
    floor = HERE / "target/release/floor"
    print("| lessons | what | wall s | cpu s | peak MiB | × floor | least–most |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    medians = {}
    with tempfile.TemporaryDirectory(prefix="ringback-bench-", dir=SHM if SHM.is_dir() else None) as room:
        for lessons in sizes:
            rows, (size, files) = measure(lessons, floor, ringback, Path(room))
            for name, label in [("floor", "floor"), ("build", "build"), ("again", "build, nothing changed")]:
                wall, cpu, peak = (statistics.median(column) for column in zip(*rows[name]))
                ratios = sorted(row[0] / base[0] for row, base in zip(rows[name], rows["floor"]))
                medians[lessons, name] = wall, peak
                print(f"| {lessons} | {label} | {wall:.3f} | {cpu:.3f} | {peak:.0f} | {statistics.median(ratios):.1f} | {ratios[0]:.1f}–{ratios[-1]:.1f} |")
            say(f"  site: {files} files, {size / 2**20:.1f} MiB")
    for small, large in zip(sizes, sizes[1:]):
        for name in ("floor", "build", "again"):
            (wall, peak), (wall_large, peak_large) = medians[small, name], medians[large, name]
            print(f"\n{name}, {small} to {large} lessons: {wall_large / wall:.1f} × the time, {peak_large / peak:.1f} × the memory", end="")
    print()


if __name__ == "__main__":
    main()
