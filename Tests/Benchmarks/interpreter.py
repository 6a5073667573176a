"""Times the programs of interpreter/ under bpsh and CPython in turn, start-up taken off.

    python3 Tests/Benchmarks/interpreter.py     # alone; `make bench` includes it
"""

import sys

import programs
import targets
from table import duration, table, verdict

FOLDER = programs.HERE / "interpreter"


def seconds(program, file):
    finished = programs.Finished([program, file], programs.cores(1))
    return finished.seconds, finished.output


def compare(file, rounds):
    """Seconds of bp and of CPython, least of the rounds: what disturbs only adds."""
    ours, theirs = [], []
    for _ in range(rounds):
        taken, printed = seconds(programs.BPSH, file)
        ours.append(taken)
        taken, wanted = seconds(sys.executable, file)
        theirs.append(taken)
        if printed != wanted:
            raise programs.Failure(f"prints {printed[:40]!r}, CPython {wanted[:40]!r}")
    return min(ours), min(theirs)


def text(rounds):
    rows, all_met = [], True
    starts = compare(FOLDER / "empty.bp", rounds)
    for file in sorted(FOLDER.glob("*.bp")):
        if file.stem == "empty":
            continue
        try:
            ours, theirs = (total - start for total, start in zip(compare(file, rounds), starts))
        except programs.Failure as failure:
            rows.append([file.stem, f"fails: {failure}", "", "", "", ""])
            all_met = False
            continue
        # Only loops of scalar arithmetic have a target; of the others it is told how they stand.
        least = targets.SCALAR_LOOP if file.stem.endswith("loop") else None
        is_met = theirs / ours >= least if least else True
        all_met = all_met and is_met
        rows.append([file.stem, duration(ours * 1e6), duration(theirs * 1e6), f"{theirs / ours:.1f}×",
                     f"{least}×" if least else "", verdict(is_met) if least else ""])
    version = ".".join(str(part) for part in sys.version_info[:2])
    heads = ["program", "bp", f"CPython {version}", "ratio", "target", ""]
    return "## The interpreter alone\n\n" + table(heads, rows), all_met


if __name__ == "__main__":
    print(text(5)[0])
