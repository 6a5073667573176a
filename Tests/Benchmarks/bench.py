"""Times bp beside what people would otherwise use, side by side in one run, and prints ratios.

    make bench          # start-up and training, beside the peers that are installed
    make bench-peers    # makes the peers' environment (torch, jax, scikit-learn, micrograd, ipykernel)

Absolute times on a shared machine mean little: read the ratios. Rows take turns, so that a busy moment hits all of them.
"""

import argparse
import functools
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BPSH = ROOT / ".build" / "release" / "bpsh"
PEERS = ROOT / ".bench" / "venv" / "bin" / "python"


def spawn_seconds(command):
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def start_of_kernel(name):
    """Seconds from starting a kernel's process to its first reply."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name=name)
    started = time.perf_counter()
    manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels(iopub=False, stdin=False, hb=False, control=False)
    client.kernel_info()
    client.get_shell_msg(timeout=30)
    seconds = time.perf_counter() - started
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


def in_turn(rounds, tasks):
    """Median and range of each task's seconds, the tasks taking turns."""
    seconds = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            seconds[name].append(task())
    return {name: (statistics.median(s), min(s), max(s)) for name, s in seconds.items()}


def step_of_bp(workload, threads):
    """Microseconds of a training step of a workload's `.bp` program, as `bpsh` runs it for a user."""
    command = [str(BPSH), f"--threads={threads}", str(HERE / f"{workload}.bp")]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(out.split()[-1]) * 1e6


def step_of_peer(framework, workload, threads):
    command = [str(PEERS), str(HERE / "peers.py"), "--framework", framework, "--workload", workload,
               "--threads", str(threads), "--seconds", "1", "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    return json.loads(done.stdout)["median_us"] if done.returncode == 0 else None


def show(title, rows, unit, ours):
    print(f"\n{title}\n")
    print(f"| {'':24} | {'median ' + unit:>14} | {'range':>20} | {'peer / bp':>9} |")
    print(f"|{'-' * 26}|{'-' * 16}|{'-' * 22}|{'-' * 11}|")
    for name, (middle, low, high) in rows.items():
        ratio = "" if name == ours else f"{middle / rows[ours][0]:.1f}"
        print(f"| {name:24} | {middle:14.1f} | {f'{low:.1f} - {high:.1f}':>20} | {ratio:>9} |")


def milliseconds(rows):
    return {name: tuple(1e3 * s for s in row) for name, row in rows.items()}


def start_up(rounds):
    show("One line of arithmetic, process start to end",
         milliseconds(in_turn(rounds, {
             "bpsh -e '1+1'": lambda: spawn_seconds([BPSH, "-e", "1+1"]),
             "python3 -c 'print(1+1)'": lambda: spawn_seconds([sys.executable, "-c", "print(1+1)"]),
         })), "ms", "bpsh -e '1+1'")
    kernels = {"bp kernel": lambda: start_of_kernel("bp")}
    if subprocess.run([sys.executable, "-c", "import ipykernel"], capture_output=True).returncode == 0:
        kernels["ipykernel"] = lambda: start_of_kernel("python3")
    show("Kernel, process start to first reply", milliseconds(in_turn(rounds, kernels)), "ms", "bp kernel")


def training(threads, rounds):
    for workload in ("xor", "spirals", "digits"):
        tasks = {"bp": lambda: step_of_bp(workload, threads)}
        for framework in ("torch", "jax", "sklearn", "micrograd"):
            if PEERS.exists() and (framework != "micrograd" or workload == "xor"):
                task = functools.partial(step_of_peer, framework, workload, threads)
                if task() is not None:
                    tasks[framework] = task
        show(f"{workload}: one training step, {threads} thread(s)", in_turn(rounds, tasks), "us", "bp")
    if not PEERS.exists():
        print("\nNo peers here: `make bench-peers` installs them.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("JUPYTER_PATH", str(ROOT / ".venv" / "share" / "jupyter"))
    start_up(options.rounds)
    training(options.threads, 3)
