"""Times how soon an interrupt is obeyed, in a loop and inside every kind of builtin at work on 256 MiB or on a million values.

    make bench-interrupts                    # everything: about ten minutes
    make bench-interrupts CASES="sort sum"   # cases whose text has one of these words

The library calls that may take longer (LAPACK, of at most a second each) have their own limit. What a case has made by then is
given back within its time too: tens of milliseconds for millions of values. The exit status is 0 where every limit is kept.
"""

import argparse
import random
import signal
import statistics
import subprocess
import sys
import time

import programs
from interrupt_cases import BUILTINS, LIBRARY_CALLS, LOOPS, SETUP, VALUES
from table import table, verdict

# Milliseconds from the signal to the program's next statement.
LOOP, BUILTIN, LIBRARY = 50, 100, 1000


def program(case, tries):
    """A program that runs `case` for ever, and says when it begins and when it has been stopped."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in case).split()
    wanted = {v for v in VALUES if v in words} | ({"words"} if "table" in words else set())
    lines = SETUP + "".join(f"{name} = {VALUES[name]}\n" for name in VALUES if name in wanted)
    body = case if case.startswith("while") else f"while True: r = {case}"
    return lines + f"""
for attempt in range({tries}):
    try:
        print("begins")
        {body}
    except KeyboardInterrupt:
        print("caught")
"""


def delays(case, tries, threads):
    """Milliseconds from each signal to the word that it was obeyed."""
    process = subprocess.Popen([programs.BPSH, "--quiet", f"--threads={threads}", "-e", program(case, tries)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = []
    try:
        for _ in range(tries):
            if process.stdout.readline() != "begins\n":
                break
            time.sleep(random.uniform(0.02, 0.4))
            process.send_signal(signal.SIGINT)
            sent = time.perf_counter()
            if process.stdout.readline() != "caught\n":
                break
            found.append((time.perf_counter() - sent) * 1000)
    finally:
        process.kill()
        _, errors = process.communicate()
    if len(found) < tries:
        raise programs.Failure(" ".join(errors.split())[:100] or "no word")
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", default="", help="words of which a case has one")
    arguments.add_argument("--tries", type=int, default=3)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--all", action="store_true", help="list the cases that keep their limit too")
    chosen = arguments.parse_args()
    cases = [(c, LOOP) for c in LOOPS] + [(c, BUILTIN) for c in BUILTINS] + [(c, LIBRARY) for c in LIBRARY_CALLS]
    wanted = chosen.cases.split()
    rows, late, most = [], 0, {LOOP: 0, BUILTIN: 0, LIBRARY: 0}
    cases = [c for c in cases if not wanted or any(word in c[0] for word in wanted)]
    for case, limit in cases:
        try:
            found = delays(case, chosen.tries, chosen.threads)
        except programs.Failure as failure:
            rows.append([f"`{case}`", f"fails: {failure}", "", "", ""])
            late += 1
            continue
        is_met = max(found) <= limit
        late += not is_met
        most[limit] = max(most[limit], max(found))
        if chosen.all or not is_met:
            rows.append([f"`{case}`", f"{statistics.median(found):.0f} ms", f"{max(found):.0f} ms", f"{limit} ms", verdict(is_met)])
            print(*rows[-1], file=sys.stderr, flush=True)
    if rows:
        print(table(["interrupted in", "median", "longest", "limit", ""], rows))
    kinds = {LOOP: "loops", BUILTIN: "builtins", LIBRARY: "library calls"}
    print("\nLongest: " + ", ".join(f"{most[k]:.0f} ms in {kinds[k]} (limit {k})" for k in kinds) + ".")
    print(f"{len(cases) - late} of {len(cases)} cases keep their limit.")
    sys.exit(late > 0 or not cases)


if __name__ == "__main__":
    main()
