"""Times how soon an interrupt is obeyed, in a loop and inside every kind of builtin at work on 256 MiB.

    make bench-interrupts                    # everything: about four minutes
    make bench-interrupts CASES="sort sum"   # cases whose text has one of these words

The library calls that may take longer (LAPACK, of at most a second each) are listed with their own limit. The exit status is 0
where every limit is kept.
"""

import argparse
import random
import signal
import statistics
import subprocess
import sys
import time

import programs
from table import table, verdict

# Milliseconds from the signal to the program's next statement.
LOOP, BUILTIN, LIBRARY = 50, 100, 1000

LOOPS = ["while True: pass", "while True: t = (t * 1.5 + 2) % 7", "while True: tiny = tanh(tiny + 1)",
         "while True: s = str(t) + 'a'", "while True: r = sum([i for i in range(1000)])"]

# x: 67 million entries in 4096 lines; flat: the same in one; ids: as many whole numbers; mask: as many bools;
# image: 64 pictures of 64 channels; words: two million.
ELEMENTWISE = """exp expm1 log log1p log2 log10 sqrt square abs sign sin cos tan sinh cosh tanh sigmoid relu leaky_relu elu selu gelu
gelu_tanh silu softplus softsign mish hard_sigmoid round floor ceil isnan isfinite erf""".split()
BUILTINS = (
    [f"{name}(x)" for name in ELEMENTWISE]
    + ["x + 1", "x * x", "x / x", "x ** 3", "x ** 1.7", "x // 0.3", "x % 0.3", "atan2(x, x)", "x > 0.5", "~mask", "mask & mask",
       "maximum(x, 0.5)", "clip(x, 0.1, 0.9)", "where(mask, x, 0)", "isclose(x, x)", "allclose(x, x)", "x.to('float64')",
       "x.to('int64')", "x + x[0]", "x + x[:, :1]"]
    + [f"{name}(x{axis})" for name in ["sum", "mean", "var", "std", "max", "min", "argmax", "argmin", "prod", "norm", "any", "all",
                                       "logsumexp"] for axis in ["", ", axis=0", ", axis=1"]]
    + [f"{name}(x, axis={axis})" for name in ["softmax", "log_softmax", "cumsum", "cumprod", "diff", "sort", "argsort", "flip",
                                              "median"] for axis in [0, 1]]
    + ["median(x)", "quantile(x, 0.3)", "sort(flat)", "argsort(flat)", "cumsum(flat)", "softmax(flat, axis=0)", "topk(x, 3)",
       "topk(flat, 3)", "unique(flat)", "unique(ids)", "bincount(ids.flatten())", "nonzero(mask)", "histogram(x)"]
    + ["x.T + 0", "reshape(x.T, [-1])", "concat([x, x])", "stack([x, x])", "split(x, 4)", "repeat(x, 2)", "tile(x, 2)", "pad(x, 3)",
       "roll(x, 7)", "expand(x[:, :1], [4096, 16384]) + 0", "diag(x[:, :4096])", "tril(x)", "triu(x)", "x[mask]", "flat[ids]",
       "x[::-1, ::2] + 0", "x[lines]", "gather(x, ids, axis=1)", "assign(x)", "assign_at(x, mask)", "assign_at(x, lines)"]
    + ["x @ x.T", "dot(flat, flat)", "outer(flat[:8192], flat[:8192])", "einsum('ij,kj->ik', x, x)", "trace(x)", "cov(x.T)"]
    + ["zeros([8192, 8192])", "eye(8192)", "arange(60000000)", "linspace(0, 1, 60000000)", "meshgrid(flat[:8000], flat[:8000])",
       "rand([8192, 8192])", "randn([8192, 8192])", "randint(0, 9, [8192, 8192])", "permutation(30000000)",
       "one_hot(ids[0], 16384)", "full([8192, 8192], 2)"]
    + ["conv2d(image, kernel)", "max_pool2d(image, 2)", "avg_pool2d(image, 2)", "mse(x, x)", "cross_entropy(x, ids[:, 0])",
       "predict(dropping, x)", "grad(cube)(x)", "backward(cube(weights))"]
    + ["x.tolist()", "str(x)", "print_to_nowhere(x)", "x[:512].numpy_bytes()", "save(x, '/dev/shm/bp-interrupts.npy')", "tensor(nested)", "sorted(words)",
       "list(range(20000000))", "words + words", "[0] * 60000000", "sum(numbers)", "max(numbers)", "sorted(numbers)",
       "' '.join(words)", "text.split(' ')", "text.replace('ab', 'c')", "text.upper()", "words == others",
       "reversed(numbers)", "list(zip(numbers, numbers))", "list(map(square_of, numbers))", "list(enumerate(numbers))",
       "len(text * 50)", "'ab' in text", "text.count('zz')", "-1 in numbers", "dict(zip(words, words))"])
