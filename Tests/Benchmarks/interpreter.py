"""Times the programs of interpreter/ under bpsh and python3, best of five, start-up taken off, and prints the ratios.

    python3 Tests/Benchmarks/interpreter.py .build/release/bpsh
"""

import pathlib
import subprocess
import sys
import time


def best(command, runs=5):
    times, output = [], None
    for _ in range(runs):
        start = time.perf_counter()
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        times.append(time.perf_counter() - start)
    return min(times), output


def main(bpsh):
    folder = pathlib.Path(__file__).parent / "interpreter"
    empty = folder / "empty.bp"
    base = {program: best([program, str(empty)])[0] for program in (bpsh, sys.executable)}
    print(f"{'program':<16}{'bp':>9}{'python3':>9}{'ratio':>8}")
    for file in sorted(folder.glob("*.bp")):
        if file == empty:
            continue
        ours, printed = best([bpsh, str(file)])
        theirs, expected = best([sys.executable, str(file)])
        assert printed == expected, f"{file.name} prints {printed!r}, python3 {expected!r}"
        ours, theirs = ours - base[bpsh], theirs - base[sys.executable]
        print(f"{file.stem:<16}{ours * 1e3:>7.1f}ms{theirs * 1e3:>7.1f}ms{theirs / ours:>7.1f}x")


if __name__ == "__main__":
    main(sys.argv[1])
