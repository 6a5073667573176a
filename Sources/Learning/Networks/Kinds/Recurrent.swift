import Gradients
import Tensors

// Layers that go through a series step by step.
extension LayerKind {
  /// A mixture of the input and what was remembered, squeezed.
  ///
  /// J. L. Elman, "Finding structure in time", 1990.
  public static let rnn = recurrent("rnn", "h ← tanh(x Wᵢ + bᵢ + h Wₕ + bₕ)", gates: 1) { step throws(TensorError) in
    [try (step.input + step.remembered(step.state[0])).tanh()]
  }

  /// Long short-term memory: gates in the order i f g o.
  ///
  /// S. Hochreiter and J. Schmidhuber, "Long short-term memory", 1997; F. Gers and others added the gate f, 2000.
  public static let lstm = recurrent(
    "lstm", "i, f, g, o = x Wᵢ + bᵢ + h Wₕ + bₕ; c ← σ(f) c + σ(i) tanh g; h ← σ(o) tanh c", gates: 4, states: 2
  ) { step throws(TensorError) in
    let gates = try (step.input + step.remembered(step.state[0])).split(4, axis: 1)
    let cell = try gates[1].sigmoid() * step.state[1] + gates[0].sigmoid() * gates[2].tanh()
    return [try gates[3].sigmoid() * cell.tanh(), cell]
  }

  /// Gated recurrent units: gates in the order r z n; the reset gate works behind the product, as PyTorch's.
  ///
  /// K. Cho and others, "Learning phrase representations using RNN encoder–decoder", 2014.
  public static let gru = recurrent(
    "gru", "r, z = σ(x Wᵢ + bᵢ + h Wₕ + bₕ); n = tanh(x Wᵢ + bᵢ + r (h Wₕ + bₕ)); h ← (1 − z) n + z h", gates: 3,
    sumsBiases: false
  ) { step throws(TensorError) in
    let hidden = step.state[0]
    let (input, memory) = (try step.input.split(3, axis: 1), try step.remembered(hidden).split(3, axis: 1))
    let reset = try (input[0] + memory[0]).sigmoid()
    let update = try (input[1] + memory[1]).sigmoid()
    let new = try (input[2] + reset * memory[2]).tanh()
    return [try new + update * (hidden - new)]
  }

  /// One point in time.
  private struct Step {
    /// What the input gives the gates: `[batch, gates · units]`, with the biases as far as these are summed.
    let input: Variable
    /// What is remembered, `[batch, units]` each; the first is what comes out.
    let state: [Variable]
    let weight: Variable
    let bias: Variable?

    /// What the memory gives the gates.
    func remembered(_ hidden: Variable) throws(TensorError) -> Variable {
      let product = try hidden.matmul(weight)
      guard let bias else { return product }
      return try product + bias
    }
  }

  /// Shapes: `x` is `[batch, time, inputs]`; `input_weight` is `[inputs, gates · units]`, `hidden_weight`
  /// `[units, gates · units]`, both biases `[gates · units]`; the result is `[batch, units]`, with `return_sequences`
  /// `[batch, time, units]`. With `bidirectional` there are as many weights again, which go through the series from
  /// its end, and their results follow the others: `2 · units` numbers.
  ///
  /// - Parameters:
  ///   - states: how many rows of units are remembered.
  ///   - sumsBiases: whether both biases may be added at once.
  private static func recurrent(
    _ name: String, _ formula: String, gates: Int, states: Int = 1, sumsBiases: Bool = true,
    step: @escaping @Sendable (Step) throws(TensorError) -> [Variable]
  ) -> LayerKind {
    LayerKind(
      name,
      [
        Hyperparameter("units", .integer(atLeast: 1), "how many numbers are remembered and come out"),
        Hyperparameter(
          "return_sequences", .flag, default: .flag(false), "whether every point in time comes out, in place of the last one"),
        Hyperparameter(
          "bidirectional", .flag, default: .flag(false), "whether a second layer goes through the series from its end"),
        Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, uniform(1/√units)"),
        Hyperparameter("bias", .flag, default: .flag(true), "whether shifts are added"),
      ],
      formula: formula,
      shape: { site throws(LearningError) in
        try site.requireSeries()
        let units = site.settings.integer("units") * site.directions.count
        return try operations { () throws(TensorError) in
          try Shape(site.settings.flag("return_sequences") ? [site.input[0], units] : [units])
        }
      },
      parameters: { site throws(LearningError) in
        let units = site.settings.integer("units")
        let width = gates * units
        let start = try site.start { () throws(LearningError) in try .uniform(1 / Double(units).squareRoot()) }
        var rules: [ParameterRule] = []
        for prefix in site.directions {
          rules.append(try ParameterRule(prefix + "input_weight", [site.input[1], width], start: start))
          rules.append(try ParameterRule(prefix + "hidden_weight", [units, width], start: start))
          guard site.settings.flag("bias") else { continue }
          rules.append(try ParameterRule(prefix + "input_bias", [width], start: .zeros))
          rules.append(try ParameterRule(prefix + "hidden_bias", [width], start: .zeros))
        }
        return rules
      },
      multiplyAdds: { site, _ in
        let units = Double(site.settings.integer("units"))
        let inputs = Double(site.input[1]) + units
        return Double(site.directions.count * gates) * Double(site.input[0]) * inputs * units
      },
      forward: { call throws(LearningError) in
        try operations { () throws(TensorError) in
          let directions = call.site.directions.count
          let own = call.parameters.count / directions
          // Time first: then one point in time is a block of neighbours.
          let series = try call.x.transpose([1, 0, 2])
          var results: [Variable] = []
          for direction in 0..<directions {
            let weights = Array(call.parameters[direction * own..<(direction + 1) * own])
            results.append(
              try run(
                series, weights, states: states, sumsBiases: sumsBiases, isReversed: direction == 1,
                isWhole: call.settings.flag("return_sequences"), step: step))
          }
          return directions == 1 ? results[0] : try .concat(results, axis: results[0].shape.rank - 1)
        }
      })
  }

  /// Goes through a series `[time, batch, inputs]` in one direction.
  private static func run(
    _ series: Variable, _ weights: [Variable], states: Int, sumsBiases: Bool, isReversed: Bool, isWhole: Bool,
    step: (Step) throws(TensorError) -> [Variable]
  ) throws(TensorError) -> Variable {
    let (time, batch, units) = (series.shape[0], series.shape[1], weights[1].shape[0])
    // The input's products of all points in time at once.
    var product = try series.reshape([time * batch, series.shape[2]]).matmul(weights[0])
    if weights.count > 2 { product = try product + (sumsBiases ? weights[2] + weights[3] : weights[2]) }
    let inputs = try product.reshape([time, batch, product.shape[1]]).rows()
    let zeros = Variable(try Tensor.zeros([batch, units], dtype: product.dtype))
    var state = [Variable](repeating: zeros, count: states)
    var outputs: [Variable] = []
    for input in isReversed ? inputs.reversed() : inputs {
      state = try step(
        Step(input: input, state: state, weight: weights[1], bias: sumsBiases || weights.count < 3 ? nil : weights[3]))
      outputs.append(state[0])
    }
    guard isWhole else { return state[0] }
    return try Variable.stack(isReversed ? outputs.reversed() : outputs, axis: 0).transpose([1, 0, 2])
  }
}

extension LayerKind.Site {
  /// What the names of the weights of each direction begin with.
  fileprivate var directions: [String] { settings.flag("bidirectional") ? ["", "reverse_"] : [""] }
}
