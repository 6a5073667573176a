"""Runs every program that Python would run to the same end under python3 and compares what it prints with its expectations.

    python3 Tests/Programs/compare_with_python.py

Programs that expect an error, or use what is bp's own, say so with a line `# bp only`.
"""

import pathlib
import subprocess
import sys


def main():
    failures = compared = 0
    for file in sorted(pathlib.Path(__file__).parent.rglob("*.bp")):
        text = file.read_text()
        if "# error:" in text or "# bp only" in text:
            continue
        expected = "".join(line[len("# expect:"):].removeprefix(" ") + "\n" for line in text.splitlines() if line.startswith("# expect:"))
        printed = subprocess.run([sys.executable, str(file)], capture_output=True, text=True)
        compared += 1
        if printed.stdout != expected:
            failures += 1
            print(f"{file}: expected {expected!r}, python3 prints {printed.stdout!r} {printed.stderr[-200:]}")
    print(f"{compared} programs compared, {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
