"""The wheel, installed where nothing else of bp is: neither Swift nor its libraries are on the path."""

import os
import pathlib
import subprocess
import venv

import pytest

WHEELS = pathlib.Path(__file__).parents[2] / ".build/wheel"
SYSTEM = "/usr/bin:/bin"

RUN_A_CELL = """
from jupyter_client.manager import run_kernel
with run_kernel(kernel_name="bp") as client:
    reply = client.execute_interactive("grad(lambda x: x ** 3)(2.0)", timeout=20, output_hook=lambda m: print(m["content"]))
    assert reply["content"]["status"] == "ok"
    reply = client.execute_interactive("randn([600, 600]).transpose() @ randn([600, 600]); inv(eye(3)).shape", timeout=20)
    assert reply["content"]["status"] == "ok", reply
"""


@pytest.fixture(scope="session")
def prefix(tmp_path_factory):
    """An environment, at a path with a blank, with the wheel and Jupyter's client alone."""
    place = tmp_path_factory.mktemp("wheel") / "an environment"
    venv.create(place, with_pip=True)
    (wheel,) = WHEELS.glob("*.whl")
    install(place, str(wheel), "jupyter_client")
    return place


def install(prefix, *packages):
    subprocess.run([prefix / "bin/python", "-m", "pip", "install", "-q", *packages], check=True, timeout=300)


def run(prefix, *words, **variables):
    home = prefix.parent / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [prefix / "bin" / words[0], *words[1:]], cwd=home, capture_output=True, encoding="utf-8", timeout=120,
        env={"PATH": SYSTEM, "HOME": str(home), "LANG": "C.UTF-8", **variables})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("variables", [{}, {"BP_ONEDNN": "off"}, {"BP_INSTRUCTION_SET": "baseline"}], ids=str)
def test_a_cell_runs_in_the_kernel(prefix, variables):
    # The script's path holds a blank, so Python is called by its own.
    assert "12.0" in run(prefix, "python", "-c", RUN_A_CELL, **variables)


def test_the_program_stands_on_its_own_libraries(prefix):
    found = subprocess.run(["ldd", prefix / "bin/bpsh"], capture_output=True, encoding="utf-8", check=True).stdout
    assert "not found" not in found
    for library in ["libzmq", "libsodium", "libz", "libkrb5"]:
        (line,) = [line for line in found.splitlines() if line.strip().startswith(library + ".")]
        assert str(prefix) in os.path.realpath(line.split(" => ")[1].split(" (0x")[0]), line


def test_the_shell_is_on_the_path(prefix):
    assert run(prefix, "bpsh", "-e", "1 + 1") == "2\n"
    doctor = run(prefix, "bpsh", "doctor", "--json", PATH=f"{prefix}/bin:{SYSTEM}")
    assert "starts this program" in doctor


def test_pygments_knows_the_language(prefix):
    program = (
        "from pygments.lexers import get_lexer_by_name as by_name, get_lexer_for_filename as of_file\n"
        "tokens = list(by_name('bpnn').get_tokens('net = dense(3, relu)\\nopen(net.weight)'))\n"
        "print(of_file('a.bp').name, of_file('Android.bp').name, [v for t, v in tokens if str(t) == 'Token.Name.Builtin'])")
    install(prefix, "pygments")
    assert run(prefix, "python", "-c", program) == "bp Soong ['dense', 'relu']\n"


def test_papermill_knows_the_language(prefix):
    install(prefix, "papermill")
    make = (
        "import nbformat as f; from nbformat.v4 import *\n"
        "cells = [new_code_cell('rate = 1', metadata={'tags': ['parameters']}), new_code_cell('rate')]\n"
        "kernel = {'kernelspec': {'name': 'bp', 'language': 'bp', 'display_name': 'bp'}}\n"
        "f.write(new_notebook(cells=cells, metadata=kernel), 'a.ipynb')")
    run(prefix, "python", "-c", make)
    run(prefix, "python", "-m", "papermill", "a.ipynb", "b.ipynb", "-p", "rate", "0.25")
    assert "0.25" in run(prefix, "bpsh", "-e", "read_text('b.ipynb')").split("outputs")[-1]


def test_it_can_be_removed_again(prefix, tmp_path):
    fresh = tmp_path / "b"
    venv.create(fresh, with_pip=True)
    (wheel,) = WHEELS.glob("*.whl")
    install(fresh, str(wheel))
    assert (fresh / "share/jupyter/kernels/bp/kernel.json").exists()
    subprocess.run([fresh / "bin/python", "-m", "pip", "uninstall", "-q", "-y", "bpnn"], check=True, timeout=100)
    assert not list(fresh.rglob("*bpsh*")) and not (fresh / "share/jupyter/kernels/bp").exists()
