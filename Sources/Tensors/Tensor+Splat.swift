extension Tensor {
  /// The number that every element equals; none if they differ, or there are none.
  public var splat: Double? {
    switch dtype {
    case .float32: same(Float.self).map(Double.init)
    case .float64: same(Double.self)
    case .int64: same(Int.self).flatMap { Double(exactly: $0) }
    case .bool: same(Bool.self).map { $0 ? 1 : 0 }
    }
  }

  private func same<T: Element & Equatable>(_: T.Type) -> T? {
    withElements(T.self) { elements in
      guard let first = elements.first, elements.allSatisfy({ $0 == first }) else { return nil }
      return first
    }
  }
}
