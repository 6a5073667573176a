/// The sum over all paths from one weight to the loss, without going along each: dynamic programming over the layers.
struct PathSum {
  private let route: DensePath
  private let ending: Ending
  private let index: [Int]
  /// The neuron that the weight leads to.
  private let first: Int
  private let examples: Int
  /// `[layer][example][neuron]`: the sum over the ways from the weight to the neuron, its slope included.
  private var ahead: [[[Double]]] = []
  /// The sum over the ways from the neuron's output to the loss.
  private var behind: [[[Double]]] = []

  init(route: DensePath, ending: Ending, index: [Int]) {
    self.route = route
    self.ending = ending
    self.index = index
    first = index.last ?? 0
    examples = route.layers.first?.slopes.count ?? 0
    ahead = sweepAhead()
    behind = sweepBehind()
  }

  /// What the weight is multiplied with; a bias with 1.
  private func feature(_ example: Int) -> Double { route.features.isEmpty ? 1 : route.features[example][index[0]] }

  private func sweepAhead() -> [[[Double]]] {
    var sums: [[[Double]]] = []
    for (l, layer) in route.layers.enumerated() {
      var rows: [[Double]] = []
      for n in 0..<examples {
        var received = [Double](repeating: 0, count: layer.units)
        if l == 0 {
          received[first] = feature(n)
        } else {
          for (value, leading) in zip(sums[l - 1][n], layer.weights) where value != 0 {
            for (j, weight) in leading.enumerated() { received[j] += value * weight }
          }
        }
        rows.append(zip(received, layer.slopes[n]).map { $0 * $1 })
      }
      sums.append(rows)
    }
    return sums
  }

  private func sweepBehind() -> [[[Double]]] {
    var sums = [ending.slopes]
    for l in route.layers.indices.dropLast().reversed() {
      let next = route.layers[l + 1]
      let later = sums[0]
      var rows: [[Double]] = []
      for n in 0..<examples {
        let passed = zip(next.slopes[n], later[n]).map { $0 * $1 }
        rows.append(next.weights.map { leading in zip(leading, passed).reduce(0) { $0 + $1.0 * $1.1 } })
      }
      sums.insert(rows, at: 0)
    }
    return sums
  }

  /// The gradient.
  var total: Double { ended(ahead) }

  /// The sum of the sizes of all paths, whatever their signs.
  var size: Double {
    var received = [[Double]](repeating: [], count: examples)
    for (l, layer) in route.layers.enumerated() {
      for n in 0..<examples {
        var sums = [Double](repeating: 0, count: layer.units)
        if l == 0 {
          sums[first] = abs(feature(n))
        } else {
          for (value, leading) in zip(received[n], layer.weights) {
            for (j, weight) in leading.enumerated() { sums[j] += value * abs(weight) }
          }
        }
        received[n] = zip(sums, layer.slopes[n]).map { $0 * abs($1) }
      }
    }
    return (0..<examples).reduce(0) { sum, n in
      sum + zip(received[n], ending.slopes[n]).reduce(0) { $0 + $1.0 * abs($1.1) }
    }
  }

