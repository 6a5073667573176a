import Gradients
import Tensors

/// What is watched of a step, as operations: part of it, and not a second pass.
struct StepRecord {
  /// By weight: the squares of its change, and of itself before.
  var changes: [Variable] = []
  var sizes: [Variable] = []
  /// By layer that can: the share of outputs where the slope is below 0.05.
  var saturated: [(path: String, share: Variable)] = []
  /// By layer that can: the share of units that gave 0 for the whole batch.
  var dead: [(path: String, share: Variable)] = []

  init(_ before: [Variable], _ after: [Variable], _ trace: [Pass.Entry]) throws(TensorError) {
    for (before, after) in zip(before, after) {
      changes.append(try (after - before).sumOfSquares())
      sizes.append(try before.sumOfSquares())
    }
    // A layer that stands in two places counts where it stands first.
    var seen: Set<String> = []
    for entry in trace where seen.insert(entry.path).inserted {
      switch entry.activation.failing {
      case .never: continue
      case .saturated(let slope):
        let output = entry.output
        saturated.append((entry.path, try slope(output).less(0.05).cast(to: output.dtype).mean()))
      case .dead: dead.append((entry.path, try StepRecord.shareOfDeadUnits(entry.output)))
      }
    }
  }

  /// Units are the entries of one example. What fails so is never negative, so that a sum of 0 says that all were.
  private static func shareOfDeadUnits(_ output: Variable) throws(TensorError) -> Variable {
    let total = output.shape.rank > 0 ? try output.sum(axes: [0]) : output
    return try total.equal(0).cast(to: output.dtype).mean()
  }
}
