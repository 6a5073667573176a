"""jupyter console with the kernel, in a terminal."""

import subprocess
import sys

import pytest
from conftest import BPSH, control


@pytest.fixture
def console(terminal, tmp_path):
    subprocess.run([BPSH, "install", "--prefix", str(tmp_path), "--quiet"], check=True, timeout=20)
    words = (sys.executable, "-m", "jupyter_console", "--kernel", "bp")
    return terminal(*words, JUPYTER_PATH=str(tmp_path / "share/jupyter")).until("In [1]:")


def test_a_conversation(console):
    assert "networks and their gradients" in console.text()
    console.type("x = 6\r").until("In [2]:")
    console.type("print('a', x)\r").until("In [3]:")
    console.type("x * 7\r").until("Out[3]: 42")
    console.until("In [4]:").type("1 / 0\r").until("In [5]:")
    assert "ZeroDivisionError" in console.text()
    console.type("input('who? ')\r").until(lambda: console.cursor_line() == "who?").type("me\r").until("Out[5]: 'me'")
    console.until("In [6]:").type("print('begun'); sleep(1000)\r").until("\nbegun").type(control("c")).until("In [7]:")
    assert "KeyboardInterrupt" in console.text()


def test_words_are_completed(console):
    console.type("cross_ent\t").until("cross_entropy")
