"""Times steps with two threads while another program takes one of the cores: slower, but no cliff."""

import os
import subprocess
import sys

import programs
import targets
from table import spread, table, verdict

# Of each kind of work one: small and large products, convolutions, a chain of small steps.
WORKLOADS = ["digits", "mlp784", "conv28", "lstm", "transformer"]


def text(workloads, seconds):
    rows, all_met = [], True
    for workload in [w for w in WORKLOADS if w in workloads]:
        try:
            quiet = programs.step_of_bp(workload, 2, seconds)
            busy = subprocess.Popen([sys.executable, "-c", "while True: pass"],
                                    preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))
            try:
                disturbed = programs.step_of_bp(workload, 2, seconds)
            finally:
                busy.kill()
                busy.wait()
        except programs.Failure as failure:
            rows.append([workload, f"fails: {failure}", "", "", ""])
            all_met = False
            continue
        factor = disturbed[1] / quiet[1]
        is_met = factor <= targets.CONTENDED
        all_met = all_met and is_met
        rows.append([workload, spread(quiet), spread(disturbed), f"{factor:.2f}×", verdict(is_met)])
    if not rows:
        return "", True
    heads = ["workload, 2 threads", "undisturbed", "with a busy core", "slower", f"target {targets.CONTENDED}×"]
    return "## With a core taken by another program\n\n" + table(heads, rows), all_met
