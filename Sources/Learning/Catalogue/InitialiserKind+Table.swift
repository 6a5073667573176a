import Tensors

extension InitialiserKind {
  /// Every initialiser.
  public static let all: [InitialiserKind] = [
    zeros, ones, constant, normal, uniform, xavier, xavierNormal, he, heUniform, lecun, orthogonal,
  ]

  public static func named(_ name: String) -> InitialiserKind? { all.first { $0.name == name } }

  public static let zeros = InitialiserKind("zeros_init", formula: "0") { _, shape, _, dtype, _ throws(TensorError) in
    try Tensor.zeros(shape, dtype: dtype)
  }

  public static let ones = InitialiserKind("ones_init", formula: "1") { _, shape, _, dtype, _ throws(TensorError) in
    try Tensor.ones(shape, dtype: dtype)
  }

  public static let constant = InitialiserKind(
    "constant", [Hyperparameter("c", .anyNumber, "the value of all weights")], formula: "c"
  ) { settings, shape, _, dtype, _ throws(TensorError) in
    try Tensor.full(shape, settings.number("c"), dtype: dtype)
  }

  public static let normal = InitialiserKind(
    "normal", [Hyperparameter("std", .notNegative, "the standard deviation")], formula: "N(0, std²)"
  ) { settings, shape, _, dtype, stream throws(TensorError) in
    try stream.normal(shape, std: settings.number("std"), dtype: dtype)
  }

  public static let uniform = InitialiserKind(
    "uniform", [Hyperparameter("limit", .notNegative, "the largest size")], formula: "U(−limit, limit)"
  ) { settings, shape, _, dtype, stream throws(TensorError) in
    try stream.even(shape, upTo: settings.number("limit"), dtype: dtype)
  }

  public static let xavier = InitialiserKind(
    "xavier", formula: "U(−a, a), a = √(6 / (fan_in + fan_out))", source: "Glorot & Bengio 2010"
  ) { _, shape, fans, dtype, stream throws(TensorError) in
    try stream.even(shape, upTo: (6 / Double(max(1, fans.incoming + fans.outgoing))).squareRoot(), dtype: dtype)
  }

  public static let xavierNormal = InitialiserKind(
    "xavier_normal", formula: "N(0, 2 / (fan_in + fan_out))", source: "Glorot & Bengio 2010"
  ) { _, shape, fans, dtype, stream throws(TensorError) in
    try stream.normal(shape, std: (2 / Double(max(1, fans.incoming + fans.outgoing))).squareRoot(), dtype: dtype)
  }

  public static let he = InitialiserKind(
    "he", formula: "N(0, 2 / fan_in)", source: "He and others 2015"
  ) { _, shape, fans, dtype, stream throws(TensorError) in
    try stream.normal(shape, std: (2 / Double(max(1, fans.incoming))).squareRoot(), dtype: dtype)
  }

  public static let heUniform = InitialiserKind(
    "he_uniform", formula: "U(−a, a), a = √(6 / fan_in)", source: "He and others 2015"
  ) { _, shape, fans, dtype, stream throws(TensorError) in
    try stream.even(shape, upTo: (6 / Double(max(1, fans.incoming))).squareRoot(), dtype: dtype)
  }

  public static let lecun = InitialiserKind(
    "lecun", formula: "N(0, 1 / fan_in)", source: "LeCun and others 1998"
  ) { _, shape, fans, dtype, stream throws(TensorError) in
    try stream.normal(shape, std: (1 / Double(max(1, fans.incoming))).squareRoot(), dtype: dtype)
  }

  public static let orthogonal = InitialiserKind(
    "orthogonal", formula: "a random matrix with orthogonal rows or columns of length 1",
    source: "Saxe, McClelland & Ganguli 2014"
  ) { _, shape, _, dtype, stream throws(TensorError) in try stream.orthogonal(shape, dtype: dtype) }
}

extension Initialiser {
  public static let zeros = Initialiser(.zeros)
  public static let ones = Initialiser(.ones)
  public static let xavier = Initialiser(.xavier)
  public static let xavierNormal = Initialiser(.xavierNormal)
  public static let he = Initialiser(.he)
  public static let heUniform = Initialiser(.heUniform)
  public static let lecun = Initialiser(.lecun)
  public static let orthogonal = Initialiser(.orthogonal)

  public static func constant(_ value: Double) throws(LearningError) -> Initialiser {
    try Initialiser(.constant, ["c": .number(value)])
  }

  public static func normal(_ deviation: Double) throws(LearningError) -> Initialiser {
    try Initialiser(.normal, ["std": .number(deviation)])
  }

  public static func uniform(_ limit: Double) throws(LearningError) -> Initialiser {
    try Initialiser(.uniform, ["limit": .number(limit)])
  }
}
