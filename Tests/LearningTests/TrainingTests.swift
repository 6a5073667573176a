import Gradients
import Tensors
import Testing

@testable import Learning

@Suite struct TrainingTests {
  private let stream = RandomStream(seed: 0)

  private func options(_ loss: Loss = .crossEntropy, rate: Double = 0.01, epochs: Int = 5) throws -> TrainingOptions {
    var options = TrainingOptions(loss: loss, optimizer: try Optimizer(.adam, ["lr": .number(rate)]))
    options.epochs = epochs
    options.batch = 16
    return options
  }

  private func iris() throws -> Dataset { try Dataset.standardize([BundledTable.iris.load()])[0] }

  private func network() throws -> Network {
    try Network([.dense(16, .relu), .dropout(0.1), .dense(3)], stream: stream)
  }

  @Test func `iris is learned`() throws {
    var options = try options(rate: 0.02, epochs: 30)
    options.validation = .fraction(0.2)
    options.metrics = [.accuracy]
    let run = try network().train(on: iris(), options)
    #expect(run.steps == 30 * 8)
    #expect(run.epochs == 30)
    #expect(run.loss.count == 240 && run.learningRate == Array(repeating: 0.02, count: 240))
    #expect(run.validationLoss.count == 30 && run.metrics[0].values.count == 30)
    #expect(run.metrics[0].name == "accuracy" && (run.metrics[0].values.last ?? 0) > 0.9)
    #expect((run.trainingMetrics[0].values.last ?? 0) > 0.95)
    #expect(run.stopped.text == "finished")
    #expect(run.seconds > 0 && run.secondsPerStep > 0 && run.samplesPerSecond > 0)
    #expect(run.validationLoss[run.bestEpoch - 1] == run.validationLoss.min())
  }

  @Test func `the same seed gives the same bits, another one others`() throws {
    var options = try options()
    let data = try iris()
    let first = try network().train(on: data, options).hash
    #expect(try network().train(on: data, options).hash == first)
    options.seed = 1
    #expect(try network().train(on: data, options).hash != first)
  }

  @Test func `training goes on from the present weights`() throws {
    let network = try network()
    let first = try network.train(on: iris(), options())
    let second = try network.train(on: iris(), options())
    #expect(second.epochLoss[0] < first.epochLoss[0])
  }

  @Test func `an interrupt ends at a step's boundary and keeps the weights`() throws {
    let network = try network()
    var calls = 0
    let observer = TrainingObserver(isInterrupted: {
      calls += 1
      return calls > 13
    })
    let run = try network.train(on: iris(), options(), observer: observer)
    #expect(run.stopped.text == "interrupted")
    #expect(run.steps == 13 && run.epochs == 1)
    #expect(run.hash == network.hash)
    var whole = try options()
    whole.epochs = 1
    #expect(run.best?.hash != nil)
    #expect(try self.network().train(on: iris(), whole).hash == run.best?.hash)
  }

  @Test func `patience ends the run and goes back to the best weights`() throws {
    var options = try options(rate: 0.5, epochs: 200)
    options.validation = .fraction(0.3)
    options.patience = 3
    let network = try network()
    let run = try network.train(on: iris(), options)
    #expect(run.stopped.text == "patience")
    #expect(run.epochs == run.bestEpoch + 3)
    #expect(network.hash == run.best?.hash)
  }

  @Test func `progress is told after each step and each epoch`() throws {
    var seen: [TrainingProgress] = []
    let observer = TrainingObserver(report: { seen.append($0) })
    _ = try network().train(on: iris(), options(epochs: 2), observer: observer)
    #expect(seen.count == 2 * (10 + 1))
    #expect(seen.last?.isEpochEnd == true && seen.last?.step == 20 && seen.last?.steps == 20 && seen.last?.epoch == 2)
    // Three classes of equal size: the best constant prediction costs ln 3.
    #expect(abs((seen[0].constantLoss ?? 0) - 1.098612) < 1e-5)
  }

