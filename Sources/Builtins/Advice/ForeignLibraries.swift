import Checking

/// Libraries of Python by the names that they go by in programs, with what stands here for their own names.
enum ForeignLibraries {
  static let table: [String: Advice.Library] = {
    var table: [String: Advice.Library] = [:]
    for (names, library) in [
      (["np", "numpy", "jnp"], numpy), (["torch"], torch), (["nn"], layers), (["F"], functional),
      (["optim"], optimisers), (["tf", "keras"], keras), (["plt", "matplotlib"], matplotlib), (["pd", "pandas"], pandas),
      (["math"], math), (["random"], random), (["sns", "seaborn"], matplotlib), (["sklearn"], scikit),
    ] {
      for name in names { table[name] = library }
    }
    return table
  }()

  /// The help where a module of Python is imported.
  static let modules: [String: String] = {
    let nets = "layers, losses and optimisers are built in: network(dense(16, relu), dense(3)); delete this line"
    let arrays = "tensors and their functions are built in: tensor([1, 2]), zeros(2, 3), exp(x); delete this line"
    let pictures = "figures are built in: plot(y), scatter(x, y), show(fig); delete this line"
    let tables = "tables are built in: read_csv(\"file.csv\", target=\"kind\"), load_iris(); delete this line"
    let numbers = "its functions are built in: exp(x), sqrt(x), pi; delete this line"
    let chance = "chance is built in: rand(3), randn(3), randint(0, 10, 5), seed(0); delete this line"
    var modules: [String: String] = [:]
    for (names, help) in [
      (["torch", "torchvision", "keras", "tensorflow", "flax", "jax", "lightning", "pytorch_lightning", "transformers"], nets),
      (["numpy", "scipy"], arrays), (["matplotlib", "seaborn", "plotly", "pylab"], pictures),
      (["pandas", "sklearn", "csv", "datasets"], tables), (["math", "cmath", "statistics"], numbers), (["random"], chance),
      (["time", "datetime", "timeit"], "time() gives seconds; %time in a notebook measures a line; delete this line"),
      (
        ["os", "sys", "pathlib", "glob", "io", "json", "pickle"],
        "files are built in: read_text(path), write_text(path, text), list_files(); args holds a script's words"
      ),
      (["tqdm"], "progress(items) shows how far a loop has come; delete this line"),
      (
        ["typing", "dataclasses", "abc", "collections", "itertools", "functools", "copy", "re", "warnings", "logging", "string"],
        "help() lists what is built in; delete this line"
      ),
    ] {
      for name in names { modules[name] = help }
    }
    return modules
  }()

  /// Names that other languages have and that nothing binds here.
  static let names: [String: String] = [
    "set": "unique(x) gives the values of a tensor once; a dictionary's keys are each once too",
    "frozenset": "unique(x) gives the values of a tensor once; a dictionary's keys are each once too",
    "true": "write True", "false": "write False", "null": "write None", "nil": "write None", "undefined": "write None",
    "NULL": "write None", "TRUE": "write True", "FALSE": "write False",
    "self": "there are no classes; a function takes what it needs as arguments",
    "this": "there are no classes; a function takes what it needs as arguments",
    "Sequential": "write network(…)", "Linear": "write dense(units)", "ReLU": "write relu", "Module": "write network(…)",
    "array": "write tensor([1, 2])", "train_test_split": "write train_set, test = data.split(0.8, seed=0)",
    "StandardScaler": "write standardize(train_set, test)", "println": "write print(…)", "printf": "write print(…)",
    "echo": "write print(…)", "length": "write len(x)", "hex": "format(x, \"#x\") writes a number so",
    "bin": "format(x, \"#b\") writes a number so",
    "oct": "format(x, \"#o\") writes a number so", "next": "for goes over values one by one; x[0] is the first of a list",
    "iter": "for goes over values one by one; x[0] is the first of a list", "ndarray": "write tensor([1, 2])",
    "raw_input": "write input(…)", "xrange": "write range(…)",
    "load_mnist": "load_digits() has small images of digits; read_csv reads a table of your own",
    "load_csv": "write read_csv(\"file.csv\", target=\"kind\")",
    "open": "write read_text(path), or write_text(path, text)",
  ]

