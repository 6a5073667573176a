import Diagnostics

extension Lexer {
  /// A string from its first quotation mark on; `prefix` are the letters before it.
  mutating func readString(prefix: Range<Int>) {
    let letters = text(prefix).lowercased()
    let start = prefix.lowerBound
    let quote = bytes[position]
    let isLong = position + 2 < limit && bytes[position + 1] == quote && bytes[position + 2] == quote
    position += isLong ? 3 : 1
    let inside = position
    guard let end = findEnd(quote, isLong: isLong, opening: start..<inside) else { return add(.string(""), start..<position) }
    position = end + (isLong ? 3 : 1)
    if letters.contains("b") {
      report("there are no byte strings", start..<position, help: "leave out the b")
      return add(.string(""), start..<position)
    }
    let isRaw = letters.contains("r")
    if letters.contains("f") {
      var reader = FormattedReader(lexer: self, quote: quote, isLong: isLong, isRaw: isRaw)
      let pieces = reader.read(inside..<end, depth: 0)
      diagnostics += reader.diagnostics
      add(.formatted(pieces), start..<position)
    } else {
      add(.string(isRaw ? rawText(inside..<end) : unescaped(inside..<end, &diagnostics)), start..<position)
    }
  }

  /// Where the closing quotation mark begins.
  private mutating func findEnd(_ quote: UInt8, isLong: Bool, opening: Range<Int>) -> Int? {
    var place = position
    while place < limit {
      switch bytes[place] {
      case UInt8(ascii: "\\"): place += isLineEnd(at: place + 1) == 2 ? 3 : 2
      case UInt8(ascii: "\n") where !isLong, 0x0D where !isLong:
        position = place
        reportOpenLine(opening)
        return nil
      case quote where !isLong: return place
      case quote where place + 2 < limit && bytes[place + 1] == quote && bytes[place + 2] == quote: return place
      default: place += 1
      }
    }
    position = limit
    openString = opening
    guard isLong else {
      reportOpenLine(opening)
      return nil
    }
    isUnfinished = true
    report("this string is never closed", opening, help: "close it with three quotes, as it was opened", .runsOn)
    return nil
  }

  private mutating func reportOpenLine(_ opening: Range<Int>) {
    report(
      "this string is not closed before the end of its line", opening,
      help: "close it with \(text(opening).suffix(1)), or write a long one with \"\"\"")
  }

  /// The bytes of the line end at a place: 2 for `\r\n`, 1 for another, 0 if there is none.
  private func isLineEnd(at place: Int) -> Int {
    guard place < limit else { return 0 }
    if bytes[place] == 0x0D { return place + 1 < limit && bytes[place + 1] == 0x0A ? 2 : 1 }
    return bytes[place] == 0x0A ? 1 : 0
  }

