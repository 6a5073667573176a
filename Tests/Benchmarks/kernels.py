"""Times kernels beside each other, every line of what a person waits for: start, cells, completion, output, interrupts, the end.

    make bench-kernels                # bp, ipykernel and xeus-python, three turns each: about four minutes
    make bench-kernels QUICK=1        # one turn, fewer repetitions: no figures to quote

The client is one Python process on raw sockets; its clock runs from the moment at which a request is handed to ZeroMQ to the moment at
which the answer is there, and the heartbeat is what both and ZeroMQ cost by themselves. The kernels take turns;
a figure is the median of the turns, with the least and the most. The exit status is 0 where bp meets every target.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import programs
from kernel_client import Kernel, Silence
from table import table, verdict

PYTHON = programs.ROOT / ".bench" / "kernels" / "bin" / "python"

# A call into C that lets Python's other threads run.
NATIVE_PYTHON = "import hashlib; r = hashlib.pbkdf2_hmac('sha256', b'a', b'b', 2 * 10**7)"

NAMES = "\n".join(f"name_{i} = {i}" for i in range(1000)) + "\n"

# How a kernel is started and interrupted, and its words for what is measured.
KERNELS = {
    "bp": {
        "command": [str(programs.BPSH), "kernel", "--connection-file"],
        "by message": True,
        "native": "r = sort(rand(4 * 10**7))",
        "complete": "x = cross_ent",
        "crowd": NAMES + "net = network(\n    input(10),\n" + "    dense(10, relu),\n" * 300 + ")",
    },
    "ipykernel": {
        "command": [str(PYTHON), "-m", "ipykernel_launcher", "-f"],
        "by message": False,
        "native": NATIVE_PYTHON,
        "complete": "import os; os.pa",
        "crowd": NAMES + "class Net: pass\nnet = Net()\nfor i in range(300): setattr(net, f'dense{i}', i)",
    },
    "xeus-python": {
        "command": [str(PYTHON), "-m", "xpython_launcher", "-f"],
        "by message": False,
        "native": NATIVE_PYTHON,
        "complete": "import os; os.pa",
        "crowd": NAMES + "class Net: pass\nnet = Net()\nfor i in range(300): setattr(net, f'dense{i}', i)",
    },
}
# Beyond this an interrupt is said to have no effect, in seconds.
NO_EFFECT = 3


def is_running(pid):
    """Whether a process is there and no zombie that waits for its new parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def p(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


class Turn:
    """One kernel measured once: figures by the name of their line."""

    def __init__(self, name, is_quick):
        self.kernel, self.figures = KERNELS[name], {}
        self.scale = 10 if is_quick else 1
        for measure in (self.starts, self.round_trips, self.crowd, self.output, self.interrupts, self.rest, self.orphan, self.notebook):
            try:
                measure()
            except (Silence, ProcessLookupError) as error:
                print(f"  {name}: {measure.__name__}: {type(error).__name__} {error}", file=sys.stderr)

    def started(self, through_shell=False):
        kernel = Kernel(self.kernel["command"], through_shell)
        kernel.ask("kernel_info_request", {})
        return kernel

    def note(self, line, value):
        self.figures[line] = value

    def starts(self):
        replies, cells, ends = [], [], []
        for _ in range(max(3, 10 // self.scale)):
            with self.started() as kernel:
                replies.append(time.perf_counter() - kernel.started)
                kernel.reply(kernel.execute("1 + 1"))
                cells.append(time.perf_counter() - kernel.started)
                ends.append(self.end(kernel))
        self.note("first reply", statistics.median(replies) * 1e3)
        self.note("first cell", statistics.median(cells) * 1e3)
        self.note("shutdown, fresh", statistics.median(ends) * 1e3)

    @staticmethod
    def end(kernel):
        """Seconds from a request to shut down to the end of the process."""
        began = time.perf_counter()
        kernel.send("shutdown_request", {"restart": False}, "control")
        try:
            kernel.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            return float("inf")
        return time.perf_counter() - began

    def round_trips(self):
        count = 1000 // self.scale
        with self.started() as kernel:
            kernel.run("1 + 1")
            time.sleep(1)
            self.note("memory, idle", kernel.memory())
            before, began, seconds = kernel.processor_seconds(), time.perf_counter(), 10 / self.scale
            time.sleep(seconds)
            self.note("processor, idle", (kernel.processor_seconds() - before) / (time.perf_counter() - began) * 100)
            beats, infos, completions = [], [], []
            for _ in range(count):
                began = time.perf_counter()
                kernel.sockets["hb"].send(b"x")
                kernel.sockets["hb"].recv()
                beats.append(time.perf_counter() - began)
            for times, kind, content, repetitions in (
                (infos, "kernel_info_request", {}, count),
                (completions, "complete_request",
                 {"code": self.kernel["complete"], "cursor_pos": len(self.kernel["complete"])}, count * 3 // 10),
            ):
                for _ in range(repetitions):
                    times.append(kernel.seconds_to_reply(kind, content))
            replies, idles = zip(*(kernel.seconds_to_reply_and_idle("1 + 1") for _ in range(count)))
            for line, times in (("heartbeat", beats), ("kernel_info", infos), ("cell to reply", replies), ("cell to idle", idles),
                                ("complete", completions)):
                self.note(f"{line}, p50", p(times, 0.5) * 1e3)
                self.note(f"{line}, p99", p(times, 0.99) * 1e3)
            self.note("memory after cells", kernel.memory() - self.figures["memory, idle"])
            self.note("shutdown", self.end(kernel) * 1e3)

    def crowd(self):
        """Completion where there is much to choose from: of nothing, and of a network's layers."""
        with self.started() as kernel:
            kernel.run(self.kernel["crowd"])
            times = [kernel.seconds_to_reply("complete_request", {"code": code, "cursor_pos": len(code)})
                     for _ in range(100 // self.scale) for code in ("", "net.")]
            self.note("complete in a crowd, p50", p(times, 0.5) * 1e3)
            self.note("complete in a crowd, p99", p(times, 0.99) * 1e3)

    def output(self):
        with self.started() as kernel:
            kernel.run("1 + 1")
            for lines in (10_000, 100_000):
                before, texts = kernel.memory(), []
                began = time.perf_counter()
                request = kernel.execute(f"for i in range({lines}): print('line', i)")
                kernel.until_idle(request, lambda kind, content: kind == "stream" and texts.append(content["text"]))
                seconds = time.perf_counter() - began
                kernel.reply(request)
                found = sum(text.count("\n") for text in texts)
                self.note(f"{lines} lines, lines a second", found / seconds)
                self.note(f"{lines} lines, messages", len(texts))
                self.note(f"{lines} lines, lost", lines - found)
                self.note(f"{lines} lines, memory", max(0, kernel.memory() - before))

    def interrupts(self):
        for line, code in (("interrupt of a loop", "while True: pass"), ("interrupt in native code", self.kernel["native"])):
            times = []
            for _ in range(max(2, 5 // self.scale)):
                with self.started() as kernel:
                    request = kernel.execute(f"print('begins')\n{code}")
                    try:
                        kernel.until_printed(request, "begins")
                        time.sleep(0.2)
                        began = time.perf_counter()
                        kernel.interrupt(self.kernel["by message"])
                        kernel.reply(request, patience=NO_EFFECT)
                        times.append(time.perf_counter() - began)
                    except Silence:
                        times.append(float("inf"))
                if times[-1] == float("inf"):
                    break
            self.note(line, max(times) * 1e3)

    def rest(self):
        """An interrupt while nothing runs must not end the kernel."""
        with self.started() as kernel:
            kernel.interrupt(False)
            time.sleep(0.2)
            kernel.ask("kernel_info_request", {}) if kernel.process.poll() is None else None
            self.note("lives after SIGINT", float(kernel.process.poll() is None))

    def orphan(self):
        with self.started(through_shell=True) as kernel:
            pid = kernel.child()
            kernel.process.kill()
            kernel.process.wait()
            began = time.perf_counter()
            while is_running(pid) and time.perf_counter() - began < 10:
                time.sleep(0.001)
            self.note("orphan", float("inf") if is_running(pid) else (time.perf_counter() - began) * 1e3)
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)

    def notebook(self):
        import nbformat
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient

        with tempfile.TemporaryDirectory() as folder:
            spec = Path(folder) / "measured"
            spec.mkdir()
            (spec / "kernel.json").write_text(json.dumps(
                {"argv": [*self.kernel["command"], "{connection_file}"], "display_name": "measured", "language": "x"}))
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1 + 1"), nbformat.v4.new_code_cell("print(x)")])
            specs = KernelSpecManager(kernel_dirs=[folder])
            times = []
            for _ in range(max(1, 3 // self.scale)):
                manager = AsyncKernelManager(kernel_name="measured", kernel_spec_manager=specs)
                began = time.perf_counter()
                NotebookClient(notebook, km=manager).execute()
                times.append(time.perf_counter() - began)
            self.note("notebook", statistics.median(times) * 1e3)


def milliseconds(x):
    return "no effect" if x == float("inf") else f"{x:.0f} ms" if x >= 100 else f"{x:.1f} ms" if x >= 10 else f"{x:.2f} ms"


def million(x):
    return f"{x / 1e6:.2f} M/s"


def mib(x):
    return f"{x:.1f} MiB"


# The lines of the table: name of the figure, how it is written, and the target for bp (less is met, but for the floors).
LINES = [
    ("first reply", "start to first reply", milliseconds, 50),
    ("first cell", "start to first cell's reply", milliseconds, 60),
    ("heartbeat, p50", "heartbeat, p50", milliseconds, None),
    ("heartbeat, p99", "heartbeat, p99", milliseconds, None),
    ("kernel_info, p50", "kernel_info to reply, p50", milliseconds, 0.3),
    ("kernel_info, p99", "kernel_info to reply, p99", milliseconds, 1),
    ("cell to reply, p50", "trivial cell to reply, p50", milliseconds, 0.5),
    ("cell to reply, p99", "trivial cell to reply, p99", milliseconds, 2),
    ("cell to idle, p50", "trivial cell to idle, p50", milliseconds, 1),
    ("cell to idle, p99", "trivial cell to idle, p99", milliseconds, 3),
    ("complete, p50", "complete to reply, p50", milliseconds, 2),
    ("complete, p99", "complete to reply, p99", milliseconds, 5),
    ("complete in a crowd, p50", "the same of 1000 names, 300 layers, p50", milliseconds, 2),
    ("complete in a crowd, p99", "the same of 1000 names, 300 layers, p99", milliseconds, 5),
    ("10000 lines, lines a second", "10 000 lines: speed", million, -1e6),
    ("10000 lines, messages", "10 000 lines: messages", "{:.0f}".format, 50),
    ("100000 lines, lines a second", "100 000 lines: speed", million, -1e6),
    ("100000 lines, messages", "100 000 lines: messages", "{:.0f}".format, 50),
    ("100000 lines, lost", "100 000 lines: lost", "{:.0f}".format, 0.5),
    ("100000 lines, memory", "100 000 lines: memory", mib, 32),
    ("memory, idle", "memory, idle", mib, 20),
    ("memory after cells", "memory more after 1000 cells", mib, 1),
    ("processor, idle", "processor when idle", "{:.2f} %".format, 0.005),
    ("interrupt of a loop", "interrupt of a loop, longest", milliseconds, 50),
    ("interrupt in native code", "interrupt in native code, longest", milliseconds, 100),
    ("lives after SIGINT", "lives after SIGINT when idle", lambda x: "yes" if x else "**no**", -1),
    ("shutdown", "shutdown to process end", milliseconds, 50),
    ("shutdown, fresh", "the same of a fresh kernel", milliseconds, 50),
    ("orphan", "orphan to process end", milliseconds, 1000),
    ("notebook", "nbclient, 2 cells, end to end", milliseconds, 300),
]


def target_text(write, target):
    if target is None:
        return "–"
    if write is milliseconds or write is mib:
        return f"< {target:g} " + ("ms" if write is milliseconds else "MiB")
    if write is million:
        return f"> {-target / 1e6:g} M/s"
    return {0.5: "0", 0.005: "0.00 %", -1: "yes"}.get(target, f"< {target:g}")


def is_met(value, target):
    return value >= -target if target < 0 else value < target


def of_kernel(name, turns, key, write):
    values = [turn[key] for turn in turns[name] if key in turn]
    if not values:
        return None, "not measured"
    middle = statistics.median(values)
    text = write(middle)
    if min(values) != max(values):
        text += f" ({write(min(values))} to {write(max(values))})"
    return middle, text


def text(rounds, is_quick, say=lambda words: None):
    """The table, and whether bp meets every target."""
    names = [name for name in KERNELS if name == "bp" or PYTHON.exists()]
    turns = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            say(f"kernels: turn {number + 1} of {name}")
            turns[name].append(Turn(name, is_quick).figures)
    rows, all_met = [], True
    for key, label, write, target in LINES:
        cells = [of_kernel(name, turns, key, write) for name in names]
        bp = cells[0][0]
        met = None if target is None else bp is not None and is_met(bp, target)
        all_met = all_met and met is not False
        rows.append([label, *(c[1] for c in cells), target_text(write, target), "" if met is None else verdict(met)])
    note = "" if len(names) > 1 else "\n\nNo other kernels here: `make bench-kernels` installs them."
    return "## Kernels\n\n" + table(["", *names, "target", ""], rows) + note, all_met


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--quick", action="store_true")
    chosen = arguments.parse_args()
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    found, met = text(1 if chosen.quick else chosen.rounds, chosen.quick, lambda words: print(f"… {words}", file=sys.stderr, flush=True))
    print(f"{os.cpu_count()} cores, load {load}\n\n{found}")
    sys.exit(not met)


if __name__ == "__main__":
    main()
