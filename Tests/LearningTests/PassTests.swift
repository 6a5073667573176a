import Gradients
import Tensors
import Testing

@testable import Learning

/// What a pass draws and what it writes.
@Suite struct PassTests {
  private let stream = RandomStream(seed: 0)

  @Test func `dropout draws the same numbers as one stream for each place in the network`() throws {
    let network = try Network([.dropout(0.25), .dropout(0.5)], stream: stream)
    let x = Variable(try Tensor.ones([3, 5]))
    let found = try network(x, pass: Pass(trainingWith: 9, step: 4)).value.doubles
    var expected = [Double](repeating: 1, count: 15)
    for (place, p) in [0.25, 0.5].enumerated() {
      let draws = RandomStream(seed: 9, stream: 1 << 63 | 4 << 20 | UInt64(place))
      let mask = try draws.dropoutMask([3, 5], p: p, dtype: .float64).doubles
      for i in expected.indices { expected[i] *= mask[i] }
    }
    #expect(distance(found, expected) < 1e-6)
  }

  @Test func `the mask of another step follows from the operand alone`() throws {
    let draw = Attributes.Draw(place: 1, p: 0.5, shape: [4, 4], dtype: .float64)
    let mask = try Pass(trainingWith: 2, step: 7).chance().dropoutMask(draw)
    let operand = try Variable.chance(seed: 2, stream: 1 << 63 | 7 << 20)
    #expect(try operand.dropoutMask(draw).value.doubles == mask.value.doubles)
    #expect(try Pass(trainingWith: 2, step: 8).chance().dropoutMask(draw).value.doubles != mask.value.doubles)
    #expect(try Pass(trainingWith: .max, step: 7).chance().dropoutMask(draw).value.doubles != mask.value.doubles)
  }

  @Test func `what a pass would write is read by what comes later in it, and written when it is applied`() throws {
    let parameter = Parameter(try Tensor([1.0]), isTrained: false)
    #expect(!parameter.variable.isTracked)
    let pass = Pass(trainingWith: 0, step: 0)
    for _ in 0..<2 { pass.update(parameter, to: try pass.present(parameter) + 1) }
    #expect(pass.updates.count == 1)
    #expect(parameter.value.doubles == [1])
    pass.applyUpdates()
    #expect(parameter.value.doubles == [3])
  }

  @Test func `a frozen parameter is not written`() throws {
    let parameter = Parameter(try Tensor([1.0]), isTrained: false)
    parameter.isFrozen = true
    let pass = Pass(trainingWith: 0, step: 0)
    pass.update(parameter, to: Variable(try Tensor([2.0])))
    #expect(pass.updates.isEmpty)
  }
}
