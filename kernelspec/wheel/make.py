"""Makes a wheel of bp: the program with its libraries, the kernelspec, and what Python's tools want to know.

usage: make.py BPSH FOLDER

The program lands in the environment's `bin`, its libraries in `lib/bpsh`, found from there; so it runs without Python and from any
place. oneDNN (large) and LAPACK are not inside: the program looks for them on the machine and does without.
"""

import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
NAME = "bpnn"
# Part of every Linux with glibc, as the manylinux policies have it; one of our own libstdc++ would also keep oneDNN from loading
# where the machine's is newer.
OF_THE_SYSTEM = re.compile(r"(ld-linux.*|linux-vdso|lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+))\.so.*")

METADATA = """\
Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: bp, a small language for neural networks: Jupyter kernel and shell
License: Apache-2.0
Requires-Python: >=3.9
Description-Content-Type: text/markdown

# bp

A small language for backpropagation, for Jupyter and the terminal. After `pip install` the kernel *bp* is there in JupyterLab, and
`bpsh` on the path; `bpsh doctor` says what works.
"""
ENTRY_POINTS = """\
[pygments.lexers]
bpnn = bpnn.lexer:BpLexer

[papermill.engine]
bp = bpnn.papermill:Engine
"""


def output(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, encoding="utf-8").stdout


def libraries(program):
    """The libraries that a program loads, but for those of the system."""
    for name, path in re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", program), re.M):
        if not OF_THE_SYSTEM.fullmatch(name):
            yield name, pathlib.Path(path)


def oldest_glibc(files):
    """The version of glibc that all of the files are content with."""
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", "".join(output("objdump", "-T", file) for file in files))
    return max((int(major), int(minor)) for major, minor in versions)


def set_search_path(file, path):
    file.chmod(0o755)
    output("patchelf", "--set-rpath", path, file)


def copy_program(program, data):
    """Copies the program and its libraries, made to find each other; gives all of them."""
    target = data / "scripts/bpsh"
    target.parent.mkdir(parents=True)
    output("strip", "-o", target, program)
    set_search_path(target, "$ORIGIN/../lib/bpsh")
    folder = data / "data/lib/bpsh"
    folder.mkdir(parents=True)
    files = [target]
    for name, path in libraries(program):
        files.append(folder / name)
        shutil.copy(path, files[-1])
        set_search_path(files[-1], "$ORIGIN")
    return files


def make_kernelspec(program, data):
    """The kernelspec as `bpsh install` writes it, but for the program, which is named by the way to it."""
    output(program, "install", "--quiet", "--prefix", data / "data")
    manifest = data / "data/share/jupyter/kernels/bp/kernel.json"
    content = json.loads(manifest.read_text())
    content["argv"][0] = "{resource_dir}/../../../../bin/bpsh"
    manifest.write_text(json.dumps(content, indent=2) + "\n")


def names(program):
    """All that the language has under a name, as its own help lists it."""
    listing = output(program, "-e", "help()")
    return sorted({word for line in listing.splitlines() if line.startswith("    ") for word in line.split() if word.isidentifier()})


def main(program, folder):
    version = output(program, "--version").split()[1]
    stage = folder / f"{NAME}-{version}"
    shutil.rmtree(stage, ignore_errors=True)
    data = stage / f"{NAME}-{version}.data"
    files = copy_program(program, data)
    make_kernelspec(program, data)

    package = stage / NAME
    shutil.copytree(HERE / NAME, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "names.py").write_text(f'"""What bp {version} has under a name."""\n\nNAMES = frozenset({names(program)!r})\n')

    info = stage / f"{NAME}-{version}.dist-info"
    info.mkdir()
    major, minor = oldest_glibc(files)
    tag = f"py3-none-manylinux_{major}_{minor}_{platform.machine()}"
    (info / "WHEEL").write_text(f"Wheel-Version: 1.0\nGenerator: bp\nRoot-Is-Purelib: false\nTag: {tag}\n")
    (info / "METADATA").write_text(METADATA.format(name=NAME, version=version))
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    shutil.copy(HERE.parents[1] / "LICENSE", info / "LICENSE")
    for old in folder.glob("*.whl"):
        old.unlink()
    output(sys.executable, "-m", "wheel", "pack", "--dest-dir", folder, stage)
    (wheel,) = folder.glob("*.whl")
    print(f"{wheel} ({wheel.stat().st_size / (1 << 20):.1f} MiB)")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
