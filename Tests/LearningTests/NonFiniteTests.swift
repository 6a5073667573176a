import Gradients
import Tensors
import Testing

@testable import Learning

@Suite struct NonFiniteTests {
  private let stream = RandomStream(seed: 0)

  private func train(
    _ layers: [Layer], _ x: [Double], rate: Double = 0.1, epochs: Int = 50, loss: Loss = .mse
  ) throws -> (Network, Run) {
    let network = try Network(layers, stream: stream)
    let data = try Dataset(x: Tensor(x, shape: Shape([x.count, 1])), y: Tensor(x.map { _ in 1.0 }))
    var options = TrainingOptions(loss: loss, optimizer: try Optimizer(.sgd, ["lr": .number(rate)]))
    options.epochs = epochs
    options.shuffle = false
    return (network, try network.train(on: data, options))
  }

  private func finding(_ run: Run) throws -> NonFinite {
    guard case .notFinite(let finding) = run.stopped else {
      Issue.record("the run ended as \(run.stopped.text)")
      throw LearningError.noLayers(of: "a network")
    }
    return finding
  }

  @Test func `the first operation that went wrong is named with its operands and the row`() throws {
    let layers = try [Layer.dense(1, start: .ones), .function(Function("exp") { x, _ in try x.exp() })]
    let (network, run) = try train(layers, [1, 2, 200])
    let found = try finding(run)
    #expect(found.message == "exp of exp1 gave inf in step 1, first in row 2 of the data, from [3, 1] of size up to 200")
    #expect(run.steps == 0)
    #expect(try network.parameter(at: "dense1.weight").value.doubles == [1])
  }

  @Test func `a loss that grew without bound keeps the last finite weights`() throws {
    let (network, run) = try train([.dense(1)], [1, 2, 30], rate: 10, epochs: 100)
    let found = try finding(run)
    #expect(run.steps > 2 && found.step == run.steps + 1)
    #expect(run.loss.allSatisfy { $0.isFinite })
    #expect(network.parameters.allSatisfy { $0.parameter.value.doubles.allSatisfy { $0.isFinite } })
    #expect(found.losses == Array(run.loss.suffix(10)))
    #expect(found.help == "lower the rate, or clip the gradients: clip=1.0")
    #expect(found.message.contains("; the loss grew from "), Comment(rawValue: found.message))
  }

  @Test func `a gradient that is not finite is found in the backward pass`() throws {
    let layers = try [Layer.dense(1, start: .zeros), .function(Function("root") { x, _ in try x.sqrt() })]
    let (_, run) = try train(layers, [1, 2])
    guard case .operation(let culprit) = try finding(run).origin else { return #expect(Bool(false)) }
    #expect(culprit.isBackward)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `a value of the data that is not finite is found with its row`(value: Double) throws {
    let (_, run) = try train([.dense(1)], [1, 2, value, 3])
    #expect(try finding(run).message == "the inputs are not finite: row 2, column 0 (x1) is \(value)")
  }

  @Test func `a weight that is not finite is named`() throws {
    let (_, run) = try train([.dense(1, start: .constant(1e39))], [1, 2])
    #expect(try finding(run).message == "dense1.weight holds a value that is not finite before step 1")
  }
}
