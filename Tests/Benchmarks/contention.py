"""Times steps with two threads while another program takes one of the cores: no slower than one thread would be, and no cliff.

    make bench-contention                     # alone; `make bench` includes it
"""

import argparse
import contextlib
import os
import subprocess
import sys

import programs
import targets
from table import duration, table, verdict

# Of each kind of work one: steps of half a microsecond, small and large products, convolutions, many kinds in turn.
WORKLOADS = ["xor", "digits", "mlp784", "conv28", "lstm", "transformer"]


@contextlib.contextmanager
def neighbour():
    """A program that keeps one core busy."""
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"],
                            preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))
    try:
        yield
    finally:
        busy.kill()
        busy.wait()


def measure(workload, seconds):
    """Microseconds a step with one thread and with two, undisturbed and beside a neighbour."""
    def both():
        # No thread is kept to a core: the system may move them away from the neighbour.
        return [programs.step_of_bp(workload, threads, seconds, is_pinned=False)[1] for threads in (1, 2)]

    quiet = both()
    with neighbour():
        return quiet, both()


def text(workloads, seconds):
    rows, all_met = [], True
    for workload in [w for w in WORKLOADS if w in workloads]:
        try:
            quiet, disturbed = measure(workload, seconds)
        except programs.Failure as failure:
            rows.append([workload, f"fails: {failure}", "", "", "", "", ""])
            all_met = False
            continue
        factor = disturbed[1] / disturbed[0]
        is_met = factor <= targets.CONTENDED
        all_met = all_met and is_met
        rows.append([workload] + [duration(t) for t in quiet + disturbed] + [f"{factor:.2f}×", verdict(is_met)])
    if not rows:
        return "", True
    heads = ["workload", "1 thread", "2 threads", "1 beside a busy core", "2 beside it", "2 to 1 beside it",
             f"target {targets.CONTENDED}×"]
    return "## With a core taken by another program\n\n" + table(heads, rows), all_met


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workloads", type=str.split, default=WORKLOADS)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    programs.make_data(options.workloads)
    words, is_met = text(options.workloads, options.seconds)
    print(words)
    sys.exit(0 if is_met else 1)