  /// The text as it stands; line ends are `\n`.
  func rawText(_ range: Range<Int>) -> String {
    guard bytes[range].contains(0x0D) else { return text(range) }
    var out: [UInt8] = []
    for place in range where !(bytes[place] == 0x0A && place > range.lowerBound && bytes[place - 1] == 0x0D) {
      out.append(bytes[place] == 0x0D ? 0x0A : bytes[place])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The text with its escapes replaced.
  func unescaped(_ range: Range<Int>, _ diagnostics: inout [Diagnostic]) -> String {
    guard bytes[range].contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0x0D }) else { return text(range) }
    var out: [UInt8] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      guard byte == UInt8(ascii: "\\"), place + 1 < range.upperBound else {
        out.append(byte == 0x0D ? 0x0A : byte)
        place += max(1, isLineEnd(at: place))
        continue
      }
      let escape = bytes[place + 1]
      let start = place
      place += 2
      switch escape {
      case UInt8(ascii: "\n"): break
      case 0x0D: if place < range.upperBound, bytes[place] == 0x0A { place += 1 }
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "a"): out.append(7)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "v"): out.append(11)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): out.append(escape)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        place -= 1
        var value: UInt32 = 0
        var count = 0
        while count < 3, place < range.upperBound, (0x30...0x37).contains(bytes[place]) {
          value = value * 8 + UInt32(bytes[place] - 0x30)
          place += 1
          count += 1
        }
        append(value, to: &out)
      case UInt8(ascii: "x"): hex(2, start, &place, range, &out, &diagnostics)
      case UInt8(ascii: "u"): hex(4, start, &place, range, &out, &diagnostics)
      case UInt8(ascii: "U"): hex(8, start, &place, range, &out, &diagnostics)
      case UInt8(ascii: "N"):
        diagnostics.append(
          .grammar(
            "characters cannot be written by name", at: Span(source, start..<place),
            help: "write the character itself, or its number as \\u03b1"))
      default: out += [byte, escape]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func append(_ value: UInt32, to out: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(value) else { return }
    out += Array(String(scalar).utf8)
  }

  private func hex(
    _ count: Int, _ start: Int, _ place: inout Int, _ range: Range<Int>, _ out: inout [UInt8], _ diagnostics: inout [Diagnostic]
  ) {
    let end = min(place + count, range.upperBound)
    let digits = text(place..<end)
    guard digits.utf8.count == count, let value = UInt32(digits, radix: 16), Unicode.Scalar(value) != nil,
      !digits.hasPrefix("+"), !digits.hasPrefix("-")
    else {
      diagnostics.append(
        .grammar(
          "\(text(start..<start + 2)) wants \(count) hexadecimal digits of a character", at: Span(source, start..<end),
          help: "write \\\\ for a backslash, or the digits: \\u03b1"))
      place = end
      return
    }
    append(value, to: &out)
    place = end
  }
}

/// Reads the inside of an f-string: texts, and where the expressions in braces begin and end.
///
/// As in Python 3.11 an expression holds neither a backslash nor the string's own quotation mark, and no comment.
struct FormattedReader {
  let lexer: Lexer
  let quote: UInt8
  let isLong: Bool
  let isRaw: Bool
  var diagnostics: [Diagnostic] = []

  mutating func read(_ range: Range<Int>, depth: Int) -> [FormattedPiece] {
    var pieces: [FormattedPiece] = []
    var place = range.lowerBound
    var textStart = place
    func flush(_ end: Int, _ reader: inout FormattedReader) {
      guard textStart < end else { return }
      let text =
        reader.isRaw ? reader.lexer.rawText(textStart..<end) : reader.lexer.unescaped(textStart..<end, &reader.diagnostics)
      pieces.append(.text(text))
    }
    while place < range.upperBound {
      switch lexer.bytes[place] {
      case UInt8(ascii: "\\") where !isRaw && place + 1 < range.upperBound: place += 2
      case UInt8(ascii: "{"):
        if depth == 0, place + 1 < range.upperBound, lexer.bytes[place + 1] == UInt8(ascii: "{") {
          flush(place + 1, &self)
          place += 2
          textStart = place
          continue
        }
        flush(place, &self)
        pieces += readValue(&place, range, depth)
        textStart = place
      case UInt8(ascii: "}"):
        if place + 1 < range.upperBound, lexer.bytes[place + 1] == UInt8(ascii: "}") {
          flush(place + 1, &self)
          place += 2
        } else {
          flush(place, &self)
          report("a single } stands in this f-string", place..<place + 1, help: "write }} for a brace")
          place += 1
        }
        textStart = place
      default: place += 1
      }
    }
    flush(min(place, range.upperBound), &self)
    return pieces
  }

