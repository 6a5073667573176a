"""Shows that bp does the very job of peers.py: the losses of steps 1, 2, 10 and 50 agree before any speed counts."""

import programs
import targets

STEPS = (1, 2, 10, 50)


def expected(workload, on_record):
    """The losses to be met: those of torch on this machine where it is installed, or those on record."""
    name = workload.split()[0]
    known = targets.LOSSES[name]
    if on_record or "torch" not in programs.installed():
        return known, targets.GRADIENTS
    said = programs.Finished(programs.of_peer("torch", workload, 1, "--check")).json()["losses"]
    return [said[str(step)] for step in STEPS][:len(known)], said.get("grads")


def found(workload, *options):
    """What bp says: losses in the order of STEPS, and gradients where there are any."""
    said = programs.Finished(programs.of_bp(workload, "check", options=options)).json()
    return [said[str(step)] for step in STEPS], said.get("grads", [])


def worst(ours, theirs):
    """The largest relative difference of as many as there are of theirs."""
    return max(abs(a - b) / abs(b) for a, b in zip(ours, theirs))


def check(workload, on_record=False):
    """What the row says, and whether the losses agree."""
    try:
        losses, gradients = expected(workload, on_record)
        ours, our_gradients = found(workload)
        exact = targets.EXACT_LOSSES.get(workload)
        ours_exactly = found(workload, "--precision=float64")[0] if exact else []
    except programs.Failure as failure:
        return f"fails: {failure}", False
    theirs = losses + gradients if our_gradients else losses
    differs = worst(ours[:len(losses)] + our_gradients, theirs)
    words = [f"steps {steps(losses)}: worst {differs:.1e}"]
    is_same = differs <= targets.TOLERANCE
    if exact:
        differs = worst(ours_exactly, exact)
        words.append(f"in float64 steps {steps(exact)}: worst {differs:.1e}")
        is_same = is_same and differs <= targets.EXACT_TOLERANCE
    return ("agree at " if is_same else "**differ** at ") + "; ".join(words), is_same


def steps(losses):
    return ", ".join(str(step) for step in STEPS[:len(losses)])
