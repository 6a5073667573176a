"""What is interrupted: loops, every kind of builtin at work on 256 MiB or on a million values, and calls of LAPACK."""

LOOPS = ["while True: pass", "while True: t = (t * 1.5 + 2) % 7", "while True: tiny = tanh(tiny + 1)",
         "while True: s = str(t) + 'a'", "while True: r = sum([i for i in range(1000)])"]

# x: 67 million entries in 4096 lines; flat: the same in one; ids: as many whole numbers; mask: as many bools;
# image: 64 pictures of 64 channels; words and numbers: a million.
ELEMENTWISE = """
    exp expm1 log log1p log2 log10 sqrt square abs sign sin cos tan sinh cosh tanh sigmoid relu leaky_relu elu
    selu gelu gelu_tanh silu softplus softsign mish hard_sigmoid round floor ceil isnan isfinite erf
""".split()
BUILTINS = (
    [f"{name}(x)" for name in ELEMENTWISE]
    + ["x + 1", "x * x", "x / x", "x ** 3", "x ** 1.7", "x // 0.3", "x % 0.3", "atan2(x, x)", "x > 0.5", "~mask", "mask & mask",
       "maximum(x, 0.5)", "clip(x, 0.1, 0.9)", "where(mask, x, 0)", "isclose(x, x)", "allclose(x, x)", "x.to('float64')",
       "x.to('int64')", "x + x[0]", "x + x[:, :1]"]
    + [f"{name}(x{axis})" for name in ["sum", "mean", "var", "std", "max", "min", "argmax", "argmin", "prod", "norm", "any",
       "all",
                                       "logsumexp"] for axis in ["", ", axis=0", ", axis=1"]]
    + [f"{name}(x, axis={axis})" for name in ["softmax", "log_softmax", "cumsum", "cumprod", "diff", "sort", "argsort", "flip",
                                              "median"] for axis in [0, 1]]
    + ["median(x)", "quantile(x, 0.3)", "sort(flat)", "argsort(flat)", "cumsum(flat)", "softmax(flat, axis=0)", "topk(x, 3)",
       "topk(flat, 3)", "unique(flat)", "unique(ids)", "bincount(ids.flatten())", "nonzero(mask)", "histogram(x)"]
    + ["x.T + 0", "reshape(x.T, [-1])", "concat([x, x])", "stack([x, x])", "split(x, 4)", "repeat(x, 2)", "tile(x, 2)",
       "pad(x, 3)",
       "roll(x, 7)", "expand(x[:, :1], [4096, 16384]) + 0", "diag(x[:, :4096])", "tril(x)", "triu(x)", "x[mask]", "flat[ids]",
       "x[::-1, ::2] + 0", "x[lines]", "gather(x, ids, axis=1)", "assign(x)", "assign_at(x, mask)", "assign_at(x, lines)"]
    + ["x @ x.T", "dot(flat, flat)", "outer(flat[:8192], flat[:8192])", "einsum('ij,kj->ik', x, x)", "trace(x)", "cov(x.T)"]
    + ["zeros([8192, 8192])", "eye(8192)", "arange(60000000)", "linspace(0, 1, 60000000)", "meshgrid(flat[:8000], flat[:8000])",
       "rand([8192, 8192])", "randn([8192, 8192])", "randint(0, 9, [8192, 8192])", "permutation(30000000)",
       "one_hot(ids[0], 16384)", "full([8192, 8192], 2)"]
    + ["conv2d(image, kernel)", "max_pool2d(image, 2)", "avg_pool2d(image, 2)", "mse(x, x)", "cross_entropy(x, ids[:, 0])",
       "predict(dropping, x)", "grad(cube)(x)", "backward(cube(weights))"]
    + ["x.tolist()", "str(x)", "print_to_nowhere(x)", "x[:512].numpy_bytes()", "save(x, '/dev/shm/bp-interrupts.npy')",
       "tensor(nested)", "sorted(words)",
       "list(range(20000000))", "words + words", "[0] * 60000000", "sum(numbers)", "max(numbers)", "sorted(numbers)",
       "' '.join(words)", "text.split(' ')", "text.replace('ab', 'c')", "text.upper()", "words == others",
       "reversed(numbers)", "list(zip(numbers, numbers))", "list(map(square_of, numbers))", "list(enumerate(numbers))",
       "len(text * 50)", "'ab' in text", "text.count('zz')", "-1 in numbers", "dict(zip(words, words))"]
    + ["numbers[::2]", "numbers[:]", "numbers[::-1]", "numbers + numbers", "numbers * 7", "[0, 1] * 10000000",
       "list(numbers)", "tuple(numbers)",
       "numbers.copy()", "numbers.count(-1)", "add_to([], numbers)", "add_to([], range(20000000))",
       "sorted(numbers, reverse=True)",
       "sorted(words, key=len)", "first_and_rest(words)", "without_every_second(numbers)", "str(numbers)", "f'{numbers}'",
       "str(words)", "list(filter(None, numbers))",
       "table.keys()", "table.values()", "table.items()", "table.copy()", "dict(table)", "update({}, table)",
       "table | table", "table == dict(table)", "list(table)", "str(table)",
       "text.split()", "text.rsplit(' ')", "text.rsplit(None, 3)", "text.splitlines()", "text.lower()", "text.title()",
       "text.casefold()", "text.swapcase()", "text.capitalize()",
       "text.strip()", "text.strip('abcd ')", "text.find('zz')", "text.rfind('zz')", "text.replace('', 'x')",
       "text.partition('zz')",
       "text.isascii()", "letters.isalpha()", "letters.isalnum()", "text.islower()", "text.istitle()", "letters.isidentifier()",
       "text.center(120000000)", "text.zfill(120000000)", "text.expandtabs()", "text.format()", "repr(text)", "f'{text!r}'",
       "f'{text}'", "f'{text:>100}'", "text + text", "text[::2]", "text[1:]", "text[::-1]", "list(text)",
       "text.startswith('ab')", "text.removeprefix('ab')", "text.removesuffix('cd ')", "text.count('a')",
       "accents.upper()", "accents.split(' ')", "accents.split()", "accents.title()", "accents.isalpha()", "accents[5]",
       "accents[1:]", "len(accents + 'a')", "repr(accents)", "accents.find('zz')", "accents * 20"])
LIBRARY_CALLS = [f"{name}(matrix)" for name in ["det", "inv", "qr", "svd", "eigh", "pinv", "cholesky"]] \
    + ["solve(matrix, matrix)", "lstsq(matrix, matrix)"]

SETUP = """
def assign(x):
    x[1:, :] = 2
def assign_at(x, places):
    x[places] = 2
def print_to_nowhere(x):
    return f"{x}"
def add_to(list, more):
    list.extend(more)
    return list
def first_and_rest(list):
    first, *rest = list
    return rest
def without_every_second(list):
    list = list[:]
    del list[::2]
    return list
def update(dict, more):
    dict.update(more)
    return dict
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
    "dropping": "network(input(16384), dropout(0.5))", "numbers": "[i * 7919 % 1000003 for i in range(1000000)]",
    "words": "[str(i * 7919 % 1000003) for i in range(1000000)]", "others": "[str(i * 7919 % 1000003) for i in range(1000000)]",
    "text": "'ab cd ' * 10000000", "letters": "'abcdef' * 10000000", "accents": "'\u00e4b cd ' * 8500000",
    "table": "dict(zip(words, range(1000000)))", "nested": "[[i * 0.5 for i in range(1000)] for j in range(2000)]",
    "matrix": "randn([1500, 1500]) @ randn([1500, 1500]) / 1500 + eye(1500) * 9",
}
