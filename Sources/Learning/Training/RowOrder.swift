import Tensors

/// Which rows each step of a training takes.
final class RowOrder {
  let division: EpochDivision
  private let training: Dataset
  private let options: TrainingOptions
  // The order of the epoch that was asked for last.
  private var epoch = -1
  private var rows: [Int] = []

  init(_ training: Dataset, _ options: TrainingOptions) {
    self.training = training
    self.options = options
    division = EpochDivision(rows: training.count, batch: options.batch)
  }

  /// - Parameter step: from 0.
  func rows(ofStep step: Int) throws(LearningError) -> ArraySlice<Int> {
    let (epoch, place) = step.quotientAndRemainder(dividingBy: division.steps)
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
}

/// How an epoch falls into steps.
struct EpochDivision {
  let rows: Int
  let batch: Int

  var steps: Int { (rows + batch - 1) / batch }

  /// The mean over an epoch's rows of its steps' losses; the last batch may be smaller, so it counts for less.
  ///
  /// - Parameters:
  ///   - epoch: from 0.
  ///   - losses: of all steps.
  func meanLoss(ofEpoch epoch: Int, _ losses: StepSeries) -> Double {
    let last = (epoch + 1) * steps - 1
    var sum = 0.0
    for step in epoch * steps..<last { sum += losses[step] }
    return (sum * Double(batch) + losses[last] * Double(rows - (steps - 1) * batch)) / Double(rows)
  }
}
