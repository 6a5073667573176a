"""Times starts: a line of arithmetic, the kernel, and each workload to the end of its first step; and the memory it takes."""

import os
import statistics
import subprocess
import sys
import time

import programs
import targets
from table import duration, table, verdict


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
    """Each task's seconds, the tasks taking turns."""
    seconds = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            seconds[name].append(task())
    return seconds


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def of_programs(rounds):
    """A line of arithmetic, and a kernel's first reply, beside Python's."""
    os.environ.setdefault("JUPYTER_PATH", str(programs.ROOT / ".venv" / "share" / "jupyter"))
    tasks = {"`bpsh -e '1+1'`": lambda: spawn_seconds([programs.BPSH, "-e", "1+1"]),
             "`python3 -c 'print(1+1)'`": lambda: spawn_seconds([sys.executable, "-c", "print(1+1)"])}
    if has("jupyter_client"):
        tasks["bp kernel, first reply"] = lambda: start_of_kernel("bp")
        if has("ipykernel"):
            tasks["ipykernel, first reply"] = lambda: start_of_kernel("python3")
    rows = [[name, duration(statistics.median(s) * 1e6), duration(min(s) * 1e6), duration(max(s) * 1e6)]
            for name, s in in_turn(rounds, tasks).items()]
    return "## Start\n\n" + table(["process", "median", "least", "most"], rows)


def of_workloads(workloads, measured, rounds):
    """Start to first step, and peak memory beyond data and parameters, beside what the peers reported."""
    rows, all_met = [], True
    for workload in workloads:
        peers = next(row for (name, _), row in measured.items() if name == workload)
        quickest = min(peers.first_step.values(), default=None)
        least = min(peers.peak.values(), default=None)
        beside = [duration(quickest * 1e6) if quickest else "", f"{least:.0f} MiB" if least else ""]
        try:
            command = programs.of_bp(workload, "steps", 1)
            seconds = statistics.median(programs.Finished(command).seconds for _ in range(rounds))
            data = (programs.DATA / f"{workload.split()[0]}.npz").stat().st_size / 2**20
            beyond = programs.peak_mib(programs.of_bp(workload, "time", 0.5)) - data
        except programs.Failure as failure:
            rows.append([workload, "fails", beside[0], str(failure), "", beside[1], ""])
            all_met = False
            continue
        is_quick = seconds <= targets.FIRST_STEP_SECONDS
        is_lean = beyond <= targets.PEAK_MIB if workload.split()[0] in targets.SMALL else True
        all_met = all_met and is_quick and is_lean
        rows.append([workload, duration(seconds * 1e6), beside[0], verdict(is_quick), f"{beyond:.0f} MiB", beside[1],
                     verdict(is_lean) if workload.split()[0] in targets.SMALL else ""])
    heads = ["workload", "first step", "quickest peer's", f"target {targets.FIRST_STEP_SECONDS * 1e3:.0f} ms", "memory",
             "leanest peer's", f"target {targets.PEAK_MIB} MiB"]
    note = ("bp: process start to end with one step; memory beyond the size of data and parameters. Peers: what peers.py "
            "reports, its whole memory.")
    return f"## First step and memory\n\n{note}\n\n" + table(heads, rows), all_met