LIBRARY_CALLS = [f"{name}(matrix)" for name in ["det", "inv", "qr", "svd", "eigh", "pinv", "cholesky"]] \
    + ["solve(matrix, matrix)", "lstsq(matrix, matrix)"]

SETUP = """
def assign(x):
    x[1:, :] = 2
def assign_at(x, places):
    x[places] = 2
def print_to_nowhere(x):
    return f"{x}"
def cube(w):
    return (w ** 3).sum()
def square_of(v):
    return v * v
t = 0.5
tiny = tensor([0.1, 0.2])
"""
VALUES = {
    "x": "rand([4096, 16384])", "flat": "rand([4096 * 16384])", "ids": "randint(0, 16384, [4096, 16384])",
    "mask": "rand([4096, 16384]) > 0.5", "lines": "permutation(4096)", "image": "randn([64, 64, 112, 112])",
    "kernel": "randn([64, 64, 3, 3])", "weights": "parameter(rand([4096, 16384]))",
    "dropping": "network(input(16384), dropout(0.5))", "numbers": "[i * 7919 % 1000003 for i in range(3000000)]",
    "words": "[str(i * 7919 % 1000003) for i in range(2000000)]", "others": "[str(i * 7919 % 1000003) for i in range(2000000)]",
    "text": "'ab cd ' * 10000000", "nested": "[[i * 0.5 for i in range(1000)] for j in range(2000)]",
    "matrix": "randn([1500, 1500]) @ randn([1500, 1500]) / 1500 + eye(1500) * 9",
}


def program(case, tries):
    """A program that runs `case` for ever, and says when it begins and when it has been stopped."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in case).split()
    wanted = {v for v in VALUES if v in words}
    lines = SETUP + "".join(f"{name} = {VALUES[name]}\n" for name in VALUES if name in wanted)
    body = case if case.startswith("while") else f"while True: r = {case}"
    return lines + f"""
for attempt in range({tries}):
    try:
        print("begins")
        {body}
    except KeyboardInterrupt:
        print("caught")
"""


def delays(case, tries, threads):
    """Milliseconds from each signal to the word that it was obeyed."""
    process = subprocess.Popen([programs.BPSH, "--quiet", f"--threads={threads}", "-e", program(case, tries)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = []
    try:
        for _ in range(tries):
            if process.stdout.readline() != "begins\n":
                break
            time.sleep(random.uniform(0.02, 0.4))
            process.send_signal(signal.SIGINT)
            sent = time.perf_counter()
            if process.stdout.readline() != "caught\n":
                break
            found.append((time.perf_counter() - sent) * 1000)
    finally:
        process.kill()
        _, errors = process.communicate()
    if len(found) < tries:
        raise programs.Failure(" ".join(errors.split())[:100] or "no word")
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", default="", help="words of which a case has one")
    arguments.add_argument("--tries", type=int, default=3)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--all", action="store_true", help="list the cases that keep their limit too")
    chosen = arguments.parse_args()
    cases = [(c, LOOP) for c in LOOPS] + [(c, BUILTIN) for c in BUILTINS] + [(c, LIBRARY) for c in LIBRARY_CALLS]
    wanted = chosen.cases.split()
    rows, late, most = [], 0, {LOOP: 0, BUILTIN: 0, LIBRARY: 0}
    cases = [c for c in cases if not wanted or any(word in c[0] for word in wanted)]
    for case, limit in cases:
        try:
            found = delays(case, chosen.tries, chosen.threads)
        except programs.Failure as failure:
            rows.append([f"`{case}`", f"fails: {failure}", "", "", ""])
            late += 1
            continue
        is_met = max(found) <= limit
        late += not is_met
        most[limit] = max(most[limit], max(found))
        if chosen.all or not is_met:
            rows.append([f"`{case}`", f"{statistics.median(found):.0f} ms", f"{max(found):.0f} ms", f"{limit} ms", verdict(is_met)])
            print(*rows[-1], file=sys.stderr, flush=True)
    if rows:
        print(table(["interrupted in", "median", "longest", "limit", ""], rows))
    kinds = {LOOP: "loops", BUILTIN: "builtins", LIBRARY: "library calls"}
    print("\nLongest: " + ", ".join(f"{most[k]:.0f} ms in {kinds[k]} (limit {k})" for k in kinds) + ".")
    print(f"{len(cases) - late} of {len(cases)} cases keep their limit.")
    sys.exit(late > 0 or not cases)


if __name__ == "__main__":
    main()
