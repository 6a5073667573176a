"""Runs the workloads: ours as `.bp` programs by `bpsh`, as a user would, and the peers' by peers.py."""

import functools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import targets

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BPSH = ROOT / ".build" / "release" / "bpsh"
PEERS = ROOT / ".bench" / "venv" / "bin" / "python"
DATA = HERE / "workloads" / "data"


class Failure(Exception):
    """A program that crashed, or said something else than was asked."""


class Finished:
    """What a program printed, how long it ran and the most memory it held."""

    def __init__(self, command, cores=None, limit=600):
        started = time.perf_counter()
        pin = functools.partial(os.sched_setaffinity, 0, cores) if cores else None
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=pin)
        try:
            self.output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failure(f"still runs after {limit} s") from None
        self.seconds = time.perf_counter() - started
        if process.returncode != 0:
            lines = [line for line in errors.splitlines() if line.strip()] or ["no word"]
            # An error of bp's begins with its kind; the traceback of a peer ends with it.
            said = next((line for line in lines if "Error: " in line), lines[-1])
            raise Failure(f"status {process.returncode}: {said.strip()[:100]}")

    def json(self):
        try:
            return json.loads(self.output.splitlines()[-1])
        except (IndexError, ValueError):
            raise Failure(f"printed {self.output[-80:]!r}") from None


def peak_mib(command):
    """The most memory that a command's process holds, in MiB."""
    # The maximum of all children so far is the system's only answer, so a fresh parent asks.
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)")
    out = subprocess.run([sys.executable, "-c", code] + [str(word) for word in command], capture_output=True, text=True).stdout
    kilobytes, status = (int(word) for word in out.split())
    if status != 0:
        raise Failure(f"status {status}")
    return kilobytes / 1024


def cores(threads):
    """One thread keeps to one core, as peers.py has it, so that neither side is moved about."""
    return {max(os.sched_getaffinity(0))} if threads == 1 else None


def of_bp(workload, *words, threads=1, options=()):
    """The command of a workload; `gradscalar recorded` is its program with that word."""
    name, *more = workload.split()
    return [BPSH, "--quiet", f"--threads={threads}", *options, HERE / "workloads" / f"{name}.bp", *words, *more]


def step_of_bp(workload, threads, seconds, is_pinned=True):
    """Microseconds a step: 10th percentile, median, 90th."""
    found = Finished(of_bp(workload, "time", seconds, threads=threads), cores(threads) if is_pinned else None).json()
    return tuple(found[key] * 1e6 for key in ("p10", "median", "p90"))


def of_peer(framework, workload, threads, *words):
    return [PEERS, HERE / "peers.py", "--framework", framework, "--workload", workload.split()[0], "--threads", threads,
            "--core", max(os.sched_getaffinity(0)), *words]


def measure_peer(framework, workload, threads, seconds):
    """What peers.py reports: times a step in microseconds, seconds to the first step, peak memory."""
    return Finished(of_peer(framework, workload, threads, "--seconds", seconds, "--json")).json()


def peers_of(workload):
    """The peers that are installed and can do a workload."""
    return [name for name in installed() if workload.split()[0] in targets.PEERS[name]]


@functools.cache
def installed():
    modules = {"torch": "torch", "torch-fused": "torch", "torch-compile": "torch", "jax": "jax", "sklearn": "sklearn",
               "micrograd": "micrograd"}
    def is_there(module):
        return PEERS.exists() and subprocess.run([PEERS, "-c", f"import {module}"], capture_output=True).returncode == 0
    there = {module: is_there(module) for module in set(modules.values())}
    return [name for name, module in modules.items() if there[module]]


def make_data(workloads):
    """Writes what the programs read, where it is missing or older than what makes it."""
    newest = max((HERE / name).stat().st_mtime for name in ("make_data.py", "peers.py"))
    names = {w.split()[0] for w in workloads}
    stale = [w for w in sorted(names) if not (DATA / f"{w}.npz").exists() or (DATA / f"{w}.npz").stat().st_mtime < newest]
    if stale:
        subprocess.run([PEERS, HERE / "make_data.py", *stale], check=True)
