import Gradients
import Tensors
import Testing

@testable import Learning

@Suite struct NetworkTests {
  @Test func `weights that memory does not hold are refused before any is made`() throws {
    let network = try Network([.dense(1 << 20), .dense(1 << 30)], stream: RandomStream(seed: 0))
    #expect { try network.plan([4]) } throws: { error in
      guard case .tensor(let inner)? = error as? LearningError else { return false }
      return inner.category == .memoryError
    }
    #expect(network.parameters.isEmpty)
  }

  private let stream = RandomStream(seed: 0)

  private func zeros(_ shape: Shape) throws -> Variable { Variable(try Tensor.zeros(shape)) }

  @Test func `layers are named by kind and number, or as they are told`() throws {
    let inner = try Network([.dense(2), .dense(2)], stream: stream)
    let network = try Network(
      [
        .input([2]), .dense(2), .bare(.relu), .dense(2, name: "hidden"), .activation(.tanh), .bare(.relu), .network(inner),
        .function(Function("function") { x, _ in x }), .dense(1),
      ], stream: stream)
    #expect(
      network.places.map(\.name) == [
        "input1", "dense1", "relu1", "hidden", "activation1", "relu2", "network1", "function1", "dense2",
      ])
    _ = try network(zeros([1, 2]))
    #expect(
      network.parameters.map(\.path) == [
        "dense1.weight", "dense1.bias", "hidden.weight", "hidden.bias", "network1.dense1.weight", "network1.dense1.bias",
        "network1.dense2.weight", "network1.dense2.bias", "dense2.weight", "dense2.bias",
      ])
  }

  @Test(arguments: [
    (["a", "a"], "two layers of the network are named a"),
    (["dense1", nil], "two layers of the network are named dense1"),
    (["summary"], "a layer cannot be named summary: every network has an attribute of that name"),
    (["2nd"], "'2nd' cannot be the name of a layer or network"),
    ([], "a network needs at least one layer"),
  ])
  func `a name that cannot be is an error`(names: [String?], message: String) {
    #expect {
      try Network(names.map { name throws(LearningError) in try Layer.dense(1, name: name) }, stream: stream)
    } throws: {
      ($0 as? LearningError)?.message == message
    }
  }

  @Test func `sizes are inferred at the first use`() throws {
    let network = try Network([.dense(5, .relu), .dense(2)], stream: stream)
    #expect(network.parameters.isEmpty)
    #expect(try network(zeros([3, 4])).shape == [3, 2])
    #expect(network.parameters.map(\.parameter.value.shape) == [[4, 5], [5], [5, 2], [2]])
  }

  @Test func `weights do not depend on when the sizes become known`() throws {
    let early = try Network([.input([4]), .dense(5, .relu), .dense(2)], stream: stream)
    let late = try Network([.dense(5, .relu), .dense(2)], stream: stream)
    _ = try late(zeros([3, 4]))
    #expect(early.parameters.map(\.parameter.value.doubles) == late.parameters.map(\.parameter.value.doubles))
  }

  @Test func `another number of features is an error that names the layer`() throws {
    let network = try Network([.dense(32), .dense(16)], stream: stream)
    _ = try network(zeros([1, 64]))
    #expect { try network(zeros([1, 63])) } throws: {
      ($0 as? LearningError)?.message == "dense1 expects 64 features but receives 63"
    }
    let second = try Network([.dense(32), network.layers[1]], stream: stream)
    _ = try second(zeros([1, 8]))
    let third = try Network([.dense(31), network.layers[1]], stream: stream)
    #expect { try third(zeros([1, 8])) } throws: {
      let error = $0 as? LearningError
      return error?.message == "dense2 expects 32 features but receives 31"
        && error?.help == "dense1 gives it 31; change one of the two" && error?.category == .shape
    }
  }

  @Test func `an example of another shape than the input's is an error`() throws {
    let network = try Network([.input([64]), .dense(2)], stream: stream)
    #expect { try network(zeros([5, 32])) } throws: {
      ($0 as? LearningError)?.message == "input1 expects examples of shape [64] but receives [32]"
    }
  }

  @Test func `the same layer twice shares its weights and its name`() throws {
    let shared = try Layer.dense(3, .tanh)
    let network = try Network([.input([3]), shared, shared, .dense(1)], stream: stream)
    #expect(network.places.map(\.name) == ["input1", "dense1", "dense1", "dense2"])
    #expect(network.parameters.map(\.path) == ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"])
    #expect(network.summary().parameters == 12 + 4)
  }

  @Test func `a copy has weights of its own and keeps what is shared`() throws {
    let shared = try Layer.dense(3)
    let network = try Network([.input([3]), shared, shared], stream: stream)
    let copy = network.copy()
    #expect(copy.hash == network.hash)
    #expect(copy.layers[1] === copy.layers[2])
    try network.assign(Tensor.zeros([3]), to: "dense1.bias")
    try network.assign(Tensor.zeros([3, 3]), to: "dense1.weight")
    #expect(copy.hash != network.hash)
  }

  @Test func `reset draws what a network of that stream starts with`() throws {
    let network = try Network([.input([3]), .dense(2)], stream: stream)
    let before = network.hash
    try network.reset(RandomStream(seed: 7))
    #expect(network.hash != before)
    #expect(try network.hash == Network([.input([3]), .dense(2)], stream: RandomStream(seed: 7)).hash)
    try network.reset(stream)
    #expect(network.hash == before)
  }

  @Test func `a weight takes values of its shape only, in its own type`() throws {
    let network = try Network([.input([3]), .dense(2)], stream: stream)
    try network.assign(Tensor([1, 2], dtype: .float64), to: "dense1.bias")
    #expect(try network.parameter(at: "dense1.bias").value.dtype == .float32)
    #expect { try network.assign(Tensor([1.0, 2, 3]), to: "dense1.bias") } throws: {
      ($0 as? LearningError)?.message == "dense1.bias has shape [2], but the new value has [3]"
    }
    #expect { try network.assign(Tensor([1.0]), to: "dense2.bias") } throws: {
      ($0 as? LearningError)?.message == "the network has no weight dense2.bias"
    }
  }

  @Test func `frozen weights are not trained`() throws {
    let network = try Network([.dense(3), .dense(2)], stream: stream)
    network.layer(named: "dense1")?.setFrozen(true)
    _ = try network(zeros([1, 4]))
    #expect(network.trainable.map(\.path) == ["dense2.weight", "dense2.bias"])
    network.setFrozen(false)
    #expect(network.trainable.count == 4)
  }

  @Test(arguments: [
    (Activation.relu, "he"), (.leakyRelu, "he"), (.elu, "he"), (.silu, "he"), (.gelu, "he"), (.mish, "he"),
    (.selu, "lecun"), (.tanh, "xavier"), (.sigmoid, "xavier"), (.linear, "xavier"), (.softmax, "xavier"),
  ])
  func `the activation decides how weights start`(activation: Activation, initialiser: String) {
    #expect(activation.start.kind.name == initialiser)
  }

  @Test func `dropout works in training only and depends on seed, step and place alone`() throws {
    let network = try Network([.dropout(0.5), .dropout(0.5)], stream: stream)
    let x = Variable(try Tensor.ones([10, 100]))
    #expect(try network(x).value.doubles == x.value.doubles)
    let once = try network(x, pass: Pass(trainingWith: 3, step: 5)).value.doubles
    #expect(try once == network(x, pass: Pass(trainingWith: 3, step: 5)).value.doubles)
    #expect(try once != network(x, pass: Pass(trainingWith: 3, step: 6)).value.doubles)
    #expect(Set(once) == [0, 4])
    #expect(abs(once.reduce(0, +) / 1000 - 1) < 0.2)
  }

  @Test func `any function of one tensor is a layer`() throws {
    let network = try Network([.function(Function("double") { x, _ in try x * 2 })], stream: stream)
    #expect(network.places[0].name == "double1")
    #expect(try network(Variable(Tensor([1.0, 2], shape: [1, 2]))).value.doubles == [2, 4])
  }

  @Test func `a trace holds what every layer made`() throws {
    let network = try Network([.input([2]), .dense(3, .relu), .dense(1)], stream: stream)
    let pass = Pass(keepingTrace: true)
    let y = try network(Variable(Tensor([1.0, -2], shape: [1, 2])), pass: pass)
    #expect(pass.trace.map(\.path) == ["dense1", "dense2"])
    #expect(pass.trace[0].output.value.doubles == pass.trace[0].preactivation.value.doubles.map { max(0, $0) })
    #expect(pass.trace[1].output === y)
  }

  @Test func `flatten makes rows`() throws {
    let network = try Network([.input([2, 3]), .flatten(), .dense(1)], stream: stream)
    #expect(network.places[1].output == [6])
    #expect(try network(zeros([5, 2, 3])).shape == [5, 1])
  }
}
