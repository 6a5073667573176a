import Gradients
import Tensors
import Testing

@testable import Learning

/// Layers and losses traced on one input and run as a plan on another, beside what they give when they are recorded.
@Suite struct CompiledTests {
  @Test(arguments: LayerFixtureTests.LayerCase.all)
  func `a compiled layer gives what it gives when it is recorded`(it: LayerFixtureTests.LayerCase) throws {
    let kind = try #require(LayerKind.named(it.kind))
    let layer = try Layer(kind, it.settings.mapValues(\.setting))
    layer.settle(from: RandomStream(seed: 0), dtype: .float64)
    let first = try Tensor(it.x, shape: Shape(it.shape), dtype: kind.takesPlaces ? .int64 : .float64)
    let other = kind.takesPlaces ? try Variable(first).flip(axes: [0]).value : try first * 0.7 + 0.1
    _ = try layer.plan(Shape(Array(it.shape.dropFirst())), path: kind.name + "1", previous: nil)
    let weights = layer.parameters.map(\.parameter).filter(\.isTrained)

    func results(_ x: Variable) throws -> [Variable] {
      let pass = it.training ? Pass(trainingWith: 0, step: 0) : Pass()
      let y = try layer(x, pass: pass)
      guard y.isTracked else { return [y] }
      let found = try gradients(of: (y.sin() * y).sum(), in: weights.map(\.variable))
      return [y] + found.compactMap { $0 } + pass.updates.map(\.value)
    }

    let (function, _) = try PlannedFunction.trace(at: [first]) { try results($0[0]) }
    #expect(function.firstRead == nil)
    let expected = try results(Variable(other))
    let found = try function([other])
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(distance(a.doubles, b.value.doubles) < 1e-10) }
  }

  @Test func `dropout in a plan draws anew from another step`() throws {
    let layer = try Layer.dropout(0.4)
    let x = Variable(try Tensor.ones([6, 5], dtype: .float64))
    func chance(_ step: Int) throws -> Tensor { try Variable.chance(seed: 3, stream: Pass.stream(step: step)).value }
    let (function, _) = try PlannedFunction.trace(at: [try chance(0)]) { inputs in
      [try layer(x, pass: Pass(drawingFrom: inputs[0], keepingTrace: false))]
    }
    for step in [0, 7] {
      let expected = try layer(x, pass: Pass(trainingWith: 3, step: step)).value
      #expect(try function([try chance(step)])[0].doubles == expected.doubles)
    }
  }

  @Test(arguments: LossKind.all.map(\.name))
  func `a compiled loss takes other predictions and targets`(name: String) throws {
    let kind = try #require(LossKind.named(name))
    let loss = try Loss(kind, name == "cross_entropy" ? ["label_smoothing": .number(0.1)] : [:])
    /// Twelve numbers from 0 to 1, others for another `start`.
    func numbers(_ start: Int) throws -> Tensor {
      let values = (0..<12).map { i -> Double in Double((i * 7 + start * 5) % 11) / 11 }
      return try Tensor(values, shape: [4, 3], dtype: .float64)
    }
    let predictions = [try numbers(0) * 3 - 1, try numbers(1) * 3 - 1]
    let targets = kind.takesClasses ? [try Tensor([0, 2, 1, 1]), try Tensor([2, 2, 0, 1])] : [try numbers(2), try numbers(3)]

    func results(_ prediction: Variable, _ target: Variable) throws -> [Variable] {
      let (value, found) = try valueAndGradient(of: { try loss($0[0], target) }, at: [prediction])
      return [value] + found
    }
    let (function, _) = try PlannedFunction.trace(at: [predictions[0], targets[0]]) { try results($0[0], $0[1]) }
    #expect(function.firstRead == nil)
    let expected = try results(Variable(predictions[1]), Variable(targets[1]))
    for (a, b) in zip(try function([predictions[1], targets[1]]), expected) {
      #expect(distance(a.doubles, b.value.doubles) < 1e-12)
    }
  }
}
