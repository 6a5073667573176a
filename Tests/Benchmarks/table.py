"""Tables as Markdown, which reads well on a terminal too."""


def table(heads, rows):
    """The first column is of words, the others stand to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [heads] + rows) for i in range(len(heads))]
    def line(cells):
        return "| " + " | ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths))) + " |"
    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(heads), rule] + [line(row) for row in rows])


def duration(microseconds):
    """Three digits with a unit."""
    for limit, scale, unit in ((1e3, 1, "µs"), (1e6, 1e3, "ms"), (float("inf"), 1e6, "s")):
        if microseconds < limit:
            return f"{microseconds / scale:.3g} {unit}"


def spread(times):
    """A median with its 10th and 90th percentile."""
    low, middle, high = times
    return f"{duration(middle)} ({duration(low)} to {duration(high)})"


def verdict(is_met):
    return {True: "met", False: "**short**", None: "not measured"}[is_met]
