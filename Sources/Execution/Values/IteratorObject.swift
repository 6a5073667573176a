/// The place of a loop in something that gives its items one by one.
public final class IteratorObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken.
  /// Gives the next item, nil after the last.
  public typealias Next = () throws(RuntimeError) -> Value?

  private let advance: Next

  public init(_ advance: @escaping Next) {
    self.advance = advance
  }

  func next() throws(RuntimeError) -> Value? { try advance() }
}
