/// What the examples of the functions of one tensor print; that they do is tested.
enum ShownResults {
  /// The example of a function of entries.
  static func entries(_ name: String) -> String {
    let entries =
      switch name {
      case "log", "log1p", "log2", "log10", "sqrt": "[1, 4]"
      case "isnan", "isfinite": "[1, nan, inf]"
      default: "[-1, 0.5, 2]"
      }
    return "print(\(name)(tensor(\(entries))))\n# \(results[name, default: ""])"
  }

  /// The example of a function of two rows, called with settings behind the tensor.
  static func rows(_ name: String, _ settings: String = "") -> String {
    let lines = results[name, default: ""].split(separator: "\n").map { "\n# " + $0 }.joined()
    return "x = tensor([[1, 2], [3, 4]])\nprint(\(name)(x\(settings)))" + lines
  }

  private static let results: [String: String] = [
    "exp": "[0.3679, 1.6487, 7.3891]",
    "expm1": "[-0.6321,  0.6487,  6.3891]",
    "log": "[0.0000, 1.3863]",
    "log1p": "[0.6931, 1.6094]",
    "log2": "[0.0000, 2.0000]",
    "log10": "[0.0000, 0.6021]",
    "sqrt": "[1.0000, 2.0000]",
    "square": "[1.0000, 0.2500, 4.0000]",
    "sign": "[-1.0000,  1.0000,  1.0000]",
    "sin": "[-0.8415,  0.4794,  0.9093]",
    "cos": "[ 0.5403,  0.8776, -0.4161]",
    "tan": "[-1.5574,  0.5463, -2.1850]",
    "sinh": "[-1.1752,  0.5211,  3.6269]",
    "cosh": "[1.5431, 1.1276, 3.7622]",
    "tanh": "[-0.7616,  0.4621,  0.9640]",
    "sigmoid": "[0.2689, 0.6225, 0.8808]",
    "relu": "[0.0000, 0.5000, 2.0000]",
    "leaky_relu": "[-0.0100,  0.5000,  2.0000]",
    "elu": "[-0.6321,  0.5000,  2.0000]",
    "selu": "[-1.1113,  0.5254,  2.1014]",
    "gelu": "[-0.1587,  0.3457,  1.9545]",
    "gelu_tanh": "[-0.1588,  0.3457,  1.9546]",
    "silu": "[-0.2689,  0.3112,  1.7616]",
    "softplus": "[0.3133, 0.9741, 2.1269]",
    "softsign": "[-0.5000,  0.3333,  0.6667]",
    "mish": "[-0.3034,  0.3752,  1.9440]",
    "hard_sigmoid": "[0.3333, 0.5833, 0.8333]",
    "erf": "[-0.8427,  0.5205,  0.9953]",
    "floor": "[-1.0000,  0.0000,  2.0000]",
    "ceil": "[-1.0000,  1.0000,  2.0000]",
    "isnan": "[False,  True, False]",
    "isfinite": "[ True, False, False]",
    "sum": "[4.0000, 6.0000]",
    "mean": "[2.0000, 3.0000]",
    "prod": "[3.0000, 8.0000]",
    "norm": "[3.1623, 4.4721]",
    "logsumexp": "[3.1269, 4.1269]",
    "median": "[2.0000, 3.0000]",
    "var": "[1.0000, 1.0000]",
    "std": "[1.0000, 1.0000]",
    "min": "[1.0000, 2.0000]",
    "max": "[3.0000, 4.0000]",
    "any": "[True, True]",
    "all": "[True, True]",
    "argmax": "[1, 1]",
    "argmin": "[0, 0]",
    "softmax": "[[0.2689, 0.7311],\n [0.2689, 0.7311]]",
    "log_softmax": "[[-1.3133, -0.3133],\n [-1.3133, -0.3133]]",
    "cumsum": "[[1.0000, 3.0000],\n [3.0000, 7.0000]]",
    "cumprod": "[[ 1.0000,  2.0000],\n [ 3.0000, 12.0000]]",
  ]
}
