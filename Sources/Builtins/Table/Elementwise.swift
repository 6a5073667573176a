import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  /// The functions of one tensor's entries, in the table's order.
  static let elementwise: [Builtin] = [
    map("exp", "eᶻ", "e to the power of each entry.") { v throws(TensorError) in try v.exp() },
    map("expm1", "eᶻ − 1", "e to the power of each entry, less 1; exact near 0.") { v throws(TensorError) in try v.expm1() },
    map("log", "ln z", "The natural logarithm of each entry.") { v throws(TensorError) in try v.log() },
    map("log1p", "ln(1 + z)", "The natural logarithm of 1 plus each entry; exact near 0.") { v throws(TensorError) in
      try v.log1p()
    },
    map("log2", "log₂ z", "The logarithm to base 2.") { v throws(TensorError) in try v.log2() },
    map("log10", "log₁₀ z", "The logarithm to base 10.") { v throws(TensorError) in try v.log10() },
    map("sqrt", "√z", "The square root of each entry.") { v throws(TensorError) in try v.sqrt() },
    map("square", "z²", "The square of each entry.") { v throws(TensorError) in try v.square() },
    map("sign", "sign z", "-1, 0 or 1 with the sign of each entry.") { v throws(TensorError) in try v.sign() },
    map("sin", "sin z", "The sine, of an angle in radians.") { v throws(TensorError) in try v.sin() },
    map("cos", "cos z", "The cosine, of an angle in radians.") { v throws(TensorError) in try v.cos() },
    map("tan", "tan z", "The tangent, of an angle in radians.") { v throws(TensorError) in try v.tan() },
    map("sinh", "sinh z", "The hyperbolic sine.") { v throws(TensorError) in try v.sinh() },
    map("cosh", "cosh z", "The hyperbolic cosine.") { v throws(TensorError) in try v.cosh() },
    map("tanh", "(eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ)", "The hyperbolic tangent: from -1 to 1, with slope 1 at 0.") { v throws(TensorError) in
      try v.tanh()
    },
    map("sigmoid", "1/(1 + e⁻ᶻ)", "The logistic function: from 0 to 1, with slope 1/4 at 0.") { v throws(TensorError) in
      try v.sigmoid()
    },
    map("relu", "max(0, z)", "Each entry, or 0 where it is negative.") { v throws(TensorError) in try v.relu() },
    map("selu", "λ z if z > 0, else λα (eᶻ − 1), λ = 1.0507, α = 1.6733", "The scaled exponential linear unit.") {
      v throws(TensorError) in try v.selu()
    },
    map("gelu", "z Φ(z)", "Each entry times the normal distribution's probability below it.") { v throws(TensorError) in
      try v.gelu()
    },
    map("gelu_tanh", "z (1 + tanh(√(2/π)(z + 0.044715 z³)))/2", "gelu, by its tanh approximation.") { v throws(TensorError) in
      try v.geluTanh()
    },
    map("silu", "z σ(z)", "Each entry times its logistic function; also called swish.") { v throws(TensorError) in try v.silu() },
    map("softplus", "ln(1 + eᶻ)", "A smooth relu.") { v throws(TensorError) in try v.softplus() },
    map("softsign", "z/(1 + |z|)", "Like tanh, with slower ends.") { v throws(TensorError) in try v.softsign() },
    map("mish", "z tanh(ln(1 + eᶻ))", "A smooth relu that dips below 0.") { v throws(TensorError) in try v.mish() },
    map("hard_sigmoid", "min(max(z/6 + 1/2, 0), 1)", "The logistic function in three straight pieces.") { v throws(TensorError) in
      try v.hardSigmoid()
    },
    map("erf", "2/√π ∫₀ᶻ e^(−t²) dt", "The error function.") { v throws(TensorError) in try v.erf() },
    map("floor", "⌊z⌋", "The largest whole number that is not above each entry.") { v throws(TensorError) in try v.floor() },
    map("ceil", "⌈z⌉", "The smallest whole number that is not below each entry.") { v throws(TensorError) in try v.ceil() },
    map("isnan", nil, "Whether each entry is not a number.") { v throws(TensorError) in try v.isnan() },
    map("isfinite", nil, "Whether each entry is neither infinite nor not a number.") { v throws(TensorError) in try v.isfinite()
    },
    sloped("leaky_relu", "slope", "0.01", "z if z > 0, else s z, s = slope", "relu that lets a little of the negative through.") {
      v, slope throws(TensorError) in try v.leakyRelu(slope)
    },
    sloped("elu", "alpha", "1.0", "z if z > 0, else s (eᶻ − 1), s = alpha", "The exponential linear unit.") {
      v, alpha throws(TensorError) in try v.elu(alpha)
    },
    pair("atan2", "y", "x", "The angle in radians of the point (x, y), from -π to π.", shown: "[0.4636, 1.1071]") {
      a, b throws(TensorError) in
      try a.atan2(b)
    },
    pair("maximum", "a", "b", "The larger of the two, entry by entry.", shown: "[2.0000, 2.0000]") { a, b throws(TensorError) in
      try a.maximum(b)
    },
    pair("minimum", "a", "b", "The smaller of the two, entry by entry.", shown: "[1.0000, 1.0000]") { a, b throws(TensorError) in
      try a.minimum(b)
    },
    Builtin(
      "clip", [.required("x", .tensor), .optional("low", "None", .number), .optional("high", "None", .number)], .elementwise,
      "Each entry, or the bound that it lies beyond; None is no bound.",
      example: "print(clip([-2, 0.5, 3], 0, 1))\n# [0.0000, 0.5000, 1.0000]", isTensorMethod: true,
      shape: ShapeRules.function { x, _ throws(TensorError) in x[0] }
    ) { call, workspace throws(RuntimeError) in
      let (low, high) = (try call.float(1, default: -.infinity), try call.float(2, default: .infinity))
      let hasFractions = [call[1], call[2]].contains { if case .float = $0 { true } else { false } }
      var x = try call.variable(0, in: workspace)
      if hasFractions, !x.dtype.isFloat { x = try engine { [x] in try x.cast(to: .defaultFloat) } }
      try workspace.mark(call.machine)
      return try engine { [x] in workspace.value(try x.clip(low, high)) }
    },
    ofTensor(
      "where", "condition", [.required("a", .tensor), .required("b", .tensor)], .elementwise,
      "Entries of a where the condition holds, of b elsewhere.",
      example: "x = tensor([-1, 2])\nprint(where(x > 0, x, 0))\n# [0.0000, 2.0000]",
      shape: ShapeRules.function(of: [0, 1, 2]) { x, _ throws(TensorError) in try x[0].cast(to: .bool).select(x[1], else: x[2]) }
    ) { condition, call, workspace in
      try condition.cast(to: .bool).select(call.variable(1, in: workspace), else: call.variable(2, in: workspace))
    },
    ofTensor(
      "isclose", "a", closeness, .elementwise, "Whether |a - b| is at most atol + rtol · |b|, entry by entry.",
      example: "print(isclose([1.0, 2.0], [1.0, 2.1]))\n# [ True, False]",
      shape: ShapeRules.function(of: [0, 1]) { x, _ throws(TensorError) in try x[0].isclose(x[1]) }
    ) { a, call, workspace in try call.isclose(a, in: workspace) },
    giving(
      "allclose", "a", closeness, .elementwise, "Whether |a - b| is at most atol + rtol · |b| for all entries.",
      example: "print(allclose([1.0, 2.0], [1.0, 2.0000001]))\n# True"
    ) { a, call, workspace in .bool(try call.isclose(a, in: workspace).all().value.item() != 0) },
  ]

  private static let closeness: [Checking.Parameter] = [
    .required("b", .tensor), .named("rtol", "1e-05", .number), .named("atol", "1e-08", .number),
    .named("equal_nan", "False", .flag),
  ]

  typealias Map = @Sendable (Variable) throws(TensorError) -> Variable

  private static func map(
    _ name: String, _ formula: String?, _ help: String, _ body: @escaping Map
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor)], .elementwise, help,
      example: ShownResults.entries(name), formula: formula, isTensorMethod: true,
      shape: ShapeRules.function { x, _ throws(TensorError) in try body(x[0]) }
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(x)) }
    }
  }

  private static func sloped(
    _ name: String, _ setting: String, _ fallback: String, _ formula: String, _ help: String,
    _ body: @escaping @Sendable (Variable, Double) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional(setting, fallback, .number)], .elementwise, help,
      example: ShownResults.entries(name), formula: formula, isTensorMethod: true,
      shape: ShapeRules.function { x, _ throws(TensorError) in try body(x[0], 1) }
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      let setting = try call.float(1, default: Double(fallback) ?? 0)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, setting)) }
    }
  }

  private static func pair(
    _ name: String, _ a: String, _ b: String, _ help: String, shown: String,
    _ body: @escaping @Sendable (Variable, Variable) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required(a, .tensor), .required(b, .tensor)], .elementwise, help,
      example: "print(\(name)([1, 2], [2, 1]))\n# \(shown)", isTensorMethod: true,
      shape: ShapeRules.function(of: [0, 1]) { x, _ throws(TensorError) in try body(x[0], x[1]) }
    ) { call, workspace throws(RuntimeError) in
      let (a, b) = (try call.variable(0, in: workspace), try call.variable(1, in: workspace))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(a, b)) }
    }
  }
}

extension Call {
  fileprivate func isclose(_ a: Variable, in workspace: Workspace) throws -> Variable {
    try a.isclose(
      variable(1, in: workspace), rtol: float(2, default: 1e-5), atol: float(3, default: 1e-8),
      nanIsEqual: truth(4, default: false))
  }
}
