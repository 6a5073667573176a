/// `"{} and {name:>5}".format(…)`: text with fields between braces.
struct TemplateFormatter {
  private let call: Call
  private let values: [Value]
  private let named: [String: Value]
  private var rest: Substring.UnicodeScalarView
  private var nextPlace = 0

  init(_ call: Call) throws(RuntimeError) {
    self.call = call
    values = call.rest(1)
    named = Dictionary(call.keywords(2).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    rest = Substring(try call.string(0)).unicodeScalars
  }

  mutating func formatted() throws(RuntimeError) -> String {
    var text = ""
    while let scalar = rest.popFirst() {
      try call.machine.checkInterrupt()
      switch scalar {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        rest.removeFirst()
        text.unicodeScalars.append(scalar)
      case "{": text += try field(nesting: 0)
      case "}": throw RuntimeError(.valueError, "a } stands alone in the format", help: "write }} for a brace")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  func result() throws(RuntimeError) -> String {
    var copy = self
    return try copy.formatted()
  }

  /// The field whose opening brace was read.
  private mutating func field(nesting: Int) throws(RuntimeError) -> String {
    guard nesting < 2 else { throw RuntimeError(.valueError, "the fields of a format are nested too deep") }
    let name = take { !"!:{}".unicodeScalars.contains($0) }
    let value = try value(of: name)
    var conversion: Unicode.Scalar?
    if rest.first == "!" {
      rest.removeFirst()
      conversion = rest.popFirst()
    }
    var spec = ""
    if rest.first == ":" {
      rest.removeFirst()
      while let scalar = rest.first, scalar != "}" {
        rest.removeFirst()
        if scalar == "{" { spec += try field(nesting: nesting + 1) } else { spec.unicodeScalars.append(scalar) }
      }
    }
    guard rest.popFirst() == "}" else {
      throw RuntimeError(.valueError, "a field of the format lacks its }", help: "write {{ for a brace")
    }
    switch conversion {
    case nil: return try call.machine.format(value, spec)
    case "s": return try call.machine.format(.string(value.text(in: call.machine)), spec)
    case "r": return try call.machine.format(.string(value.representation(in: call.machine)), spec)
    case "a": return try call.machine.format(.string(call.machine.escapedToASCII(value.representation(in: call.machine))), spec)
    case .some(let letter): throw RuntimeError(.valueError, "!\(letter) is no conversion", help: "there are !s, !r and !a")
    }
  }

  private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
    let part = rest.prefix(while: isPart)
    rest = rest[part.endIndex...]
    return String(part)
  }

  /// The value of a field's name: a place, a name, with `.attribute` and `[item]` after it.
  private mutating func value(of name: String) throws(RuntimeError) -> Value {
    let head = name.prefix { $0 != "." && $0 != "[" }
    var value: Value
    if head.isEmpty || Int(head) != nil {
      let place = Int(head) ?? nextPlace
      if head.isEmpty { nextPlace += 1 }
      guard values.indices.contains(place) else {
        throw RuntimeError(.indexError, "the format wants value \(place), counted from 0, but is given \(values.count)")
      }
      value = values[place]
    } else if let given = named[String(head)] {
      value = given
    } else {
      throw RuntimeError(.keyError, "'\(head)'", help: "give it: .format(\(head)=...)")
    }
    var steps = name.dropFirst(head.count)
    while let first = steps.first {
      steps.removeFirst()
      if first == "." {
        let attribute = steps.prefix { $0 != "." && $0 != "[" }
        steps = steps.dropFirst(attribute.count)
        value = try call.machine.attribute(of: value, String(attribute))
      } else {
        let key = steps.prefix { $0 != "]" }
        steps = steps.dropFirst(key.count + 1)
        value = try call.machine.item(of: value, at: Int(key).map { .int($0) } ?? .string(String(key)))
      }
    }
    return value
  }
}
