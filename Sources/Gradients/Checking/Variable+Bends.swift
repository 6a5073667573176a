import Tensors

extension Variable {
  /// The operations that this was computed by and that have no derivative where they were applied, the first one first.
  func bends() throws -> [GradientCheck.Bend] {
    guard isTracked else { return [] }
    return try Sweep(from: self).nodes.compactMap { node in
      guard let operation = node.operation else { return nil }
      let count = try node.entriesAtKinks(of: operation)
      return count == 0 ? nil : GradientCheck.Bend(operation: operation, site: node.site, count: count)
    }
  }

  private func entriesAtKinks(of operation: Operation) throws -> Int {
    switch operation.kinks {
    case .none: return 0
    case .at(let kinks):
      let places = kinks(attributes)
      return inputs[0].value.doubles.count { entry in places.contains { isNear(entry, $0) } }
    case .whereEqual:
      let (a, b) = (try inputs[0].value.expand(to: shape), try inputs[1].value.expand(to: shape))
      return zip(a.doubles, b.doubles).count { isNear($0, $1) }
    }
  }

  /// Whether two numbers are closer than the smallest step of a central difference.
  private func isNear(_ a: Double, _ b: Double) -> Bool { Swift.abs(a - b) <= 1e-5 * Swift.max(1, Swift.abs(b)) }
}
