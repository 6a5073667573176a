"""Times bp beside what people would otherwise use, side by side in one run, and says which targets are met.

    make bench                               # everything: an hour with all peers
    make bench WORKLOADS="xor spirals"       # some workloads
    make bench QUICK=1                       # short runs: a first look, no figures to quote
    make bench-peers                         # makes the peers' environment (torch, jax, scikit-learn, micrograd, ipykernel)

Losses are compared first: a speed counts only where the job is the same. Absolute times on a shared machine mean little:
read the ratios. The exit status is 0 where every target is met.
"""

import argparse
import datetime
import os
import sys

import contention
import interpreter
import losses
import programs
import startup
import targets
import training
from table import table

OUTPUT = programs.ROOT / ".bench" / "results.md"


def say(text):
    print(f"… {text}", file=sys.stderr, flush=True)


def same_job(workloads):
    """The table of losses, and the workloads that agree."""
    rows, agreeing = [], []
    for workload in workloads:
        say(f"losses of {workload}")
        words, is_same = losses.check(workload)
        rows.append([workload, words])
        if is_same:
            agreeing.append(workload)
    return "## The same job\n\n" + table(["workload", "losses"], rows), agreeing


def forms(workloads):
    """The workloads with the other way in which one of them is run."""
    return [form for w in workloads for form in ([w, "gradscalar recorded"] if w == "gradscalar" else [w])]


def run(options):
    """The parts of the report, one after the other, and whether all is met."""
    rounds, seconds = (1, 0.5) if options.quick else (options.rounds, 2)
    if options.start:
        say("start of programs and kernels")
        yield startup.of_programs(3 if options.quick else 10), True
    if options.workloads:
        if not programs.PEERS.exists():
            yield "No peers here: `make bench-peers` installs them, and what the workloads' data are made with.", False
        else:
            yield from of_workloads(forms(options.workloads), rounds, seconds)
    if options.interpreter:
        say("the interpreter")
        yield interpreter.text(2 if options.quick else 5)


def of_workloads(workloads, rounds, seconds):
    programs.make_data(workloads)
    words, agreeing = same_job(workloads)
    yield words, agreeing == workloads
    rows = training.measure(agreeing, (1, 2), rounds, seconds, say)
    if rows:
        yield training.text(rows)
        say("first steps and memory")
        yield startup.of_workloads(agreeing, rows, rounds)
        say("with a core taken")
        yield contention.text(agreeing, seconds)


def main(options):
    quick = " Short runs (QUICK): no figures to quote." if options.quick else ""
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    parts = [f"# bp beside its peers\n\n{datetime.datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {load}.{quick}"]
    print(parts[0], flush=True)
    all_met = True
    for part, is_met in run(options):
        all_met = all_met and is_met
        if part:
            print(f"\n{part}", flush=True)
            parts.append(part)
    parts.append("Every target is met." if all_met else "Not every target is met.")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text("\n\n".join(parts) + "\n")
    print(f"\n{parts[-1]} The tables are in {OUTPUT.relative_to(programs.ROOT)}.")
    return 0 if all_met else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workloads", type=str.split, default=targets.WORKLOADS, help="names, in one word with blanks")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each program")
    parser.add_argument("--quick", action="store_true", help="one short turn")
    parser.add_argument("--no-start", dest="start", action="store_false", help="without the start of programs and kernels")
    parser.add_argument("--no-interpreter", dest="interpreter", action="store_false", help="without CPython")
    options = parser.parse_args()
    unknown = [w for w in options.workloads if w not in targets.WORKLOADS]
    if unknown:
        parser.error(f"no workload {unknown[0]}; there are {' '.join(targets.WORKLOADS)}")
    sys.exit(main(options))
