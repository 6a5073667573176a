import Gradients
import Tensors

/// Watches the layers of a network while it is trained.
struct StepMonitor {
  /// The weights by layer, as places in the list of all trainable weights.
  private let layers: [(path: String, places: [Int])]

  init(_ weights: [(path: String, parameter: Parameter)]) {
    var layers: [(path: String, places: [Int])] = []
    for (i, weight) in weights.enumerated() {
      let layer = String(weight.path[..<(weight.path.lastIndex(of: ".") ?? weight.path.endIndex)])
      if layers.last?.path == layer {
        layers[layers.count - 1].places.append(i)
      } else {
        layers.append((layer, [i]))
      }
    }
    self.layers = layers
  }

  /// Notes what a step did.
  ///
  /// - Parameters:
  ///   - before: the weights that the gradients belong to.
  ///   - after: the same ones updated.
  func note(
    gradients: [Tensor], before: [Tensor], after: [Tensor], trace: [Pass.Entry], in record: inout LayerRecord
  ) {
    for (i, layer) in layers.enumerated() {
      let norm = layer.places.reduce(0) { $0 + gradients[$1].sumOfSquares }.squareRoot()
      let change = layer.places.reduce(0) { $0 + sumOfSquaredDifferences(after[$1], before[$1]) }.squareRoot()
      let size = layer.places.reduce(0) { $0 + before[$1].sumOfSquares }.squareRoot()
      record.gradientNorm.append(norm, of: layer.path, at: i)
      record.updateRatio.append(size > 0 ? change / size : change > 0 ? .infinity : 0, of: layer.path, at: i)
    }
    // A layer that stands in two places counts where it stands first.
    var seen: Set<String> = []
    var (saturating, dying) = (0, 0)
    for entry in trace where seen.insert(entry.path).inserted {
      switch entry.activation.failing {
      case .never: continue
      case .saturated(let slope):
        record.saturated.append(share(of: entry.output.value, slopeBelow: 0.05, slope), of: entry.path, at: saturating)
        saturating += 1
      case .dead:
        record.dead.append(shareOfDeadUnits(entry.output.value), of: entry.path, at: dying)
        dying += 1
      }
    }
  }

  private func share(of output: Tensor, slopeBelow limit: Double, _ slope: (Double) -> Double) -> Double {
    let values = output.doubles
    return Double(values.count { slope($0) < limit }) / Double(max(1, values.count))
  }

  /// Units are the entries of one example.
  private func shareOfDeadUnits(_ output: Tensor) -> Double {
    let units = output.count / max(1, output.shape.dimensions.first ?? 1)
    guard units > 0 else { return 0 }
    var isAlive = [Bool](repeating: false, count: units)
    for (i, value) in output.doubles.enumerated() where value != 0 { isAlive[i % units] = true }
    return Double(isAlive.count { !$0 }) / Double(units)
  }
}

private func sumOfSquaredDifferences(_ a: Tensor, _ b: Tensor) -> Double {
  if a.dtype == .float32 {
    return zip(a.floats, b.floats).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
  }
  return zip(a.doubles, b.doubles).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}
