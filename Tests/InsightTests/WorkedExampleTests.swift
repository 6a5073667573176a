import Gradients
import Learning
import Tensors
import Testing

@testable import Insight

@Suite struct WorkedExampleTests {
  private func example(_ loss: Loss, _ optimizer: Optimizer, target: [Double] = [1]) throws -> WorkedExample {
    let network = try Network([.input([2]), .dense(2, .tanh), .dense(1)], stream: RandomStream(seed: 0))
    try network.set([
      "dense1.weight": [0.5, -0.3, 0.8, 0.2], "dense1.bias": [0.1, -0.2], "dense2.weight": [0.7, -1.1], "dense2.bias": [0.05],
    ])
    let before = network.parameters.map(\.parameter.value.doubles)
    let x = try Tensor([1, 0], shape: [1, 2], dtype: .float64)
    let y = try Tensor(target, shape: [1, 1], dtype: .float64)
    let worked = try workedExample(network, x: x, y: y, loss: loss, optimizer: optimizer)
    #expect(network.parameters.map(\.parameter.value.doubles) == before)
    return worked
  }

  private func near(_ a: [[Double]], _ b: [[Double]]) -> Bool {
    a.map(\.count) == b.map(\.count) && zip(a.joined(), b.joined()).allSatisfy { abs($0 - $1) < 5e-8 }
  }

  @Test func `forward and backward are those of a hand calculation`() throws {
    let worked = try example(.binaryCrossEntropy, Optimizer(.sgd, ["lr": .number(1)]))
    let (first, second) = (worked.layers[0], worked.layers[1])
    #expect(near(first.z, [[0.6, -0.5]]) && near(first.a, [[0.53704957, -0.46211716]]))
    #expect(near(second.z, [[0.93426357]]) && near(second.a, second.z))
    #expect(abs(worked.loss - 0.33137003) < 5e-8)
    #expect(near(try #require(worked.probability?.values), [[0.71793945]]))
    // p − t, then through W2 and 1 − tanh².
    #expect(near(second.delta, [[-0.28206055]]))
    #expect(near(first.delta, [[-0.14049557, 0.24400845]]))
    #expect(near(second.weights[0].gradient, [[-0.1514805], [0.13034502]]) && near(second.weights[1].gradient, second.delta))
    #expect(near(first.weights[0].gradient, [[-0.14049557, 0.24400845], [0, 0]]))
    // Rate 1: each weight less its gradient.
    #expect(near(first.weights[0].next, [[0.64049557, -0.54400845], [0.8, 0.2]]))
    #expect(near(second.weights[1].next, [[0.33206055]]))
  }

  @Test(arguments: [
    // w = −0.3, g = 0.24400845 at rate 0.1.
    ("sgd", ["lr": 0.1], -0.32440085),
    ("sgd", ["lr": 0.1, "momentum": 0.9], -0.32440085),
    ("sgd", ["lr": 0.1, "weight_decay": 0.5], -0.30940085),
    ("adam", ["lr": 0.1], -0.4),
    ("adamw", ["lr": 0.1, "weight_decay": 0.5], -0.385),
  ])
  func `the update is that of the optimiser`(name: String, settings: [String: Double], next: Double) throws {
    let optimizer = try Optimizer(#require(OptimizerKind.named(name)), settings.mapValues { .number($0) })
    let worked = try example(.binaryCrossEntropy, optimizer)
    #expect(abs(worked.layers[0].weights[0].next[0][1] - next) < 1e-7)
    let told = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    for setting in told { #expect(worked.optimizer.contains(setting)) }
    #expect(!worked.optimizer.contains("l1="))
  }

  @Test func `the text reads as a textbook does`() throws {
    let text = try example(.binaryCrossEntropy, Optimizer(.sgd, ["lr": .number(0.1)])).text(width: 70)
    let lines = Set(text.split(separator: "\n"))
    for line in [
      "dense1, tanh", "  z = x · W + b             [ 0.6  -0.5]", "  a = tanh(z)               [  0.53705  -0.462117]",
      "  z = a · W + b             [0.934264]", "  p = sigmoid(z)            [0.717939]",
      "  δ = p − t                 [-0.282061]", "  ∂L/∂weight = aᵀ · δ       [-0.15148]",
      "  δ = (δ · Wᵀ) ⊙ tanh′(z)   [-0.140496   0.244008]", "  ∂L/∂bias = Σ δ            [-0.140496   0.244008]",
      "UPDATE by sgd(lr=0.1)",
    ] as [Substring] {
      #expect(lines.contains(line), "\(line)\n\(text)")
    }
  }

  @Test(arguments: [32, 60, 80, 120])
  func `wide networks stay within the terminal, with whole numbers`(width: Int) throws {
    let network = try Network(
      [
        .input([64]), .dense(128, .relu), .dropout(0.2), .bare(.tanh), .function(Function("f") { x, _ in try x * 2 }), .dense(10),
      ],
      stream: RandomStream(seed: 0))
    var random = RandomStream(seed: 1)
    let x = try Tensor.random([12, 64], &random).cast(to: .float32)
    let worked = try workedExample(
      network, x: x, y: Tensor((0..<12).map { $0 % 10 }), loss: .crossEntropy, optimizer: Optimizer(.adam, [:]))
    #expect(worked.layers.map(\.name) == ["dense1", "tanh1", "f1", "dense2"])
    for isUnicode in [true, false] {
      let lines = worked.text(width: width, isUnicode: isUnicode).split(separator: "\n")
      for line in lines {
        #expect(line.count <= width)
        // Every row that is opened is closed: no number is cut.
        if let open = line.firstIndex(of: "["), !line.contains("∂") { #expect(line[open...].hasSuffix("]"), "\(line)") }
        #expect(isUnicode || line.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }
}
