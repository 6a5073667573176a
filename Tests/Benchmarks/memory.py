"""Shows that long training keeps its memory: peak after many steps beside that after 100, but for the history of the run.

    make bench-memory                          # every workload
    make bench-memory WORKLOADS="xor spirals"

Steps: 10,000, or as many as take about a minute and a half (at least 300); the table says how many. A step may leave 8 bytes
of history, a layer 128 KiB.
"""

import argparse
import sys

import numpy as np

import programs
import targets
from table import table, verdict

MOST_STEPS, LEAST_STEPS, SECONDS = 10_000, 300, 90


def layers(workload):
    """Layers with parameters, by the names of these; the programs without a network keep no history by layer."""
    if workload in ("maml2", "gradscalar"):
        return 0
    with np.load(programs.DATA / f"{workload}.npz") as arrays:
        return len({name.rsplit(".", 1)[0] for name in arrays.files if "." in name})


def check(workload):
    step = programs.step_of_bp(workload, 1, 1)[1] / 1e6
    steps = max(LEAST_STEPS, min(MOST_STEPS, int(SECONDS / step)))
    early = programs.peak_mib(programs.of_bp(workload, "steps", 100))
    late = programs.peak_mib(programs.of_bp(workload, "steps", steps))
    allowed = (steps * targets.STEP_BYTES + layers(workload) * targets.LAYER_BYTES) / 2**20
    return steps, early, late, allowed


def main(workloads):
    programs.make_data(workloads)
    rows, all_met = [], True
    for workload in workloads:
        print(f"… {workload}", file=sys.stderr, flush=True)
        try:
            steps, early, late, allowed = check(workload)
        except programs.Failure as failure:
            rows.append([workload, f"fails: {failure}", "", "", "", ""])
            all_met = False
            continue
        is_met = late - early <= allowed
        all_met = all_met and is_met
        rows.append([workload, steps, f"{early:.1f} MiB", f"{late:.1f} MiB", f"{late - early:+.2f} of {allowed:.2f} MiB",
                     verdict(is_met)])
    print(table(["workload", "steps", "peak at 100", "peak at the end", "more", ""], rows))
    return 0 if all_met else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workloads", type=str.split, default=targets.WORKLOADS)
    sys.exit(main(parser.parse_args().workloads))
