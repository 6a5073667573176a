/// A text with a name: a file, a cell, a line of the REPL.
public final class Source: Sendable {
  /// As people know it: `spirals.bp`, `cell 3`.
  public let name: String
  public let utf8: [UInt8]
  /// Where each line starts, as an offset in the text.
  private let lineStarts: [Int]

  public init(name: String, text: String) {
    self.name = name
    utf8 = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in utf8.enumerated() {
      let isLoneReturn = byte == UInt8(ascii: "\r") && (offset + 1 == utf8.count || utf8[offset + 1] != UInt8(ascii: "\n"))
      if byte == UInt8(ascii: "\n") || isLoneReturn { starts.append(offset + 1) }
    }
    lineStarts = starts
  }

  public func text(_ range: Range<Int>) -> String { String(decoding: utf8[range], as: UTF8.self) }

  public var lineCount: Int { lineStarts.count }

  /// The line and the column of an offset, both from 1, the column in characters.
  public func place(of offset: Int) -> (line: Int, column: Int) {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = lineStarts[low]
    return (low + 1, text(start..<min(max(offset, start), utf8.count)).count + 1)
  }

  /// A line without its end, counted from 1.
  public func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return text(start..<max(start, end))
  }
}

/// A part of a source, as offsets in its UTF-8 text.
public struct Span: Equatable, Sendable {
  public var source: Source
  private var lower: Int32
  private var upper: Int32

  public init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    lower = Int32(clamping: range.lowerBound)
    upper = Int32(clamping: range.upperBound)
  }

  public var range: Range<Int> { Int(lower)..<Int(upper) }

  /// Line and column of the first character, both from 1.
  public var start: (line: Int, column: Int) { source.place(of: Int(lower)) }

  /// Line and column behind the last character, both from 1.
  public var end: (line: Int, column: Int) { source.place(of: Int(upper)) }

  public var text: String { source.text(range) }

  /// From the earlier start to the later end of two spans of one source.
  public func joined(to other: Span) -> Span {
    Span(source, min(range.lowerBound, other.range.lowerBound)..<max(range.upperBound, other.range.upperBound))
  }

  public static func == (a: Span, b: Span) -> Bool { a.source === b.source && a.range == b.range }
}
