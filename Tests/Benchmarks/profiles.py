"""Says where a step's time goes, for workloads that fall short of a target."""

import programs
from table import duration, table

# Kinds that take less of a step are counted together.
LEAST_SHARE = 0.03


def of_workload(workload):
    """A row for each kind of instruction: its share, its time, and what it computes."""
    kinds = programs.Finished(programs.of_bp(workload, "profile")).json()
    total = sum(seconds for seconds, _ in kinds.values())
    large = {kind: found for kind, found in kinds.items() if found[0] >= LEAST_SHARE * total}
    rest = [sum(found[i] for kind, found in kinds.items() if kind not in large) for i in (0, 1)]
    rows = []
    for kind, (seconds, multiply_adds) in sorted(large.items(), key=lambda item: -item[1][0]) + [("all else", rest)]:
        rate = f"{2e-9 * multiply_adds / seconds:.0f} GFLOP/s" if kind == "product" else ""
        rows.append([workload, kind, f"{100 * seconds / total:.0f} %", duration(1e6 * seconds), rate])
    return rows


def text(workloads):
    rows = []
    for workload in workloads:
        try:
            rows += of_workload(workload)
        except programs.Failure as failure:
            rows.append([workload, f"fails: {failure}", "", "", ""])
    heads = ["workload", "instructions", "share of a step", "time", "rate"]
    return "## Where the time of a step goes, of workloads that fall short (one thread)\n\n" + table(heads, rows)
