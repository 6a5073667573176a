import Tensors

/// Which rows each step of a training takes.
final class RowOrder {
  let stepsPerEpoch: Int
  private let training: Dataset
  private let options: TrainingOptions
  // The order of the epoch that was asked for last.
  private var epoch = -1
  private var rows: [Int] = []

  init(_ training: Dataset, _ options: TrainingOptions) {
    self.training = training
    self.options = options
    stepsPerEpoch = (training.count + options.batch - 1) / options.batch
  }

  /// - Parameter step: from 0.
  func rows(ofStep step: Int) throws(LearningError) -> ArraySlice<Int> {
    let (epoch, place) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    if epoch != self.epoch {
      if options.shuffle {
        rows = try training.order(from: options.shuffling(epoch))
      } else if rows.isEmpty {
        rows = Array(0..<training.count)
      }
      self.epoch = epoch
    }
    return rows[place * options.batch..<min((place + 1) * options.batch, training.count)]
  }

  /// The mean over an epoch's rows of its steps' losses; the last batch may be smaller, so it counts for less.
  func mean(of losses: ArraySlice<Double>) -> Double {
    let last = training.count - (stepsPerEpoch - 1) * options.batch
    let sum = losses.dropLast().reduce(0, +) * Double(options.batch) + (losses.last ?? 0) * Double(last)
    return sum / Double(training.count)
  }
}
