import Gradients
import Tensors
import Testing

@testable import Learning

/// Every kind of layer beside PyTorch's, in float64.
@Suite struct LayerFixtureTests {
  struct LayerCase: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let settings: [String: FixtureSetting]
    let training: Bool
    let shape: [Int]
    let x: [Double]
    let parameters: [String: [Double]]
    let outputShape: [Int]
    let y: [Double]
    let upstream: [Double]
    let inputGradient: [Double]
    let gradients: [String: [Double]]
    /// What the layer has written.
    let state: [String: [Double]]

    var testDescription: String { "\(kind), \(shape), \(settings)\(training ? ", training" : "")" }

    static let all: [LayerCase] = (try? readFixture("layers.json")) ?? []
  }

  @Test func `every kind of layer has a fixture, and those with running values one in training`() {
    #expect(Set(LayerCase.all.map(\.kind)) == Set(LayerKind.all.map(\.name)))
    #expect(LayerCase.all.contains { $0.training && !$0.state.isEmpty })
  }

  @Test(arguments: LayerCase.all)
  func `a layer gives the results, gradients and running values of PyTorch`(it: LayerCase) throws {
    let kind = try #require(LayerKind.named(it.kind))
    let layer = try Layer(kind, it.settings.mapValues(\.setting))
    layer.settle(from: RandomStream(seed: 0), dtype: .float64)
    let x = Variable.argument(
      try Tensor(it.x, shape: Shape(it.shape), dtype: kind.takesPlaces ? .int64 : .float64))
    let planned = try layer.plan(x.shape.example, path: kind.name + "1", previous: nil)
    #expect(layer.parameters.map(\.name).sorted() == it.parameters.keys.sorted())
    #expect(LayerKind.parameterNames.isSuperset(of: it.parameters.keys.filter { !$0.hasPrefix("reverse_") }))
    for (name, parameter) in layer.parameters {
      parameter.value = try Tensor(it.parameters[name] ?? [], shape: parameter.value.shape, dtype: .float64)
    }

    let pass = it.training ? Pass(trainingWith: 0, step: 0) : Pass()
    let y = try layer(x, pass: pass)
    #expect(y.shape.dimensions == it.outputShape)
    #expect(planned?.dimensions == Array(it.outputShape.dropFirst()))
    #expect(distance(y.value.doubles, it.y) < 1e-9)

    let upstream = Variable(try Tensor(it.upstream, shape: y.shape, dtype: .float64))
    let trained = layer.parameters.filter(\.parameter.isTrained)
    let found = try gradients(of: (y * upstream).sum(), in: [x] + trained.map(\.parameter.variable))
    if x.dtype.isFloat { #expect(distance(found[0]?.value.doubles ?? [], it.inputGradient) < 1e-9) }
    #expect(trained.map(\.name).sorted() == it.gradients.keys.sorted())
    for (weight, gradient) in zip(trained, found.dropFirst()) {
      #expect(distance(gradient?.value.doubles ?? [], it.gradients[weight.name] ?? []) < 1e-9, "\(weight.name)")
    }

    #expect(pass.updates.count == it.state.count)
    pass.applyUpdates()
    for (name, values) in it.state {
      let parameter = try #require(layer.parameters.first { $0.name == name }?.parameter)
      #expect(distance(parameter.value.doubles, values) < 1e-9, "\(name)")
    }
  }

  @Test(arguments: LayerCase.all.filter { !$0.inputGradient.isEmpty })
  func `second derivatives of a layer agree with central differences of the first`(it: LayerCase) throws {
    let kind = try #require(LayerKind.named(it.kind))
    let layer = try Layer(kind, it.settings.mapValues(\.setting))
    layer.settle(from: RandomStream(seed: 0), dtype: .float64)
    let x = try Tensor(it.x, shape: Shape(it.shape), dtype: .float64)
    let check = try checkGradients(
      { arguments in
        try gradient(
          of: { inputs in
            let y = try layer(inputs[0], pass: it.training ? Pass(trainingWith: 0, step: 0) : Pass())
            return try (y.sin() * y).sum()
          }, at: arguments)[0].square().sum()
      }, at: [x])
    #expect(check.isOK, "\(String(describing: check.worst))")
  }
}
