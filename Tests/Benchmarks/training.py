"""Times training steps of bp and its peers in turn, so that a busy moment hits all of them."""

import statistics
import time

import programs
import targets
from table import spread, table, verdict


class Row:
    """One workload with one number of threads."""

    def __init__(self, workload, threads):
        self.workload, self.threads = workload, threads
        self.times = {"bp": []}
        self.failures = {}
        self.first_step, self.peak = {}, {}
        for peer in programs.peers_of(workload):
            self.times[peer] = []

    def measure(self, seconds):
        """One turn."""
        for name in self.times:
            if name in self.failures:
                continue
            try:
                if name == "bp":
                    self.times[name].append(programs.step_of_bp(self.workload, self.threads, seconds))
                    continue
                found = programs.measure_peer(name, self.workload, self.threads, seconds)
                self.times[name].append(tuple(found[key] for key in ("p10_us", "median_us", "p90_us")))
                self.first_step[name] = found["start_to_first_step_s"]
                self.peak[name] = found["peak_rss_mib"]
            except programs.Failure as failure:
                self.failures[name] = str(failure)

    def time(self, name):
        """Percentiles of the turns' percentiles, in the middle; None where nothing was measured."""
        turns = self.times.get(name)
        return tuple(statistics.median(column) for column in zip(*turns)) if turns else None

    def median(self, name):
        time = self.time(name)
        return time[1] if time else None

    @property
    def fastest(self):
        """The peer with the shortest step."""
        peers = [name for name in self.times if name != "bp" and self.times[name]]
        return min(peers, key=self.median, default=None)

    @property
    def targets(self):
        return targets.TWO_THREADS if self.threads > 1 else targets.RATIOS[self.workload]

    def ratio(self, against):
        """How often bp's time a step the peer's is, turn beside turn."""
        peer = self.fastest if against == "fastest" else against
        if not self.times.get("bp") or not self.times.get(peer):
            return None
        return statistics.median(theirs[1] / ours[1] for ours, theirs in zip(self.times["bp"], self.times[peer]))

    def verdicts(self, one_thread=None):
        """The ratios with their targets: name, ratio, what is asked, whether it is met."""
        rows = []
        for against, least in self.targets:
            ratio = self.ratio(against)
            name = f"{self.fastest} (fastest)" if against == "fastest" and self.fastest else against
            rows.append((name, ratio, least, None if ratio is None else ratio >= least))
        if one_thread is not None:
            ours, alone = self.median("bp"), one_thread.median("bp")
            ratio = alone / ours if ours and alone else None
            rows.append(("bp, 1 thread", ratio, 1, None if ratio is None else ratio * targets.WAVERING >= 1))
        return rows


def measure(workloads, thread_counts, rounds, seconds, minutes, say, keep):
    """The rows, by workload and threads; `keep` gets them whenever there is one more.

    Each row has its share of the minutes, to which comes what the rows before have left: it gets one turn, and more of them, up to
    `rounds`, as long as they fit.
    """
    rows, began = {}, time.monotonic()
    keys = [(workload, threads) for workload in workloads for threads in thread_counts]
    for i, (workload, threads) in enumerate(keys):
        row = rows[workload, threads] = Row(workload, threads)
        end, taken = began + 60 * minutes * (i + 1) / len(keys), 0
        for turn in range(rounds):
            started = time.monotonic()
            if turn > 0 and started + taken > end:
                break
            say(f"{workload}, {threads} thread(s), turn {turn + 1} of at most {rounds}")
            row.measure(seconds)
            taken = time.monotonic() - started
        keep(rows)
    return rows


def short(rows):
    """The workloads that miss a target with one thread."""
    found = [workload for (workload, threads), row in rows.items()
             if threads == 1 and any(is_met is False for *_, is_met in row.verdicts())]
    return [workload for workload in found if not workload.startswith("gradscalar")]


def text(rows):
    """The tables of times and of ratios, and whether every target is met."""
    names = list(dict.fromkeys(name for row in rows.values() for name in row.times))
    times, ratios, all_met = [], [], True
    for (workload, threads), row in rows.items():
        shown = [spread(row.time(n)) if row.time(n) else "fails" if n in row.failures else "" for n in names]
        times.append([workload, threads, len(row.times["bp"])] + shown)
        for against, ratio, least, is_met in row.verdicts(rows.get((workload, 1)) if threads > 1 else None):
            found = "" if ratio is None else f"{ratio:.2f}×"
            ratios.append([workload, threads, against, found, f"{least}×", verdict(is_met)])
            all_met = all_met and is_met is True
    failures = [f"- {w}, {t} thread(s), {n}: {why}" for (w, t), row in rows.items() for n, why in row.failures.items()]
    parts = ["## Ratios to the peers: peer / bp", table(["workload", "threads", "against", "ratio", "target", ""], ratios),
             "## Time a step: median (10th to 90th percentile)", table(["workload", "threads", "turns"] + names, times)]
    if failures:
        parts += ["## What failed", "\n".join(failures)]
    return "\n\n".join(parts), all_met
