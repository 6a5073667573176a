import Tensors

/// Changes one entry of a tensor after the other and watches a function's value.
struct Probe {
  private let start: [Double]
  private let shape: Shape

  init(_ tensor: Tensor) {
    start = tensor.doubles
    shape = tensor.shape
  }

  /// The comparison at every entry; `value` computes the function with a changed tensor.
  func entries(
    argument: Int, gradient: Tensor, value: (Tensor) throws -> Double
  ) throws -> [GradientCheck.Entry] {
    let gradients = gradient.doubles
    var entries: [GradientCheck.Entry] = []
    for place in start.indices {
      let at = { (offset: Double) in
        var changed = start
        changed[place] += offset
        return try value(try Tensor(changed, shape: shape, dtype: .float64))
      }
      let estimate = try CentralDifference(of: at, scale: max(1, abs(start[place])))
      entries.append(
        .init(
          argument: argument, index: index(of: place), value: start[place], gradient: gradients[place],
          difference: estimate.slope, uncertainty: estimate.uncertainty, isKink: estimate.isKink))
    }
    return entries
  }

  private func index(of place: Int) -> [Int] {
    var rest = place
    var index: [Int] = []
    for size in shape.dimensions.reversed() {
      index.append(rest % size)
      rest /= size
    }
    return index.reversed()
  }
}
