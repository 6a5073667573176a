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
    let start = place * options.batch
    return rows[start..<start + min(options.batch, training.count - start)]
  }
}

/// How an epoch falls into steps.
struct EpochDivision {
  let rows: Int
  let batch: Int

  var steps: Int { rows == 0 ? 0 : (rows - 1) / batch + 1 }

  /// Those of some epochs, or as many as can be counted.
  func steps(ofEpochs epochs: Int) -> Int {
    let (product, isTooLarge) = steps.multipliedReportingOverflow(by: epochs)
    return isTooLarge ? .max : product
  }

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
