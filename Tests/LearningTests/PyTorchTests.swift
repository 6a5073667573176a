import Gradients
import Learning
import Tensors
import Testing

/// Dense networks beside PyTorch's, in float64.
@Suite struct PyTorchTests {
  struct NetworkCase: Decodable {
    let activation: String
    let loss: String
    let settings: [String: FixtureSetting]
    let target: String
    let prediction: [Double]
    let value: Double
    let inputGradient: [Double]
    let gradients: [String: [Double]]
  }

  struct OptimizerCase: Decodable {
    let optimiser: String
    let settings: [String: FixtureSetting]
    let clip: Double?
    let clipValue: Double?
    let l1: Double?
    let factor: Double?
    let rates: [String: Double]?
    let losses: [Double]
    let weights: [String: [Double]]
  }

  @Test func `every activation with every loss gives the predictions, losses and gradients of PyTorch`() throws {
    let fixture = try Fixture<NetworkCase>.read("networks.json")
    #expect(Set(fixture.cases.map(\.activation)) == Set(Activation.all.map(\.name)))
    #expect(Set(fixture.cases.map(\.loss)) == Set(LossKind.all.map(\.name)))
    for it in fixture.cases {
      let comment = Comment(rawValue: "\(it.activation), \(it.loss), \(it.target), \(it.settings)")
      let network = try fixture.network(#require(Activation.named(it.activation)))
      let loss = try Loss(#require(LossKind.named(it.loss)), it.settings.mapValues(\.setting))
      let x = Variable.argument(try fixture.x())
      let prediction = try network(x)
      let value = try loss(prediction, fixture.target(it.target))
      #expect(distance(prediction.value.doubles, it.prediction) < 1e-9, comment)
      #expect(abs(try value.value.item() - it.value) < 1e-9, comment)

      let weights = network.parameters
      let found = try gradients(of: value, in: [x] + weights.map(\.parameter.variable))
      #expect(distance(found[0]?.value.doubles ?? [], it.inputGradient) < 1e-9, comment)
      for ((path, _), gradient) in zip(weights, found.dropFirst()) {
        #expect(distance(gradient?.value.doubles ?? [], it.gradients[path] ?? []) < 1e-9, comment)
      }
    }
  }

  @Test func `every optimiser takes the steps of PyTorch`() throws {
    let fixture = try Fixture<OptimizerCase>.read("optimisers.json")
    #expect(Set(fixture.cases.map(\.optimiser)) == Set(OptimizerKind.all.map(\.name)))
    for it in fixture.cases {
      let comment = Comment(rawValue: "\(it)")
      let network = try fixture.network(.tanh)
      var settings = it.settings.mapValues(\.setting)
      settings["l1"] = it.l1.map { .number($0) }
      let kind = try #require(OptimizerKind.named(it.optimiser))
      var options = TrainingOptions(loss: .crossEntropy, optimizer: try Optimizer(kind, settings, rates: it.rates ?? [:]))
      options.clip = it.clip
      options.clipValue = it.clipValue
      options.schedule = it.factor.map { factor in { step in (0..<step).reduce(1) { power, _ in power * factor } } }
      options.epochs = it.losses.count
      options.shuffle = false
      let run = try network.train(on: Dataset(x: fixture.x(), y: fixture.target("classes")), options)
      #expect(distance(run.loss, it.losses) < 1e-9, comment)
      for (path, parameter) in network.parameters {
        #expect(distance(parameter.value.doubles, it.weights[path] ?? []) < 1e-9, comment)
      }
    }
  }
}
