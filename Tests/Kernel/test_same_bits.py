"""A program gives the same weights, to the last bit, as a script, line by line in the REPL, and in a notebook's cells."""

import re
import subprocess
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel

SCRIPT = Path(__file__).resolve().parents[2] / "notebooks" / "digits.bp"


def bpsh():
    return KernelSpecManager().get_kernel_spec("bp").argv[0]


def weights(text):
    found = re.search(r"weights ([0-9a-f]{16})", text)
    assert found, text[-500:]
    return found.group(1)


def test_the_same_weights_in_all_three_fronts():
    script = subprocess.run([bpsh(), "--quiet", SCRIPT], capture_output=True, text=True, check=True).stdout
    assert re.search(r"test accuracy (9[7-9]|100)\.\d%", script)
    repl = subprocess.run([bpsh(), "--quiet"], input=SCRIPT.read_text(), capture_output=True, text=True, check=True).stdout
    printed = []
    manager, client = start_new_kernel(kernel_name="bp")
    try:
        for cell in SCRIPT.read_text().split("\n\n"):
            client.execute_interactive(
                cell, timeout=120, output_hook=lambda m: printed.append(m["content"].get("text", "")))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert weights(script) == weights(repl) == weights("".join(printed))