  private func ended(_ sums: [[[Double]]]) -> Double {
    guard let last = sums.last else { return 0 }
    return (0..<examples).reduce(0) { sum, n in sum + zip(last[n], ending.slopes[n]).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// One neuron a layer: after the first layer any. As many as can be counted.
  var count: Int {
    route.layers.dropFirst().reduce(examples) { count, layer in
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: layer.units)
      return isTooLarge ? Int.max : product
    }
  }

  /// The paths without a factor of exactly zero.
  var nonzeroCount: Int {
    func sum(_ a: Int, _ b: Int) -> Int {
      let (sum, isTooLarge) = a.addingReportingOverflow(b)
      return isTooLarge ? Int.max : sum
    }
    var total = 0
    for n in 0..<examples where feature(n) != 0 {
      var ways = route.layers[0].slopes[n].indices.map { $0 == first && route.layers[0].slopes[n][$0] != 0 ? 1 : 0 }
      for layer in route.layers.dropFirst() {
        ways = (0..<layer.units).map { j in
          layer.slopes[n][j] == 0 ? 0 : ways.indices.reduce(0) { layer.weights[$1][j] == 0 ? $0 : sum($0, ways[$1]) }
        }
      }
      for (j, count) in ways.enumerated() where ending.slopes[n][j] != 0 { total = sum(total, count) }
    }
    return total
  }

  // MARK: By layer

  /// The input that the weight is multiplied with.
  var input: (number: Int, count: Int)? { route.features.first.map { (index[0], $0.count) } }

  /// What passes through the neurons and between the strongest of them, over all examples.
  var layers: [Explanation.Layer] {
    var layers: [Explanation.Layer] = []
    for (l, layer) in route.layers.enumerated() {
      let shares = (0..<layer.units).map { j in (0..<examples).reduce(0.0) { $0 + ahead[l][$1][j] * behind[l][$1][j] } }
      let strongest = shares.indices.sorted { abs(shares[$0]) > abs(shares[$1]) }.prefix(8).filter { shares[$0] != 0 }.sorted()
      var flows: [Explanation.Flow] = []
      if let before = layers.last {
        for i in before.strongest {
          for j in strongest { flows.append(Explanation.Flow(from: i, to: j, value: flow(l, i, j))) }
        }
      }
      layers.append(Explanation.Layer(name: layer.name, shares: shares, flows: flows, strongest: strongest))
    }
    return layers
  }

  /// What passes from neuron `i` of the layer before to neuron `j` of layer `l`.
  private func flow(_ l: Int, _ i: Int, _ j: Int) -> Double {
    let layer = route.layers[l]
    return (0..<examples).reduce(0) { $0 + ahead[l - 1][$1][i] * layer.weights[i][j] * layer.slopes[$1][j] * behind[l][$1][j] }
  }

  // MARK: The strongest

  /// A way from the weight on, as far as it was followed.
  private struct Way {
    var neurons: [Int]
    var product: Double
  }

  /// The paths of the largest products in size: the best ways to each neuron are kept, layer by layer.
  ///
  /// The size of a product grows with that of its part, so no way that is left out could come back: the k-best form of
  /// A. Viterbi's algorithm, 1967.
  func strongest(_ most: Int) -> [Explanation.Path] {
    var best: [(example: Int, way: Way)] = []
    for n in 0..<examples where feature(n) != 0 {
      var ways: [[Way]] = (0..<route.layers[0].units).map { j in
        let product = feature(n) * route.layers[0].slopes[n][j]
        return j == first && product != 0 ? [Way(neurons: [j], product: product)] : []
      }
      for layer in route.layers.dropFirst() {
        ways = (0..<layer.units).map { j in
          let factor = layer.slopes[n][j]
          guard factor != 0 else { return [] }
          let reaching = ways.enumerated().flatMap { i, list in
            list.compactMap { way -> Way? in
              let product = way.product * layer.weights[i][j] * factor
              return product == 0 ? nil : Way(neurons: way.neurons + [j], product: product)
            }
          }
          return Self.largest(reaching, most)
        }
      }
      let ends = ways.enumerated().flatMap { j, list in
        list.map { Way(neurons: $0.neurons, product: $0.product * ending.slopes[n][j]) }
      }
      best += Self.largest(ends.filter { $0.product != 0 }, most).map { (n, $0) }
    }
    best.sort { abs($0.way.product) > abs($1.way.product) }
    return best.prefix(most).map { path($0.example, $0.way) }
  }

  private static func largest(_ ways: [Way], _ most: Int) -> [Way] {
    ways.count <= most ? ways : Array(ways.sorted { abs($0.product) > abs($1.product) }.prefix(most))
  }

  private func path(_ example: Int, _ way: Way) -> Explanation.Path {
    var factors = ending.factors(example: example, output: way.neurons[way.neurons.count - 1])
    for (l, layer) in route.layers.enumerated().reversed() {
      let j = way.neurons[l]
      if !layer.activations.isEmpty {
        factors.append(
          Explanation.Factor(
            symbol: "∂a/∂z",
            formula: layer.formulas.count > 1 ? layer.formulas.map { "(\($0))" }.joined(separator: " ") : layer.formulas[0],
            source:
              "\(layer.name)[\(j)] \(layer.activations.joined(separator: ", ")), z = \(digits(layer.inputs[example][j], 5))",
            value: layer.slopes[example][j]))
      }
      guard l > 0 else { continue }
      let i = way.neurons[l - 1]
      factors.append(
        Explanation.Factor(
          symbol: "∂z/∂a", formula: "w", source: "\(layer.weightName)[\(i), \(j)]", value: layer.weights[i][j]))
    }
    let isBias = route.features.isEmpty
    factors.append(
      Explanation.Factor(
        symbol: isBias ? "∂z/∂b" : "∂z/∂w", formula: isBias ? "1" : "x", source: isBias ? "bias" : "input \(index[0])",
        value: feature(example)))
    return Explanation.Path(
      example: examples > 1 ? example : nil,
      neurons: zip(route.layers, way.neurons).map { "\($0.name)[\($1)]" }, factors: factors, product: way.product)
  }
}
