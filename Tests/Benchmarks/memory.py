"""Shows that long training keeps its memory: the peak of 10,000 steps beside that of 100, but for the history of the run.

    make bench-memory                          # every workload: about a quarter of an hour
    make bench-memory WORKLOADS="xor spirals"

A step may leave 8 bytes of history, a layer 128 KiB. What takes 10,000 steps in two minutes and a half runs whole: all but conv28,
transformer and mlp4096 on two cores. These run as many steps as fit, at least 300, and are carried on to 10,000
by what the peak still grew in the second half of that run. Nothing happens for the first time after step 4,097, when series by
layer are first thinned out.
"""

import argparse
import json
import subprocess
import sys

import numpy as np

import programs
import targets
from table import table, verdict

STEPS, FEW, LEAST, SECONDS = 10_000, 100, 300, 150
# Peaks differ by a tenth of a MiB from run to run: of runs that are over soon the middle one counts.
TURNS, SOON = 7, 5

# A small parent of its own, as a process begins with the peak of the one that started it: prints the peak of a command in KiB, its
# status, and the peak as it stood in the course of the run.
WATCH = """
import json, resource, subprocess, sys, time
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
began, seen = time.monotonic(), []
while process.poll() is None:
    try:
        with open(f"/proc/{process.pid}/status") as status:
            seen += [(time.monotonic() - began, int(line.split()[1])) for line in status if line.startswith("VmHWM")]
    except OSError:
        pass
    time.sleep(0.05)
print(json.dumps([resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, process.returncode, seen[::len(seen) // 1000 + 1]]))
"""


def watched(workload, steps):
    """Bytes of the peak of a run, and the share of it that it grew by in the second half but for the end."""
    command = [sys.executable, "-c", WATCH] + [str(word) for word in programs.of_bp(workload, "steps", steps, threads=2)]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    peak, status, seen = json.loads(said)
    if status != 0:
        raise programs.Failure(f"status {status}")
    end = seen[-1][0] if seen else 0
    later = [kib for seconds, kib in seen if 0.5 * end <= seconds <= 0.95 * end]
    return peak * 1024, (later[-1] - later[0]) * 1024 if later else 0


def layers(workload):
    """Layers with parameters, by the names of these; the programs without a network keep no history by layer."""
    if workload in ("maml2", "gradscalar"):
        return 0
    with np.load(programs.DATA / f"{workload}.npz") as arrays:
        return len({name.rsplit(".", 1)[0] for name in arrays.files if "." in name})


def check(workload, seconds):
    """Steps that were run, peaks in bytes, what 10,000 steps take more, and what they may."""
    step = programs.step_of_bp(workload, 2, 1)[1] / 1e6
    steps = max(LEAST, min(STEPS, int(seconds / step)))
    def middle(count):
        runs = [watched(workload, count) for _ in range(TURNS if steps * step < SOON else 1)]
        return sorted(runs)[len(runs) // 2]
    early, (late, growth) = middle(FEW)[0], middle(steps)
    more = late - early + growth / (0.45 * steps) * (STEPS - steps)
    return steps, early, late, more, STEPS * targets.STEP_BYTES + layers(workload) * targets.LAYER_BYTES


def mib(count):
    return f"{count / 2**20:.2f}"


def main(workloads, seconds):
    programs.make_data(workloads)
    rows, all_met = [], True
    for workload in workloads:
        print(f"… {workload}", file=sys.stderr, flush=True)
        try:
            steps, early, late, more, allowed = check(workload, seconds)
        except programs.Failure as failure:
            rows.append([workload, f"fails: {failure}", "", "", "", "", ""])
            all_met = False
            continue
        is_met = more <= allowed
        all_met = all_met and is_met
        rows.append([workload, steps, mib(early), mib(late), f"{more / 2**20:+.2f}", mib(allowed), verdict(is_met)])
        print(f"  {steps} steps, {mib(early)} to {mib(late)} MiB", file=sys.stderr, flush=True)
    print(table(["workload", "steps run", "MiB at step 100", "at the end", "more by step 10,000", "allowed", ""], rows))
    return 0 if all_met else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workloads", type=str.split, default=targets.WORKLOADS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for the steps of one workload")
    options = parser.parse_args()
    sys.exit(main(options.workloads, options.seconds))
