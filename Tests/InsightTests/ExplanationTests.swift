import Gradients
import Learning
import Tensors
import Testing

@testable import Insight

@Suite struct ExplanationTests {
  private static let golden: [String: [Double]] = [
    "dense1.weight": [0.5, -0.3, 0.8, 0.2], "dense1.bias": [0.1, -0.2], "dense2.weight": [0.7, -1.1], "dense2.bias": [0.05],
  ]

  private func golden(_ output: Activation) throws -> (Network, Variable) {
    let network = try Network([.input([2]), .dense(2, .tanh), .dense(1, output)], stream: RandomStream(seed: 0))
    try network.set(Self.golden)
    return (network, try network(Variable(try Tensor([1, 0], shape: [1, 2], dtype: .float64))))
  }

  @Test func `the golden case, from logits and from probabilities`() throws {
    let factors = [-1.3928751, 0.2025024, -1.1, 0.7864477, 1]
    for output in [Activation.sigmoid, .linear] {
      let (network, p) = try golden(output)
      let one = try Tensor([1.0], shape: [1, 1], dtype: .float64)
      let loss =
        output.isLinear
        ? try Loss.binaryCrossEntropy(p, one)
        : try -(Variable(one) * p.log() + (1 - Variable(one)) * (1 - p).log()).mean()
      #expect(abs(try loss.value.item() - 0.33137) < 1e-7)
      let weight = try #require(network.parameters.first { $0.path == "dense1.weight" }).parameter
      let found = try explain(loss, weight, at: [0, 1], kind: output.isLinear ? .binaryCrossEntropy : nil)
      for value in [found.value, found.backprop, found.numeric] { #expect(abs(value - 0.2440085) < 1e-7) }
      #expect(found.count == 1 && found.zeroCount == 0 && found.rest == 0 && found.isOK && !found.isKink)
      #expect(zip(found.paths[0].factors.map(\.value), factors).allSatisfy { abs($0 - $1) < 1e-7 })
      #expect(found.paths[0].neurons == ["dense1[1]", "dense2[0]"])
    }
  }

  private static let losses: [(String, Loss, @Sendable (Int) throws -> Tensor)] = [
    ("mse", .mse, { try Tensor((0..<($0 * 3)).map { Double($0 % 4) - 1 }, shape: [$0, 3], dtype: .float64) }),
    ("classes", .crossEntropy, { try Tensor((0..<$0).map { $0 % 3 }) }),
    (
      "probabilities", .crossEntropy,
      { rows in
        try Tensor((0..<rows).flatMap { _ in [0.2, 0.5, 0.3] }, shape: [rows, 3], dtype: .float64)
      }
    ),
    (
      "zeros and ones", .binaryCrossEntropy,
      { rows in
        try Tensor((0..<(rows * 3)).map { Double($0 % 2) }, shape: [rows, 3], dtype: .float64)
      }
    ),
    (
      "own", Loss("own") { prediction, target in try ((prediction - target).square() * prediction.sigmoid()).sum() },
      { try Tensor.zeros([$0, 3], dtype: .float64) }
    ),
  ]

  @Test(arguments: Activation.all.map(\.name), 1...4)
  func `the sum over paths is the gradient, for every weight, activation and loss`(name: String, depth: Int) throws {
    let activation = try #require(Activation.named(name))
    let mixes = [Activation.softmax, .logSoftmax].contains { $0.name == name }
    for (i, (title, loss, target)) in Self.losses.enumerated() {
      let rows = 1 + i % 3
      let widths = [2, 4, 2, 3].suffix(depth - 1) + [3]
      let example = try Example(
        [3] + widths, hidden: activation, rows: rows, loss: loss, seed: UInt64(10 * depth + i), target: target)
      // Every weight under one loss; under the others that with the most layers behind it.
      for (path, parameter) in i == 0 ? example.network.parameters : Array(example.network.parameters.prefix(1)) {
        let place = parameter.value.rank == 2 ? [1, 1] : [1]
        let found = try explain(example.loss, parameter, at: place, kind: example.kind)
        let comment = Comment(rawValue: "\(title), \(path): \(found.value) \(found.backprop) \(found.numeric)")
        #expect(found.isOK && !found.isKink, comment)
        #expect(abs(found.value - found.backprop) <= 1e-12 * max(1, found.size), comment)
        #expect(abs(found.paths.reduce(found.rest) { $0 + $1.product } - found.value) <= 1e-12 * max(1, found.size), comment)
        for path in found.paths {
          #expect(abs(path.factors.reduce(1) { $0 * $1.value } - path.product) <= 1e-12 * max(1, abs(path.product)), comment)
        }
        // One neuron a layer from the weight on, up to where a layer mixes its numbers.
        let layer = Int(path.dropFirst("dense".count).prefix(1)) ?? 0
        let later = mixes ? [] : widths.dropFirst(layer)
        #expect(found.count == later.reduce(rows, *), comment)
      }
    }
  }

  @Test(arguments: Activation.all.map(\.name))
  func `an activation of the output is part of its layer, or a factor of its own`(name: String) throws {
    let example = try Example([2, 3, 2], output: try #require(Activation.named(name)), rows: 2) {
      try Tensor.zeros([$0, 2], dtype: .float64)
    }
    for (_, parameter) in example.network.parameters {
      let found = try explain(example.loss, parameter, at: parameter.value.rank == 2 ? [0, 1] : [1], kind: example.kind)
      #expect(found.isOK)
      let mixes = name.hasSuffix("softmax")
      #expect(found.paths.allSatisfy { ($0.factors[0].symbol == "∂L/∂z") == mixes })
    }
  }

  @Test func `of very many paths the strongest are told, and the rest exactly`() throws {
    let example = try Example([16, 32, 24, 10], hidden: .relu, rows: 4, loss: .crossEntropy) {
      try Tensor((0..<$0).map { $0 % 10 })
    }
    let found = try explain(example.loss, example.parameter("dense1.weight"), at: [3, 5], kind: example.kind, most: 12)
    #expect(found.count == 4 * 24 * 10)
    #expect(found.isOK)
    let all = try explain(example.loss, example.parameter("dense1.weight"), at: [3, 5], kind: example.kind, most: .max)
    #expect(all.paths.count == all.count - all.zeroCount && all.rest == 0)
    #expect(found.paths.map(\.product) == Array(all.paths.map(\.product).prefix(12)))
    #expect(all.paths.map { abs($0.product) } == all.paths.map { abs($0.product) }.sorted(by: >))
    #expect(abs(all.paths.reduce(0) { $0 + $1.product } - found.paths.reduce(found.rest) { $0 + $1.product }) < 1e-15)
    for layer in found.layers { #expect(abs(layer.shares.reduce(0, +) - found.value) < 1e-12) }
    let through = all.paths.filter { $0.neurons[1] == "dense2[7]" }.reduce(0) { $0 + $1.product }
    #expect(abs(found.layers[1].shares[7] - through) < 1e-12)
  }

  @Test func `paths beyond counting are as many as can be counted`() throws {
    let example = try Example([1] + Array(repeating: 100, count: 11), rows: 1) { try Tensor.zeros([$0, 100], dtype: .float64) }
    let found = try explain(example.loss, example.parameter("dense1.weight"), at: [0, 0], kind: example.kind, most: 3)
    #expect(found.count == Int.max && found.paths.count == 3)
    #expect(abs(found.value - found.backprop) <= 1e-9 * found.size)
  }

  @Test func `paths with a factor of exactly zero are counted and not told`() throws {
    let example = try Example([2, 4, 3, 1], hidden: .relu) { try Tensor.zeros([$0, 1], dtype: .float64) }
    try example.network.set(["dense2.weight": [1, 2, 3, 0, 5, 6, 7, 8, 9, 1, 2, 3], "dense2.bias": [9, -99, 9]])
    let x = Variable(try Tensor([1, 1], shape: [1, 2], dtype: .float64))
    try example.network.set(["dense1.weight": [1, 1, 1, 1, 1, 1, 1, 1], "dense1.bias": [0, 0, 0, -9]])
    let loss = try Loss.mse(try example.network(x), Tensor.zeros([1, 1], dtype: .float64))
    func counts(_ unit: Int) throws -> [Int] {
      let found = try explain(loss, example.parameter("dense1.weight"), at: [0, unit], kind: .mse)
      #expect(found.isOK)
      return [found.count, found.zeroCount, found.paths.count]
    }
    // The second neuron of dense2 is off; from the second of dense1 a weight of 0 leads to the first.
    #expect(try counts(0) == [3, 1, 2])
    #expect(try counts(1) == [3, 2, 1])
    #expect(try counts(3) == [3, 3, 0])
  }

  @Test func `at a bend the central difference is not asked`() throws {
    let example = try Example([1, 1, 1], hidden: .relu) { try Tensor.zeros([$0, 1], dtype: .float64) }
    try example.network.set(["dense1.weight": [1], "dense1.bias": [-2], "dense2.weight": [1], "dense2.bias": [1]])
    let x = Variable(try Tensor([2], shape: [1, 1], dtype: .float64))
    let loss = try Loss.mse(try example.network(x), Tensor.zeros([1, 1], dtype: .float64))
    let found = try explain(loss, example.parameter("dense1.weight"), at: [0, 0], kind: .mse)
    #expect(found.isKink && found.isOK)
    #expect(found.text().hasSuffix("the loss bends here, where a central difference finds no slope"))
  }

  @Test func `what stands between the layers is followed: dropout's mask, functions, examples without a batch`() throws {
    var random = RandomStream(seed: 3)
    let double = Function("double") { x, _ in try x * 2 }
    let network = try Network(
      [.input([3]), .dense(4, .tanh), .dropout(0.5), .function(double), .dense(2, .silu), .dense(1)],
      stream: RandomStream(seed: 1))
    _ = try network(Variable(Tensor.zeros([1, 3], dtype: .float64)))
    try network.widen(&random)
    for shape in [[2, 3], [3]] as [Shape] {
      let pass = Pass(trainingWith: 5, step: 1)
      let y = try network(Variable(Tensor.random(shape, &random)), pass: pass)
      let loss = try y.square().mean()
      let weight = try #require(network.parameters.first { $0.path == "dense1.weight" }).parameter
      for unit in 0..<4 {
        let found = try explain(loss, weight, at: [0, unit])
        #expect(found.isOK)
        #expect(found.count == 2 * (shape.rank == 2 ? 2 : 1))
        #expect(found.zeroCount == found.count - found.paths.count)
      }
    }
  }

  @Test func `what cannot be explained is an error that says why`() throws {
    let example = try Example([2, 2, 1]) { try Tensor.zeros([$0, 1], dtype: .float64) }
    let other = try Example([2, 2, 1], seed: 1) { try Tensor.zeros([$0, 1], dtype: .float64) }
    let weight = try example.parameter("dense1.weight")
    let penalised = try example.loss + weight.variable.square().sum()
    let cases: [(Variable, Parameter, [Int], String)] = [
      (example.loss, weight, [0, 2], "dense1.weight of shape [2, 2] has no entry [0, 2]"),
      (example.loss, weight, [0], "dense1.weight of shape [2, 2] has no entry [0]"),
      (example.loss, try other.parameter("dense1.weight"), [0, 0], "the loss does not depend on dense1.weight"),
      (Variable(try Tensor(1.0)), weight, [0, 0], "explain needs the loss of a network, recorded as it was computed"),
      (penalised, weight, [0, 0], "dense1.weight is used 2 times in this loss, so no single way leads from it"),
    ]
    for (loss, parameter, place, message) in cases {
      #expect { try explain(loss, parameter, at: place) } throws: { ($0 as? InsightError)?.message == message }
    }
    #expect(try explain(example.loss, weight, at: [-1, -1]).target == "dense1.weight[1, 1]")
    weight.isFrozen = true
    let y = try example.network(Variable(Tensor.zeros([1, 2], dtype: .float64)))
    let loss = try Loss.mse(y, Tensor.zeros([1, 1], dtype: .float64))
    #expect { try explain(loss, weight, at: [0, 0]) } throws: {
      ($0 as? InsightError)?.message == "dense1.weight is frozen, so no gradient flows into it"
    }
  }

  @Test(arguments: [32, 60, 80, 120])
  func `no line of the text is wider than the terminal, and ASCII is enough where it must be`(width: Int) throws {
    let example = try Example([8, 16, 16, 5], hidden: .gelu, rows: 3, loss: .crossEntropy) { try Tensor((0..<$0).map { $0 }) }
    let found = try explain(example.loss, example.parameter("dense1.weight"), at: [1, 2], kind: example.kind)
    for isUnicode in [true, false] {
      let text = found.text(width: width, isUnicode: isUnicode)
      for line in text.split(separator: "\n") { #expect(line.count <= width) }
      #expect(isUnicode || text.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test func `the picture has the ways and the numbers`() throws {
    let (network, p) = try golden(.linear)
    let loss = try Loss.binaryCrossEntropy(p, Tensor([1.0], shape: [1, 1], dtype: .float64))
    let weight = try #require(network.parameters.first { $0.path == "dense1.weight" }).parameter
    let svg = try explain(loss, weight, at: [0, 1], kind: .binaryCrossEntropy).figure().svg()
    for text in ["∂L/∂dense1.weight[0, 1] = 0.2440085", "L = 0.33137", "input[0] → dense1[1]: 0.244", "−t/p + (1 − t)/(1 − p)"] {
      #expect(svg.contains(text), "\(text)")
    }
  }
}
