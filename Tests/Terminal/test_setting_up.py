"""bpsh as it is set up: doctor, install, completions and the manual."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
from conftest import BPSH, PATIENCE

SYSTEM = "/usr/local/bin:/usr/bin:/bin"


@pytest.fixture
def bpsh(tmp_path):
    """Runs bpsh in an empty home where nothing of Jupyter is found."""

    def run(*words, program=BPSH, **variables):
        environment = {"PATH": SYSTEM, "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLUMNS": "60", **variables}
        done = subprocess.run(
            [program, *words], capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=PATIENCE, env=environment)
        return done.returncode, done.stdout, done.stderr

    return run


def findings(bpsh, **variables):
    status, output, errors = bpsh("doctor", "--json", **variables)
    assert errors == ""
    found = json.loads(output)["findings"]
    assert status == (1 if any(finding["level"] == "failure" for finding in found) else 0)
    return {finding["subject"]: finding for finding in found}


def spec(folder):
    return json.loads((folder / "kernels/bp/kernel.json").read_text())


# Doctor


def test_doctor_finds_all_well_or_says_what_to_do(bpsh, tmp_path):
    assert findings(bpsh)["kernel"]["advice"] == "bpsh install"
    bpsh("install")
    found = findings(bpsh)
    for subject in ["gradients", "ZeroMQ", "libsodium", "zlib", "LAPACK", "threads", "kernel", "output", "history"]:
        assert found[subject]["level"] == "ok", found[subject]
    assert all("advice" in finding for finding in found.values() if finding["level"] != "ok")
    left_out = findings(bpsh, BP_ONEDNN="off")["oneDNN"]
    assert (left_out["level"], left_out["state"]) == ("warning", "left out by BP_ONEDNN=off")


def test_doctor_fits_sixty_columns(bpsh):
    status, output, errors = bpsh("doctor")
    assert (status, errors) == (0, "")
    # A path has no blank to be broken at.
    assert all(len(line) <= 60 or "/" in line for line in output.splitlines()), output


def test_doctor_finds_a_kernel_whose_program_has_gone(bpsh, tmp_path):
    copy = tmp_path / "a copy"
    shutil.copy(BPSH, copy)
    bpsh("install", program=copy)
    assert "starts another program" in findings(bpsh)["kernel"]["state"]
    copy.unlink()
    assert findings(bpsh)["kernel"]["level"] == "failure"


def test_doctor_finds_what_of_jupyter_is_there(bpsh, tmp_path):
    assert findings(bpsh)["jupyter"]["level"] == "warning"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/jupyter").touch(mode=0o755)
    (tmp_path / "lib/python3.99/site-packages/jupyterlab-9.8.dist-info").mkdir(parents=True)
    found = findings(bpsh, PATH=f"{tmp_path}/bin:{SYSTEM}")["jupyter"]
    assert found["level"] == "ok" and "jupyterlab 9.8" in found["state"]


def test_doctor_finds_a_history_that_cannot_be_written(bpsh, tmp_path):
    (tmp_path / "state").write_text("no folder")
    assert findings(bpsh, XDG_STATE_HOME=f"{tmp_path}/state")["history"]["level"] == "warning"
    assert findings(bpsh, HOME="")["history"]["level"] == "warning"


# Install


def test_install_says_where_and_what_it_replaced(bpsh, tmp_path):
    share = tmp_path / ".local/share/jupyter"
    assert bpsh("install") == (0, f"installed the kernel bp in {share}/kernels/bp\n", "")
    program = spec(share)["argv"][0]
    assert os.path.samefile(program, BPSH)
    assert "in place of one that started the same program" in bpsh("install")[1]
    (share / "kernels/bp/kernel.json").write_text('{"argv": ["/old/bpsh"]}')
    assert "in place of one that started /old/bpsh" in bpsh("install", "--user")[1]
    assert spec(share)["argv"][0] == program
    assert bpsh("install", "--uninstall") == (0, f"removed the kernel bp from {share}/kernels/bp\n", "")
    assert not (share / "kernels/bp").exists()
    status, output, errors = bpsh("install", "--uninstall")
    assert (status, output) == (1, "") and "No such file" in errors


def test_install_goes_where_it_is_told(bpsh, tmp_path):
    assert bpsh("install", XDG_DATA_HOME=f"{tmp_path}/x y")[0] == 0
    assert spec(tmp_path / "x y/jupyter")
    assert bpsh("install", JUPYTER_DATA_DIR=f"{tmp_path}/data")[0] == 0
    assert spec(tmp_path / "data")
    assert bpsh("install", "--sys-prefix", VIRTUAL_ENV=f"{tmp_path}/venv") [1:] == (
        f"installed the kernel bp in {tmp_path}/venv/share/jupyter/kernels/bp\n", "")
    assert "no Python environment is active" in bpsh("install", "--sys-prefix")[2]
    assert "HOME is not set" in bpsh("install", HOME="")[2]


def test_install_warns_where_jupyter_does_not_look(bpsh, tmp_path):
    place = tmp_path / "a place"
    status, output, errors = bpsh("install", "--prefix", str(place))
    assert status == 0
    assert f"JUPYTER_PATH='{place}/share/jupyter' jupyter lab" in errors
    assert bpsh("install", "--prefix", str(place), JUPYTER_PATH=f"{place}/share/jupyter")[2] == ""
    (place / "bin").mkdir()
    (place / "bin/python").touch(mode=0o755)
    assert bpsh("install", "--prefix", str(place))[2] == ""
    assert bpsh("install", "--quiet", "--prefix", str(tmp_path / "b")) == (0, "", "")


def test_install_names_a_place_that_cannot_be_written(bpsh, tmp_path):
    (tmp_path / "file").touch()
    status, output, errors = bpsh("install", "--prefix", "file/x")
    assert (status, output) == (1, "")
    assert "cannot write the kernelspec to file/x/share/jupyter/kernels/bp: Not a directory" in errors
    status, output, errors = bpsh("install", "--prefix", "/proc")
    assert status == 1 and "cannot write the kernelspec to /proc/share" in errors


# Completions


# What is typed before Tab, and what must then be seen.
TYPED = [
    ("bpsh che", "bpsh check"), ("bpsh run no", "bpsh run notes.ipynb"), ("bpsh --prec", "bpsh --precision"),
    ("bpsh run --allow", "bpsh run --allow-errors"), ("bpsh check pro", "bpsh check program.bp"),
    ("bpsh completions fi", "bpsh completions fish"), ("bpsh prog", "bpsh program.bp"),
    ("bpsh run notes.ipynb -o no", "bpsh run notes.ipynb -o notes.ipynb"),
]
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(bpsh completions bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u; source <(bpsh completions zsh)"),
    "fish": (["fish", "--no-config"], "bpsh completions fish | source"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_shells_complete(terminal, tmp_path, shell):
    (tmp_path / "notes.ipynb").touch()
    (tmp_path / "program.bp").touch()
    (tmp_path / "else.txt").touch()
    words, start = SHELLS[shell]
    path = f"{pathlib.Path(BPSH).parent}:{SYSTEM}"
    screen = terminal(*words, columns=100, PATH=path, PS1="$ ", PROMPT="$ ")
    screen.type(start + "; echo re''ady\r").until("\nready")
    for typed, seen in TYPED:
        screen.type(typed + "\t").until(lambda: seen in screen.cursor_line())
        screen.type("\x03" if shell == "fish" else "\x15")
        screen.until(lambda: "bpsh" not in screen.cursor_line())


# The manual


def test_the_manual_is_a_page_that_man_shows(bpsh, tmp_path):
    status, page, _ = bpsh("man")
    assert status == 0
    (tmp_path / "bpsh.1").write_text(page)
    done = subprocess.run(
        ["man", "--warnings", "-l", "bpsh.1"], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=PATIENCE,
        env={"PATH": SYSTEM, "MANWIDTH": "60", "LANG": "C.UTF-8", "HOME": str(tmp_path)})
    assert done.returncode == 0 and done.stderr == ""
    text = done.stdout
    assert max(map(len, text.splitlines())) <= 60
    for word in ["NAME", "SYNOPSIS", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "-p, --parameter NAME=VALUE", "--seed N"]:
        assert word in text
