/// A long loop of a native in parts: between two of them it is asked whether to stop.
///
/// ```swift
/// var parts = machine.parts(of: count)
/// while let part = try parts.next() { for place in part { … } }
/// ```
struct Parts {
  private let machine: Machine
  private let count: Int
  private var start = 0

  /// Turns between two questions: a millisecond, or some where each turn makes an object.
  static let most = 1 << 16

  init(of count: Int, in machine: Machine) {
    self.count = count
    self.machine = machine
  }

  /// The places of the next part; nil after the last. Throws KeyboardInterrupt where someone asked for it.
  @inline(__always)
  mutating func next() throws(RuntimeError) -> Range<Int>? {
    guard start < count else { return nil }
    if start > 0 { try machine.checkInterrupt() }
    let end = start + min(Self.most, count - start)
    defer { start = end }
    return start..<end
  }
}

/// The code points of a long text in parts, in the same way.
struct TextParts {
  private let text: String
  private var parts: Parts
  private var end: String.Index

  init(of text: String, in machine: Machine) {
    self.text = text
    parts = Parts(of: text.utf8.count, in: machine)
    end = text.startIndex
  }

  @inline(__always)
  mutating func next() throws(RuntimeError) -> String.UnicodeScalarView? {
    guard let part = try parts.next() else { return nil }
    if part.count == text.utf8.count { return text.unicodeScalars }
    let start = end
    // An index within a code point means the code point: both parts that meet there are cut before it.
    end = text.utf8.index(start, offsetBy: part.count)
    // A string of its own is gone over several times as fast as a part of another.
    return String(text.unicodeScalars[start..<end]).unicodeScalars
  }
}

extension Machine {
  func parts(of count: Int) -> Parts { Parts(of: count, in: self) }

  func parts(of text: String) -> TextParts { TextParts(of: text, in: self) }

  /// So many values, each made from its place.
  @inline(__always)
  func values(_ count: Int, _ value: (Int) throws(RuntimeError) -> Value) throws(RuntimeError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    var parts = parts(of: count)
    while let part = try parts.next() { for place in part { values.append(try value(place)) } }
    return values
  }

  /// Adds items at the end of others, whose room should suffice: to move millions takes too long.
  @inline(__always)
  func add<Item>(_ items: ArraySlice<Item>, to result: inout [Item]) throws(RuntimeError) {
    guard items.count > Parts.most else { return result.append(contentsOf: items) }
    var parts = parts(of: items.count)
    while let part = try parts.next() {
      result.append(contentsOf: items[(items.startIndex + part.lowerBound)..<(items.startIndex + part.upperBound)])
    }
  }

  /// The items of one row and then another.
  func joined<Item>(_ first: ArraySlice<Item>, _ second: ArraySlice<Item> = []) throws(RuntimeError) -> [Item] {
    var result: [Item] = []
    result.reserveCapacity(first.count + second.count)
    try add(first, to: &result)
    try add(second, to: &result)
    return result
  }

  /// The same items for a second holder. Many are copied here and now: left to the first change, copying could not be stopped.
  @inline(__always)
  func copied<Item>(_ items: [Item]) throws(RuntimeError) -> [Item] {
    items.count > Parts.most ? try joined(items[...]) : items
  }
}