  @Test func `a schedule is a factor on the rate`() throws {
    var options = try options(epochs: 1)
    options.schedule = { 1 / Double($0 + 1) }
    let run = try network().train(on: iris(), options)
    #expect(distance(run.learningRate, (1...10).map { 0.01 / Double($0) }) < 1e-15)
    options.schedule = { _ in .nan }
    #expect { try network().train(on: iris(), options) } throws: {
      ($0 as? LearningError)?.message == "the schedule gives nan at step 0, where a factor of at least 0 is needed"
    }
  }

  @Test func `rates of their own are kept, and unknown ones refused`() throws {
    let network = try network()
    _ = try network.predict(iris().x)
    let before = try network.parameter(at: "dense1.weight").value.doubles
    var options = try options()
    options.optimizer = try Optimizer(.sgd, ["lr": .number(0.1)], rates: ["dense1": 0])
    _ = try network.train(on: iris(), options)
    #expect(try network.parameter(at: "dense1.weight").value.doubles == before)
    options.optimizer = try Optimizer(.sgd, [:], rates: ["dense7": 0])
    #expect { try network.train(on: iris(), options) } throws: {
      ($0 as? LearningError)?.message == "rates: the network has no layer or weight dense7"
    }
  }

  @Test func `clipping bounds the gradients and its share is kept`() throws {
    let gradients = try [Variable(Tensor([3.0, 0])), Variable(Tensor([4.0]))]
    let (clipped, isClipped) = try Clipping.clip(gradients, norm: 1)
    #expect(try isClipped.value.item() == 1 && abs(Clipping.norm(clipped).value.item() - 1) < 1e-5)
    #expect(try Clipping.clip(gradients, norm: 6).isClipped.value.item() == 0)
    #expect(try Clipping.clip(gradients, value: 3.5).0.map(\.value.doubles) == [[3, 0], [3.5]])
    var options = try options()
    options.clip = 1e-3
    #expect(try network().train(on: iris(), options).clippedShare == 1)
    options.clip = 1e6
    #expect(try network().train(on: iris(), options).clippedShare == 0)
  }

  @Test func `layers are watched step by step`() throws {
    let network = try Network([.dense(8, .relu), .dense(8, .tanh, name: "middle"), .dense(3)], stream: stream)
    let run = try network.train(on: iris(), options(epochs: 1))
    #expect(run.recordedSteps == Array(1...10))
    #expect(run.gradientNorm.map(\.layer) == ["dense1", "middle", "dense2"])
    #expect(run.gradientNorm.allSatisfy { $0.values.count == 10 && $0.values.allSatisfy { $0 > 0 } })
    #expect(run.updateRatio.allSatisfy { $0.values.allSatisfy { $0 > 0 && $0 < 0.2 } })
    #expect(run.saturated.map(\.layer) == ["middle"] && run.dead.map(\.layer) == ["dense1"])
  }

  @Test func `series by layer hold at most 4096 points`() {
    var record = LayerRecord()
    for step in 1...20_000 where record.wants(step) {
      record.begin(step)
      record.gradientNorm.append(Double(step), of: "dense1", at: 0)
    }
    #expect(record.steps.count <= 4096 && record.steps.count > 2000)
    #expect(record.steps.prefix(3) == [1, 9, 17])
    #expect(record.gradientNorm.all[0].values == record.steps.map(Double.init))
  }

  @Test func `every optimiser with l1 draws weights to zero`() throws {
    // These divide by what has gathered, so that their steps shrink or begin small.
    let rates = ["adagrad": 0.2, "adadelta": 3.0]
    for kind in OptimizerKind.all {
      let network = try Network([.dense(1, bias: false)], stream: stream)
      let data = try Dataset(x: Tensor.zeros([4, 3]), y: Tensor.zeros([4]))
      var options = try options(.mse, epochs: 300)
      options.optimizer = try Optimizer(kind, ["lr": .number(rates[kind.name] ?? 0.01), "l1": .number(0.5)])
      _ = try network.train(on: data, options)
      #expect(try network.parameter(at: "dense1.weight").value.doubles.allSatisfy { abs($0) < 0.05 }, "\(kind.name)")
    }
  }

  @Test func `what cannot be trained is refused`() throws {
    let data = try iris()
    let cases: [(String, (inout TrainingOptions) -> Void)] = [
      ("train: batch must be at least 1, but is 0", { $0.batch = 0 }),
      ("train: epochs must be at least 0, but is -1", { $0.epochs = -1 }),
      ("train: clip must be above 0, but is 0.0", { $0.clip = 0 }),
      ("train: patience must be at least 1, but is 0", { $0.patience = 0 }),
      ("validation must be a share between 0 and 1, or a dataset, but is 1.5", { $0.validation = .fraction(1.5) }),
    ]
    for (message, change) in cases {
      var options = try options()
      change(&options)
      #expect { try network().train(on: data, options) } throws: { ($0 as? LearningError)?.message == message }
    }
    #expect { try network().train(on: Dataset(x: data.x), options()) } throws: {
      ($0 as? LearningError)?.message == "dataset has no y to learn from"
    }
    let frozen = try network()
    frozen.setFrozen(true)
    #expect { try frozen.train(on: data, options()) } throws: {
      ($0 as? LearningError)?.message == "the network has no weights that could be trained"
    }
  }

  @Test func `evaluation and prediction agree and record nothing`() throws {
    let network = try network()
    let data = try iris()
    let results = try network.evaluate(data, loss: .crossEntropy, metrics: [.accuracy])
    let prediction = try network.predict(data.x, batch: 7)
    #expect(try distance(prediction.doubles, network.predict(data.x).doubles) < 1e-6)
    #expect(try Metric.accuracy(prediction, #require(data.y)) == results.metrics[0].value)
    #expect(results.loss > 0)
  }
}
