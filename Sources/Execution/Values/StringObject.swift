/// A string: a sequence of Unicode code points, as in Python.
///
/// Swift compares strings by canonical equivalence and counts grapheme clusters; here code points count, so everything goes
/// through UTF-8 bytes or Unicode scalars. Text of ASCII alone is reached by place in constant time, other text after its
/// scalars were laid out once.
public final class StringObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken, also the lazily filled fields.
  public private(set) var text: String
  /// The number of code points.
  public private(set) var count: Int
  private var laidOut: [Unicode.Scalar]?
  private var storedHash: Int?
  public private(set) var isASCII: Bool

  public init(_ text: String) {
    self.text = text
    count = Self.count(text.utf8.span)
    isASCII = count == text.utf8.count
  }

  init(ascii text: String) {
    self.text = text
    count = text.utf8.count
    isASCII = true
  }

  /// One string after another.
  init(_ a: StringObject, _ b: StringObject) {
    text = a.text + b.text
    count = a.count + b.count
    isASCII = a.isASCII && b.isASCII
  }

  convenience init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(String(view))
  }

  public var isEmpty: Bool { text.utf8.isEmpty }

  /// The code points, laid out for access by place.
  var scalars: [Unicode.Scalar] {
    if let laidOut { return laidOut }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(count)
    scalars.append(contentsOf: text.unicodeScalars)
    laidOut = scalars
    return scalars
  }

  /// Lays a long text out in parts, before its code points are reached by place.
  func layOut(in machine: Machine) throws(RuntimeError) {
    guard laidOut == nil, count > Parts.most else { return }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(count)
    var parts = machine.parts(of: text)
    while let part = try parts.next() { scalars.append(contentsOf: part) }
    laidOut = scalars
  }

  /// The code point at a place from 0 to `count - 1`.
  func scalar(at place: Int) -> Unicode.Scalar {
    if isASCII {
      let utf8 = text.utf8
      return Unicode.Scalar(utf8[utf8.index(utf8.startIndex, offsetBy: place)])
    }
    return scalars[place]
  }

  /// The string of the one code point at a place from 0 to `count - 1`.
  func character(at place: Int) -> StringObject {
    Self.character(scalar(at: place))
  }

  /// The string of one code point; those of ASCII are shared.
  static func character(_ scalar: Unicode.Scalar) -> StringObject {
    scalar.isASCII ? asciiCharacters[Int(scalar.value)] : StringObject(String(Character(scalar)))
  }

  /// The code points from one place up to another, both within `0...count`.
  func part(_ range: Range<Int>) -> StringObject {
    if isASCII {
      let utf8 = text.utf8
      let lower = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
      let upper = utf8.index(lower, offsetBy: range.count)
      return StringObject(ascii: String(text[lower..<upper]))
    }
    return StringObject(scalars: scalars[range])
  }

  /// The code points in UTF-8: bytes that continue one do not count.
  static func count(_ bytes: Span<UInt8>) -> Int {
    var count = 0
    for place in bytes.indices where bytes[place] & 0xc0 != 0x80 { count += 1 }
    return count
  }

  /// Adds text at the end, in place: only for an object that nobody else holds.
  func append(_ other: StringObject) {
    text += other.text
    count += other.count
    isASCII = isASCII && other.isASCII
    laidOut = nil
    storedHash = nil
  }

  // Shared by the machines of all threads: what is filled in lazily is filled in here, and never written again.
  private static let asciiCharacters = (0..<128).map {
    let character = StringObject(ascii: String(Unicode.Scalar(UInt8($0))))
    character.laidOut = [Unicode.Scalar(UInt8($0))]
    _ = character.keyHash
    return character
  }
}

extension StringObject: Hashable {
  public static func == (a: StringObject, b: StringObject) -> Bool {
    if a === b { return true }
    // Canonical equivalence is bytewise equality only within ASCII.
    return a.isASCII && b.isASCII ? a.text == b.text : a.text.utf8.elementsEqual(b.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(keyHash)
  }

  /// A hash of the bytes (FNV-1a), computed once.
  var keyHash: Int {
    if let storedHash { return storedHash }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let result = Int(truncatingIfNeeded: hash)
    storedHash = result
    return result
  }

  /// Whether this string comes before another, by code points.
  func precedes(_ other: StringObject) -> Bool {
    // UTF-8 keeps the order of code points.
    text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }
}