  /// `{value=!r:spec}`, from its brace on.
  private mutating func readValue(_ place: inout Int, _ range: Range<Int>, _ depth: Int) -> [FormattedPiece] {
    let open = place
    place += 1
    let start = place
    guard depth < 2 else {
      report("formats are nested too deep", open..<place, help: "compute the width before, and put its name here")
      place = range.upperBound
      return []
    }
    guard let end = expressionEnd(&place, range, open) else { return [] }
    var valueEnd = end
    var pieces: [FormattedPiece] = []
    var conversion: Expression.Conversion?
    if let equals = debugSign(start, end) {
      pieces.append(.text(lexer.text(start..<end)))
      valueEnd = equals
      // Without a conversion or a format of its own the value is shown as `repr` shows it.
      let isPlain = place < range.upperBound && lexer.bytes[place] == UInt8(ascii: "}")
      conversion = isPlain ? .representation : nil
    }
    if lexer.text(start..<valueEnd).allSatisfy(\.isWhitespace) {
      report("there is nothing between these braces", open..<min(end + 1, range.upperBound), help: "write {{ for a brace")
    }
    if place < range.upperBound, lexer.bytes[place] == UInt8(ascii: "!") {
      let letter = place + 1 < range.upperBound ? lexer.text(place + 1..<place + 2) : ""
      if let known = Expression.Conversion(rawValue: letter) {
        conversion = known
        place += 2
      } else {
        report(
          "behind ! stands r, s or a", place..<min(place + 2, range.upperBound), help: "!r shows a value as repr(x) does")
        place = min(place + 2, range.upperBound)
      }
    }
    var spec: [FormattedPiece] = []
    if place < range.upperBound, lexer.bytes[place] == UInt8(ascii: ":") {
      let specStart = place + 1
      place = specEnd(specStart, range)
      spec = read(specStart..<place, depth: depth + 1)
    }
    guard place < range.upperBound, lexer.bytes[place] == UInt8(ascii: "}") else {
      report(
        "this brace is never closed", open..<open + 1,
        help: "close it with }, with no \(Character(Unicode.Scalar(quote))) between; {{ is a brace itself", .runsOn)
      place = range.upperBound
      return pieces
    }
    place += 1
    return pieces + [.value(start..<valueEnd, conversion: conversion, spec: spec)]
  }

  /// The end of an expression: a `}`, `!` or `:` that is not within brackets or quotes.
  private mutating func expressionEnd(_ place: inout Int, _ range: Range<Int>, _ open: Int) -> Int? {
    var depth = 0
    while place < range.upperBound {
      let byte = lexer.bytes[place]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "}") where depth > 0: depth -= 1
      case UInt8(ascii: "}"): return place
      case UInt8(ascii: "!") where depth == 0 && !(place + 1 < range.upperBound && lexer.bytes[place + 1] == UInt8(ascii: "=")):
        return place
      case UInt8(ascii: ":") where depth == 0: return place
      case UInt8(ascii: "\\"), UInt8(ascii: "#"):
        report(
          "an expression in an f-string holds no \(byte == UInt8(ascii: "#") ? "#" : "backslash")", place..<place + 1,
          help: "compute it before, and put its name here")
        place = range.upperBound
        return nil
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        let closing = place + 1 < range.upperBound ? lexer.bytes[place + 1..<range.upperBound].firstIndex(of: byte) : nil
        if let closing, let backslash = lexer.bytes[place..<closing].firstIndex(of: UInt8(ascii: "\\")) {
          place = backslash
          continue
        }
        guard let closing else {
          report(
            "this string is not closed within the braces", place..<place + 1,
            help: "within braces use the other quotation mark: f\"{d['key']}\"")
          place = range.upperBound
          return nil
        }
        place = closing
      default: break
      }
      place += 1
    }
    report(
      "this brace is never closed", open..<open + 1,
      help: "close it with }, with no \(Character(Unicode.Scalar(quote))) between; {{ is a brace itself", .runsOn)
    return nil
  }

  private func specEnd(_ start: Int, _ range: Range<Int>) -> Int {
    var depth = 0
    var place = start
    while place < range.upperBound {
      if lexer.bytes[place] == UInt8(ascii: "{") { depth += 1 }
      if lexer.bytes[place] == UInt8(ascii: "}") {
        if depth == 0 { return place }
        depth -= 1
      }
      place += 1
    }
    return place
  }

  /// Where the `=` of `{value=}` stands.
  private func debugSign(_ start: Int, _ end: Int) -> Int? {
    var place = end
    while place > start, lexer.bytes[place - 1] == 0x20 { place -= 1 }
    guard place > start + 1, lexer.bytes[place - 1] == UInt8(ascii: "="),
      ![UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">")].contains(lexer.bytes[place - 2])
    else { return nil }
    return place - 1
  }

  private mutating func report(
    _ message: String, _ range: Range<Int>, help: String, _ consequence: Diagnostic.Consequence = .none
  ) {
    diagnostics.append(.grammar(message, at: Span(lexer.source, range), help: help, consequence))
  }
}