  private static let numpy = Advice.Library(
    "NumPy",
    [
      "array": "tensor", "asarray": "tensor", "ndarray": "tensor", "random.rand": "rand", "random.randn": "randn",
      "random.normal": "randn", "random.uniform": "rand", "random.randint": "randint", "random.seed": "seed",
      "random.shuffle": "permutation", "random.choice": "choice", "random": "rand", "dot": "a @ b", "matmul": "a @ b",
      "concatenate": "concat", "vstack": "concat", "hstack": "concat", "float32": "\"float32\"", "float64": "\"float64\"",
      "int64": "\"int64\"", "newaxis": "None", "amax": "max", "amin": "min", "power": "x ** 2", "loadtxt": "read_csv",
      "linalg.norm": "norm", "identity": "eye", "square": "square", "unique": "unique", "inf": "inf", "pi": "pi",
      "empty": "zeros",
    ], help: "its functions are builtins: tensor([1, 2]), zeros(2, 3), exp(x)")
  private static let torch = Advice.Library(
    "PyTorch",
    layers.counterparts.merging(numpy.counterparts) { own, _ in own }.merging(optimisers.counterparts) { own, _ in own }
      .merging([
        "tensor": "tensor", "Tensor": "tensor", "manual_seed": "seed", "cat": "concat", "no_grad": "no_grad",
        "from_numpy": "tensor",
        "save": "save", "mm": "a @ b", "FloatTensor": "tensor", "device": "leave it out", "arange": "arange",
      ]) { own, _ in own }, help: "its functions are builtins: tensor([1, 2]), network(dense(8, relu), dense(1)), adam(0.01)")
  private static let layers = Advice.Library(
    "PyTorch",
    [
      "Linear": "dense(units)", "Sequential": "network", "Module": "network", "ReLU": "relu", "Sigmoid": "sigmoid",
      "Tanh": "tanh",
      "Softmax": "softmax", "GELU": "gelu", "Dropout": "dropout(p)", "Flatten": "flatten", "CrossEntropyLoss": "cross_entropy",
      "MSELoss": "mse", "BCEWithLogitsLoss": "binary_cross_entropy", "BCELoss": "binary_cross_entropy", "Parameter": "parameter",
      "functional.relu": "relu", "functional.cross_entropy": "cross_entropy", "functional.mse_loss": "mse",
      "init.xavier_uniform_": "init=xavier", "init.kaiming_normal_": "init=he",
    ], help: "layers are builtins: network(dense(8, relu), dense(1))")
  private static let functional = Advice.Library(
    "PyTorch",
    ["mse_loss": "mse", "binary_cross_entropy_with_logits": "binary_cross_entropy", "one_hot": "one_hot"],
    help: "its functions are builtins: relu(x), cross_entropy(prediction, target)")
  private static let optimisers = Advice.Library(
    "PyTorch",
    ["Adam": "adam", "AdamW": "adamw", "SGD": "sgd", "optim.Adam": "adam", "optim.SGD": "sgd", "optim.AdamW": "adamw"],
    help: "optimisers are builtins: adam(0.01), sgd(0.1)")
  private static let keras = Advice.Library(
    "Keras",
    [
      "Sequential": "network", "Dense": "dense(units, activation)", "Dropout": "dropout(p)", "Input": "input(n)",
      "Model": "network",
      "constant": "tensor", "Variable": "parameter", "Adam": "adam", "SGD": "sgd", "GradientTape": "grad(loss, net)",
      "reduce_mean": "mean",
      "Flatten": "flatten",
    ], help: "layers are builtins: network(dense(8, relu), dense(1)), and train(net, data, …) trains")
  private static let matplotlib = Advice.Library(
    "Matplotlib",
    [
      "plot": "plot(x, y)", "scatter": "scatter(x, y)", "show": "show(fig), where fig = plot(y)", "hist": "histogram(x)",
      "imshow": "show_images(x)", "savefig": "save(fig, \"loss.svg\")", "title": "plot(y, title=\"…\")",
      "xlabel": "plot(y, xlabel=\"…\")",
      "ylabel": "plot(y, ylabel=\"…\")", "figure": "plot(y, width=600, height=400)", "subplots": "subplots(a, b)",
      "legend": "plot(a=y1, b=y2) names its lines", "bar": "bar(names, values)",
    ], help: "figures are builtins: plot(y), scatter(x, y), show(fig)")
  private static let pandas = Advice.Library(
    "pandas", ["read_csv": "read_csv", "DataFrame": "dataset(x, y)"],
    help: "read_csv(\"file.csv\", target=\"kind\") gives a dataset")
  private static let math = Advice.Library(
    "module math", ["pow": "x ** 2", "fabs": "abs", "log": "log", "inf": "inf"],
    help: "its functions are builtins: exp(x), sqrt(x), pi")
  private static let random = Advice.Library(
    "module random",
    [
      "random": "rand(1)", "uniform": "rand", "gauss": "randn", "randint": "randint", "choice": "choice",
      "shuffle": "permutation", "seed": "seed",
    ],
    help: "chance is built in: rand(3), randn(3), seed(0)")
  private static let scikit = Advice.Library(
    "scikit-learn", ["model_selection.train_test_split": "data.split(0.8, seed=0)"],
    help: "tables and networks are built in: load_iris(), train(net, data, …)")
}
