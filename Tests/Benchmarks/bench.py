"""Times bp beside what people would otherwise use, side by side in one run, and says which targets are met.

    make bench                               # everything: about 35 minutes with all peers
    make bench WORKLOADS="xor spirals"       # some workloads
    make bench QUICK=1                       # one short turn each, within 12 minutes: a first look, no figures to quote
    make bench-peers                         # makes the peers' environment (torch, jax, scikit-learn, micrograd, ipykernel)

Losses are compared first: a speed counts only where the job is the same. Absolute times on a shared machine mean little:
read the ratios. Slow workloads get fewer turns, so that all are over in time. What has been measured is written down at once: a run
that is cut off keeps it. The exit status is 0 where every target is met.
"""

import argparse
import datetime
import os
import sys

import contention
import interpreter
import kernels
import losses
import profiles
import programs
import startup
import targets
import training
from table import table

OUTPUT = programs.ROOT / ".bench" / "results.md"


def say(text):
    print(f"… {text}", file=sys.stderr, flush=True)


class Report:
    """The parts of the report, written anew whenever one is added."""

    def __init__(self, head):
        self.parts = {"head": head}
        self.all_met = True
        print(head, flush=True)
        self.write("Not finished.")

    def write(self, end):
        OUTPUT.parent.mkdir(exist_ok=True)
        OUTPUT.write_text("\n\n".join([*self.parts.values(), end]) + "\n")

    def keep(self, name, text):
        """A part as it stands so far."""
        self.parts[name] = text
        self.write("Not finished.")

    def add(self, name, text, is_met=True):
        self.all_met = self.all_met and is_met
        if text:
            print(f"\n{text}", flush=True)
            self.keep(name, text)

    def finish(self):
        end = "Every target is met." if self.all_met else "Not every target is met."
        self.write(end)
        print(f"\n{end} The tables are in {OUTPUT.relative_to(programs.ROOT)}.")


def same_job(workloads, is_quick):
    """The table of losses, and the workloads that agree."""
    rows, agreeing = [], []
    for workload in workloads:
        say(f"losses of {workload}")
        words, is_same = losses.check(workload, on_record=is_quick)
        rows.append([workload, words])
        if is_same:
            agreeing.append(workload)
    return "## The same job\n\n" + table(["workload", "losses"], rows), agreeing


def forms(workloads):
    """The workloads with the other way in which one of them is run."""
    return [form for w in workloads for form in ([w, "gradscalar recorded"] if w == "gradscalar" else [w])]


def run(options, report):
    if options.start:
        say("start of programs and kernels")
        report.add("start", startup.of_programs(3 if options.quick else 10))
    if options.kernels:
        say("kernels")
        report.add("kernels", *kernels.text(1 if options.quick else 3, options.quick, say))
    if options.interpreter:
        say("the interpreter")
        report.add("interpreter", *interpreter.text(2 if options.quick else 5))
    if options.workloads:
        if programs.PEERS.exists():
            of_workloads(forms(options.workloads), options, report)
        else:
            report.add("peers", "No peers here: `make bench-peers` installs them, and what the workloads' data are made with.", False)


def of_workloads(workloads, options, report):
    rounds, seconds, minutes = (1, 0.5, 8) if options.quick else (options.rounds, 2, 25)
    programs.make_data(workloads)
    words, agreeing = same_job(workloads, options.quick)
    report.add("losses", words, agreeing == workloads)
    rows = training.measure(agreeing, (1, 2), rounds, seconds, minutes, say,
                            lambda rows: report.keep("training", training.text(rows)[0]))
    if rows:
        report.add("training", *training.text(rows))
        if training.short(rows):
            report.add("profiles", profiles.text(training.short(rows)))
        say("first steps and memory")
        report.add("memory", *startup.of_workloads(agreeing, rows, rounds))
        say("with a core taken")
        report.add("contention", *contention.text(agreeing, seconds / 2))


def main(options):
    quick = " Short runs (QUICK): no figures to quote." if options.quick else ""
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    report = Report(f"# bp beside its peers\n\n{datetime.datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {load}.{quick}")
    run(options, report)
    report.finish()
    return 0 if report.all_met else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workloads", type=str.split, default=targets.WORKLOADS, help="names, in one word with blanks")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each program")
    parser.add_argument("--quick", action="store_true", help="one short turn")
    parser.add_argument("--no-start", dest="start", action="store_false", help="without the start of programs and kernels")
    parser.add_argument("--no-kernels", dest="kernels", action="store_false", help="without the kernels of others")
    parser.add_argument("--no-interpreter", dest="interpreter", action="store_false", help="without CPython")
    options = parser.parse_args()
    unknown = [w for w in options.workloads if w not in targets.WORKLOADS]
    if unknown:
        parser.error(f"no workload {unknown[0]}; there are {' '.join(targets.WORKLOADS)}")
    sys.exit(main(options))
