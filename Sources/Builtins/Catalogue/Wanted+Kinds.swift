import Checking
import Learning

// What the engines' builtins want: the words of their errors, and what serves.
extension Wanted {
  static let tensor = Wanted(
    "a tensor or a list of numbers", ["tensor", "list", "tuple", "range", "int", "float", "bool"], example: "[1.0, 2.0]",
    isRectangular: true)
  /// The same, or images.
  var orTensor: Wanted {
    var wanted = self
    wanted.noun += ", or images"
    wanted.types?.insert("tensor")
    return wanted
  }

  static let tensorOrSizes = Wanted(
    "a tensor, or whole numbers as sizes,", ["tensor", "int", "list", "tuple", "range"], example: "reshape(x, 2, -1)")
  static let parted = Wanted(
    "a tensor or a list of numbers", tensor.types, example: "split(x, 3); of a dataset data.split(0.8)", isRectangular: true)
  static let tensors = Wanted("a list of tensors", ["list", "tuple", "tensor", "range"], example: "[a, b]")
  static let shape = Wanted("a shape", ["int", "list", "tuple", "range", "tensor"], example: "[2, 3]")
  static let number0To1 = share(excludesUpper: false)
  static let positive = number("a number above 0", Bounds(0...Double.infinity, excludesLower: true))
  static let notNegative = number("a number of at least 0", Bounds(0...Double.infinity))

  static let network = Wanted("a network", ["network"], example: "network(dense(8, relu), dense(1))")
  static let layer = Wanted("a layer or a network", ["layer", "network", "tensor"], example: "net.dense1")
  static let layers = Wanted(
    "layers and functions", ["layer", "network", "function", "type"], names: activationNames, example: "network(*layers)")
  static let sizes = Wanted("whole numbers as sizes", ["int", "list", "tuple", "tensor", "range"], example: "zeros(2, 3)")
  static let dataset = Wanted("a dataset or a pair (x, y)", ["dataset", "tuple"], example: "load_iris()")
  static let run = Wanted("a run", ["run"], example: "run, where run = train(…)")
  static let figure = Wanted("a figure", ["figure"], example: "plot(y)")
  static let saved = Wanted(
    "a tensor, a figure or what has a picture",
    ["figure", "explanation", "worked_example", "network", "run", "tensor", "list", "tuple", "range", "int", "float", "bool"],
    example: "plot(y)")
  static let classes = Wanted("a class for each point", ["list", "tuple", "range", "tensor"], example: "data.y")
  static let optimizerObject = Wanted("an optimizer", ["optimizer"], example: "adam(0.01)")

  /// What `backward` starts from.
  static let loss = Wanted("a loss", tensor.types, example: "backward(mse(net(x), y))")
  /// A number with the way it was computed.
  static let recordedLoss = Wanted("a recorded loss", ["tensor"], example: "mse(net(x), y)")
  static let differentiated = Wanted(
    "a loss or a function", tensor.types?.union(function.types ?? []), example: "mse(net(x), y)")

  static let checked = Wanted("a function or a network", function.types, example: "lambda x: (x ** 2).sum()")
  static let variables = Wanted(
    "a tensor, a list of tensors or a network", ["tensor", "list", "tuple", "network"], example: "net")
  static let counts = Wanted(
    "a whole number or a list of them", ["int", "list", "tuple", "range", "tensor"], example: "2")
  static let paddings = Wanted(
    "a width, a pair of widths or a list of pairs", ["int", "list", "tuple", "tensor"], example: "(1, 1)")
  static let formula = Wanted("a formula", ["str"], example: "\"ij,jk->ik\"")
  static let point = Wanted("a tensor or a tuple of tensors", tensor.types, example: "[1.0, 2.0]")
  static let axes = Wanted("an axis or a list of them", ["int", "list", "tuple", "range", "tensor"], example: "0")

  static let lossFunction = Wanted(
    "a loss", function.types, names: LossKind.all.map(\.name), example: "cross_entropy")
  static let optimizer = Wanted(
    "an optimizer", ["optimizer", "function"], names: OptimizerKind.all.map(\.name), takesResults: true,
    example: "adam(0.01)")
  static let metric = Wanted("a metric", function.types, names: Metric.all.map(\.name), example: "accuracy")
  static let metrics = Wanted(
    "a list of metrics", function.types?.union(["list", "tuple"]), names: Metric.all.map(\.name), example: "[accuracy]",
    items: [metric])
  static let activation = Wanted(
    "a function such as relu", function.types, names: activationNames, example: "relu")
  // What does nothing has no name of its own: it is left out.
  private static let activationNames = Activation.all.map(\.name).filter { $0 != Activation.linear.name }
  static let initialiser = Wanted(
    "an initialiser such as he", ["initialiser", "function"], names: InitialiserKind.all.map(\.name), takesResults: true,
    example: "he")
  static let schedule = Wanted("a function of the step", function.types, example: "lambda step: 0.99 ** step")

  static let weights = Wanted(
    "a network or a list of parameters", ["network", "list", "tuple", "dict", "tensor"], example: "[w, b]")
  static let gradients = Wanted(
    "a list or dictionary of gradients", ["list", "tuple", "dict", "tensor"], example: "grad(loss, net)")
  static let rates = Wanted("a dictionary such as {\"dense1\": 0.1}", ["dict"], example: "{\"dense1\": 0.1}")
  static let validation = Wanted(
    "a share between 0 and 1, or a dataset,", ["float", "int", "dataset", "tuple"],
    bounds: Bounds(0...1, excludesLower: true, excludesUpper: true), example: "0.2")
  static let shares = Wanted(
    "a share between 0 and 1, or a list of them,", ["float", "int", "list", "tuple", "tensor"],
    bounds: Bounds(0...1, excludesLower: true, excludesUpper: true), example: "split(0.8), split([0.7, 0.1, 0.2])",
    items: [number0To1])

  static let seed = whole
  static let dtype = text(oneOf: ["float32", "float64", "int64", "bool"])
  static let limits = Wanted("a pair of numbers, the smaller first,", ["tuple", "list", "tensor"], example: "(-1, 1)")

  static let pixels = number("a number of pixels from 60 to 4000", Bounds(60...4000))

  /// A number from 0 to 1.
  static func share(excludesUpper: Bool) -> Wanted {
    number("a number from 0 to \(excludesUpper ? "below " : "")1", Bounds(0...1, excludesUpper: excludesUpper))
  }

  private static func number(_ noun: String, _ bounds: Bounds) -> Wanted { Wanted(noun, number.types, bounds: bounds) }

  /// What a hyper-parameter holds.
  init(_ kind: Hyperparameter.Kind) {
    switch kind {
    case .integer(let least): self = .whole(atLeast: least)
    case .number(let range, let isOpen):
      self.init(kind.description, Wanted.number.types, bounds: Bounds(range, excludesUpper: isOpen))
    case .flag: self = .flag
    case .choice(let known): self = .text(oneOf: known)
    case .extent(1, let least): self = .whole(atLeast: least)
    case .extent(_, let least):
      self.init(
        kind.description, ["int", "tuple", "list", "tensor"], bounds: Bounds(Double(least)...Double.infinity), example: "3")
    case .padding:
      self.init(
        kind.description, ["int", "tuple", "list", "tensor", "str"], bounds: Bounds(0...Double.infinity),
        choices: ["same", "valid"], example: "\"same\"")
    case .shape: self = .sizes
    case .activation: self = .activation
    case .initialiser: self = .initialiser
    }
  }
}
