/// A list: shared, changeable.
public final class ListObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken. No access to the elements lasts longer than one read or write, so checking
  // exclusivity at each would only cost time.
  @exclusivity(unchecked) public var elements: [Value]

  public init(_ elements: [Value]) {
    self.elements = elements
  }

  deinit { Dismantling.dismantle(&elements) }
}

/// A tuple: shared, fixed.
public final class TupleObject: @unchecked Sendable {
  // Unchecked: the elements change only while the object dies.
  @exclusivity(unchecked) public private(set) var elements: [Value]

  public init(_ elements: [Value]) {
    self.elements = elements
  }

  deinit { Dismantling.dismantle(&elements) }
}

/// The whole numbers from `start` on in steps of `step`, before `stop`.
public final class RangeObject: Sendable {
  public let start: Int
  public let stop: Int
  public let step: Int
  public let count: Int

  /// A range with a step that is not zero; nil where it has more numbers than an `int` counts.
  public init?(start: Int, stop: Int, step: Int) {
    precondition(step != 0, "a range needs a step")
    self.start = start
    self.stop = stop
    self.step = step
    guard step > 0 ? start < stop : start > stop else {
      count = 0
      return
    }
    let distance = step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
    guard let count = Int(exactly: (distance - 1) / step.magnitude + 1) else { return nil }
    self.count = count
  }

  subscript(place: Int) -> Int { start &+ place &* step }

  func place(of number: Int) -> Int? {
    guard count > 0 else { return nil }
    let (first, last) = (self[0], self[count - 1])
    guard step > 0 ? (first...last).contains(number) : (last...first).contains(number) else { return nil }
    let distance = UInt(bitPattern: step > 0 ? number &- start : start &- number)
    return distance % step.magnitude == 0 ? Int(distance / step.magnitude) : nil
  }
}

/// What stands between the brackets of `x[start:stop:step]`; parts left out are None.
public final class SliceObject: @unchecked Sendable {
  // Unchecked: never changed; the values in it are touched with the floor taken.
  public let start: Value
  public let stop: Value
  public let step: Value

  public init(start: Value, stop: Value, step: Value) {
    self.start = start
    self.stop = stop
    self.step = step
  }
}
