"""Holds bp against CPython.

    python3 Tests/Programs/compare_with_python.py .build/debug/bpsh

Every program here that Python would run to the same end is run by python3, and must print what its comments expect; programs
that expect an error, or use what is bp's own, say so with a line `# bp only`. And every text that `bpsh check` accepts, among
all programs of the tests and the notebooks and thousands of mutants of them, must be one that `ast.parse` accepts.
"""

import ast
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import warnings

ROOT = pathlib.Path(__file__).parents[2]
MUTANTS = 2000
BATCH = 100


def compare_output():
    """The programs whose output differs from what they expect."""
    failures = []
    for file in sorted(pathlib.Path(__file__).parent.rglob("*.bp")):
        text = file.read_text()
        if "# error:" in text or "# bp only" in text:
            continue
        lines = [line for line in text.splitlines() if line.startswith("# expect:")]
        expected = "".join(line[len("# expect:"):].removeprefix(" ") + "\n" for line in lines)
        printed = subprocess.run([sys.executable, "-W", "ignore", str(file)], capture_output=True, text=True)
        if printed.stdout != expected:
            failures.append(f"{file}: expected {expected!r}, python3 prints {printed.stdout!r} {printed.stderr[-200:]}")
    return failures


def programs():
    """The texts of all programs of the tests, and of the cells and scripts of the notebooks."""
    texts = [file.read_bytes() for folder in ("Tests", "notebooks") for file in sorted((ROOT / folder).rglob("*.bp"))]
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(notebook.read_text())["cells"]
        texts += ["".join(cell["source"]).encode() for cell in cells if cell["cell_type"] == "code"]
    return texts


TOKEN = re.compile(rb"[A-Za-z_]\w*|\d+\.?\d*|\s+|.", re.S)
PIECES = [piece.encode() for piece in (
    "( ) [ ] { } : , = == -> := . ... ; * ** @ ~ - + / // % & | ^ < <> << ! $ ? ` \\ # ' \" ''' f' f\"{ rf' b' {x!r:>{w}} not is in if "
    "else: elif for def lambda return try: except finally: raise with as del import from assert await yield class global None True "
    "0 00 0x 1_ 1__0 1j 1e999 1if 9223372036854775808 x _ match print é ﬁ 日 µ ª x² \u200b \ufeff \x0c \x00 \\N{DASH} \\x4 \\u12 "
    "*rest **k [::] break continue pass %time").split(" ")] + [b"\n", b"    ", b"\t", b" ", b"\r", b"\r\n", b"\\\n", b"\xff"]


def mutant(text, others, chance):
    """The text after a few random changes."""
    for _ in range(chance.randint(1, 3)):
        tokens = TOKEN.findall(text) or [b""]
        place = chance.randrange(len(tokens))
        match chance.randrange(6):
            case 0:
                del tokens[place]
            case 1:
                tokens[place] = chance.choice(PIECES)
            case 2:
                tokens.insert(place, chance.choice(PIECES))
            case 3:
                other = chance.randrange(len(tokens))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case 4:
                source = TOKEN.findall(chance.choice(others)) or [b""]
                start = chance.randrange(len(source))
                tokens[place:place] = source[start:start + chance.randint(1, 12)]
            case _:
                tokens = tokens[:place]
        text = b"".join(tokens)
    return text


def accepted(bpsh, texts):
    """Those of the texts in which `bpsh check` finds no mistake."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for place, text in enumerate(texts):
            file = pathlib.Path(folder) / f"{place}.bp"
            file.write_bytes(text)
            files.append(str(file))
        found = subprocess.run([bpsh, "check", *files], capture_output=True, text=True, timeout=300)
        if found.returncode not in (0, 1, 2):
            sys.exit(f"bpsh check ended with {found.returncode}: {found.stderr[-500:]}")
        refused = refused_files(found.stdout + found.stderr)
        return [text for file, text in zip(files, texts) if file not in refused]


def refused_files(said):
    """The files that the output of `bpsh check` names."""
    return set(re.findall(r"[^\s\"]+/\d+\.bp", said))


def compare_grammar(bpsh):
    """The texts that `bpsh check` accepts and Python does not."""
    originals = programs()
    small = [text for text in originals if len(text) < 4000]
    chance = random.Random(0)
    texts = originals + [mutant(chance.choice(small), small, chance) for _ in range(MUTANTS)]
    failures = []
    count = 0
    for start in range(0, len(texts), BATCH):
        for text in accepted(bpsh, texts[start:start + BATCH]):
            count += 1
            try:
                ast.parse(text)
            except (SyntaxError, ValueError) as mistake:
                failures.append(f"bpsh check accepts what Python refuses ({mistake}):\n{text.decode(errors='replace')}")
    print(f"{len(texts)} texts, of which bpsh accepts {count}")
    return failures if count > 400 else failures + ["bpsh accepts suspiciously few texts"]


def main():
    warnings.simplefilter("ignore")
    failures = compare_output() + compare_grammar(sys.argv[1])
    print("\n".join(failures) or "bp and Python agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
