import CAllocations
import Gradients
import Tensors
import Testing

@testable import Learning

/// What a long training keeps: eight bytes a step, 128 KiB a layer.
@Suite struct HistoryTests {
  @Test(arguments: [1, 63, 64, 4095, 4096, 4097, 20_000])
  func `a series gives back what it took`(count: Int) {
    let changing = (0..<count).map { Double($0) * 0.1 }
    let stepwise = (0..<count).map { Double($0 / 3000) }
    for values in [changing, stepwise] {
      var series = StepSeries()
      for value in values { series.append(value) }
      #expect(series.count == count && Array(series) == values && series.last == values.last)
      #expect(Array(series.suffix(5)) == values.suffix(5))
    }
  }

  @Test func `a series of losses takes eight bytes a step, and one of an unchanged rate nothing`() {
    let steps = 100_000
    var (losses, rates) = (StepSeries(), StepSeries())
    let bytes = grown {
      for step in 0..<steps {
        losses.append(1 / Double(step + 1))
        rates.append(0.01)
      }
    }
    #expect(losses.count == steps && rates.count == steps)
    #expect(bytes >= 8 * steps && bytes <= 8 * steps + 64 << 10)
  }

  @Test func `the record of a layer takes at most 128 KiB`() {
    for steps in [100, 4096, 4097, 50_000] {
      var record = LayerRecord()
      let bytes = grown {
        for step in 1...steps where record.wants(step) {
          record.begin(step)
          record.gradientNorm.append(1, of: "dense1", at: 0)
          record.updateRatio.append(2, of: "dense1", at: 0)
          record.saturated.append(3, of: "dense1", at: 0)
        }
      }
      #expect(record.gradientNorm.all[0].values.count == record.steps.count)
      #expect(bytes <= 128 << 10)
    }
  }

  @Test func `the median of many steps is drawn from all of them`() {
    var clock = TrainingClock()
    // Every tenth step takes long, and the later half of the others three times as long as the first.
    for step in 0..<100_000 { clock.note(step % 10 == 0 ? 9 : step < 50_000 ? 1 : 3) }
    #expect(clock.medianStep == 3 || clock.medianStep == 1)
    for _ in 0..<100_000 { clock.note(3) }
    #expect(clock.medianStep == 3)
  }

  /// The steps of a run one by one, in epochs of one step, are all there is of it.
  @Test func `a training of many steps keeps its losses and little else`() throws {
    let data = try Dataset(x: Tensor([0.0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2]), y: Tensor([0.0, 1, 1, 0]))
    func run(_ steps: Int) throws -> Int {
      let network = try Network([.dense(2, .tanh), .dense(1)], stream: RandomStream(seed: 0))
      var options = TrainingOptions(loss: .mse, optimizer: try Optimizer(.sgd, ["lr": .number(0.01)]))
      options.epochs = steps
      var kept: Run?
      let bytes = try grown { kept = try network.train(on: data, options) }
      #expect(kept?.steps == steps && kept?.epochLoss == kept?.loss)
      return bytes
    }
    _ = try run(100)
    let (few, many) = (try run(5000), try run(45_000))
    #expect(many - few <= 40_000 * 8 + 32 << 10)
  }
}

/// The most bytes that are held more during `body` than before it.
private func grown(_ body: () throws -> Void) rethrows -> Int {
  let before = bp_bytes_held()
  bp_forget_most_bytes()
  try body()
  return bp_most_bytes_held() - before
}
