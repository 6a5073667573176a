extension Value {
  /// The text that `print` and `str` show.
  ///
  /// - Parameter machine: The one that is asked for an interrupt where the value is large.
  public func text(in machine: Machine? = nil) throws(RuntimeError) -> String {
    switch self {
    case .string(let text): text.text
    case .int(let number): String(number)
    case .exception(let exception): exception.message
    default: try representation(in: machine)
    }
  }

  /// The text that `repr` and containers show.
  public func representation(in machine: Machine? = nil) throws(RuntimeError) -> String {
    var writer = RepresentationWriter(machine: machine)
    try writer.write(self)
    return writer.text
  }

  /// The text that `repr` shows, cut at about so many bytes; takes no longer for a large value than for a small one.
  public func preview(bytes limit: Int) -> String {
    var writer = RepresentationWriter(limit: limit)
    // What could be written before the error is still of use.
    try? writer.write(self)
    return writer.text
  }

  /// What the value shows of itself as a cell's result.
  public func representations() throws(RuntimeError) -> Representations {
    if case .foreign(let object) = boxed { return try object.representations() }
    return Representations(text: try representation())
  }
}

/// Writes Python's `repr`, with `[...]` for a container within itself.
private struct RepresentationWriter {
  var text = ""
  /// Beyond this many bytes nothing more of a container or a string is written.
  private let limit: Int
  private let machine: Machine?
  private var open: [ObjectIdentifier] = []

  init(limit: Int = .max, machine: Machine? = nil) {
    self.limit = limit
    self.machine = machine
  }

  private var isFull: Bool { text.utf8.count >= limit }

  mutating func write(_ value: Value) throws(RuntimeError) {
    switch value {
    case .unbound: text += "unbound"
    case .none: text += "None"
    case .ellipsis: text += "Ellipsis"
    case .bool(let truth): text += truth ? "True" : "False"
    case .int(let number): text += String(number)
    case .float(let number): text += FloatText.repr(number)
    case .string(let string) where string.text.utf8.count > limit:
      text += StringObject(scalars: string.text.unicodeScalars.prefix(limit)).quoted + "…"
    case .string(let string): try write(string)
    case .list(let list):
      try within(list, shown: "[...]") { (writer) throws(RuntimeError) in
        writer.text += "["
        try writer.write(list.elements)
        writer.text += "]"
      }
    case .tuple(let tuple):
      try within(tuple, shown: "(...)") { (writer) throws(RuntimeError) in
        writer.text += "("
        try writer.write(tuple.elements)
        writer.text += tuple.elements.count == 1 ? ",)" : ")"
      }
    case .dict(let dict):
      try within(dict, shown: "{...}") { (writer) throws(RuntimeError) in try writer.write(dict) }
    case .range(let range):
      text += "range(\(range.start), \(range.stop)" + (range.step == 1 ? ")" : ", \(range.step))")
    case .slice(let slice):
      text += "slice("
      try write([slice.start, slice.stop, slice.step])
      text += ")"
    case .function(let function): text += "<function \(function.name)>"
    case .native(let function): text += "<function \(function.name)>"
    case .method(let method): text += "<function \(method.function.name)>"
    case .type(let type): text += type.name
    case .module(let module): text += "<module \(module.name)>"
    case .exception(let exception): text += try exception.representation()
    case .foreign(let object): text += try object.text()
    case .entry(let row, let place): text += try row.object(at: place).text()
    case .iterator, .cell: text += "<\(value.typeName)>"
    }
  }

  private mutating func write(_ string: StringObject) throws(RuntimeError) {
    guard let machine, string.text.utf8.count > Parts.most else { return text += string.quoted }
    let quote = string.quote
    text.unicodeScalars.append(quote)
    var parts = machine.parts(of: string.text)
    while let part = try parts.next() { text += part.escaped(within: quote) }
    text.unicodeScalars.append(quote)
  }

  private mutating func write(_ elements: [Value]) throws(RuntimeError) {
    for (place, element) in elements.enumerated() {
      try machine?.checkInterrupt()
      if place > 0 { text += ", " }
      if isFull { return text += "…" }
      try write(element)
    }
  }

  private mutating func write(_ dict: DictObject) throws(RuntimeError) {
    text += "{"
    var isFirst = true
    for (key, value) in dict.lazyPairs {
      try machine?.checkInterrupt()
      if !isFirst { text += ", " }
      isFirst = false
      if isFull {
        text += "…"
        break
      }
      try write(key)
      text += ": "
      try write(value)
    }
    text += "}"
  }

  private mutating func within(
    _ object: AnyObject, shown: String, _ body: (inout RepresentationWriter) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    let identity = ObjectIdentifier(object)
    guard !open.contains(identity) else {
      text += shown
      return
    }
    guard open.count < Value.nestingLimit else { throw RuntimeError.nestedTooDeep("print") }
    open.append(identity)
    try body(&self)
    open.removeLast()
  }
}

extension ExceptionObject {
  func representation() throws(RuntimeError) -> String {
    let argument = try self.argument.map { (value) throws(RuntimeError) in try value.representation() }
    return kind.rawValue + "(" + (argument ?? (message.isEmpty ? "" : StringObject(message).quoted)) + ")"
  }
}

extension StringObject {
  /// The text between quotes, with escapes where Python writes them.
  var quoted: String {
    let quote = quote
    return "\(quote)\(text.unicodeScalars.escaped(within: quote))\(quote)"
  }

  /// The quotes that need the fewest escapes.
  fileprivate var quote: Unicode.Scalar {
    text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
  }
}

extension Sequence<Unicode.Scalar> {
  /// The code points with escapes where Python writes them.
  fileprivate func escaped(within quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in self {
      switch scalar {
      case "\\", quote: result.append(contentsOf: "\\\(scalar)".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      default:
        if scalar.isPrintable { result.append(scalar) } else { result.append(contentsOf: scalar.escape.unicodeScalars) }
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether `repr` shows the code point as it is.
  var isPrintable: Bool {
    if isASCII { return value >= 0x20 && value != 0x7f }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  var escape: String {
    let (mark, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
    let digits = String(value, radix: 16)
    return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
  }
}
