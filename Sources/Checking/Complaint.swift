import Diagnostics

/// What is wrong with the arguments of a call, in words that are the same before anything runs and while it runs.
public struct Complaint: Equatable, Sendable {
  /// The name of the error's kind.
  public var kind: String
  public var message: String
  public var help: String?

  public init(_ kind: String, _ message: String, help: String?) {
    self.kind = kind
    self.message = message
    self.help = help
  }
}

extension Complaint {
  /// An argument is not what its parameter wants.
  public init(_ given: Given, as parameter: Parameter, of function: String, _ signature: Signature) {
    let wanted = parameter.wants
    // The caret shows which it is; a name of one or two letters would say no more.
    let isPlain = parameter.name.count <= 2 || parameter.kind == .rest || wanted.noun.hasSuffix(" \(parameter.name)")
    let noun = isPlain && wanted.noun.hasSuffix(",") ? String(wanted.noun.dropLast()) : wanted.noun
    let isOfKind = wanted.fits(type: given.type) && (wanted.bounds != nil || !wanted.choices.isEmpty)
    self.init(
      isOfKind ? "ValueError" : "TypeError",
      "\(function) wants \(noun)\(isPlain ? "" : " as \(parameter.name)"), but gets \(given.noun)",
      help: Complaint.help(given, wanted, parameter) ?? "\(function)\(signature.brief)")
  }

  /// An item of a list is not what the parameter wants there.
  public init(_ given: Given, in wanted: Wanted, of parameter: Parameter, of function: String, _ signature: Signature) {
    self.init(
      "TypeError", "\(function) wants \(wanted.noun) in \(parameter.name), but gets \(given.noun)",
      help: Complaint.help(given, wanted, parameter) ?? "\(function)\(signature.brief)")
  }

  /// A parameter wants a function itself, but gets what a call of it gives.
  static func called(_ name: String, as parameter: Parameter, of function: String) -> Complaint {
    let role = parameter.kind == .rest ? "" : " as \(parameter.name)"
    return Complaint(
      "TypeError", "\(function) wants the function \(name) itself\(role), but this calls it",
      help: "without brackets: \(name)")
  }

  private static func help(_ given: Given, _ wanted: Wanted, _ parameter: Parameter) -> String? {
    if let text = given.text {
      if !wanted.choices.isEmpty {
        let near = nearest(to: text, among: wanted.choices) ?? wanted.choices.first { $0.hasPrefix(text) && text != "" }
        return near.map { "did you mean \"\($0)\"?" } ?? "choose one of them"
      }
      let names = wanted.names + wanted.items.flatMap(\.names)
      if let name = names.first(where: { $0 == text }) ?? nearest(to: text, among: names) {
        return "without quotes: " + (wanted.items.isEmpty ? name : "[\(name)]")
      }
      if wanted.fits(type: "float") || wanted.fits(type: "int"), Double(text) != nil {
        let conversion = Int(text) != nil ? "int" : "float"
        return given.isLiteral ? "without quotes: \(text)" : "\(conversion)(\"\(text)\") makes it a number"
      }
    }
    if wanted.bounds != nil, wanted.fits(type: given.type) {
      if let about = parameter.about { return "\(parameter.name): \(about)" }
      if let text = parameter.defaultText, text != "None" { return "left out, it is \(text)" }
    }
    if let number = given.number, given.type == "float", wanted.fits(type: "int"), !wanted.fits(type: "float") {
      return number == number.rounded() && number.magnitude < 1e15 ? "write \(Int(number))" : "make it whole: int(x), round(x)"
    }
    if given.number != nil, wanted.types == ["str"] { return "make it a text: str(x), or put it in quotes" }
    if given.type == "NoneType" { return "does a function lack its return?" }
    return wanted.example.map {
      parameter.kind == .keywordOnly || wanted.types == ["str"] ? "\(parameter.name)=\($0)" : "for example \($0)"
    }
  }

  /// Something is called that is no function.
  public static func notCallable(_ name: String, _ type: String, help: String?) -> Complaint {
    Complaint("TypeError", "\(name) is \(Given(type).noun) here, which cannot be called", help: help)
  }

  /// The help where something of a type is called that is no function.
  public static func calling(_ type: String, _ text: String, hasArguments: Bool) -> String {
    if !hasArguments { return "without brackets: \(text)" }
    return ["int", "float"].contains(type) ? "multiply with *" : "only functions, layers and networks are called"
  }

  /// The help where an error comes from a builtin that the program hides.
  ///
  /// - Parameters:
  ///   - place: where it is bound, as `line 4`.
  ///   - isTop: whether that is at top level, where `del` brings it back.
  public static func hiding(_ name: String, at place: String, isTop: Bool) -> String {
    "\(place) hides the builtin \(name): choose another name there" + (isTop ? "; del \(name) brings it back" : "")
  }

  // MARK: Which arguments there are

  /// Arguments that must be given are not.
  public static func missing(_ names: [String], of function: String, _ signature: Signature) -> Complaint {
    let list = names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    return Complaint(
      "TypeError", "\(function) is missing its argument\(names.count > 1 ? "s" : "") \(list)",
      help: "\(function)\(signature.brief)")
  }

  /// - Parameters:
  ///   - texts: the arguments by position as they are written, where that is known.
  ///   - named: the keywords that are given.
  public static func tooMany(
    _ given: Int, texts: [String], named: [String], of function: String, _ signature: Signature
  ) -> Complaint {
    let most = signature.positionalPlaces.count
    let surplus = texts.dropFirst(most)
    let required = signature.parameters.filter { $0.kind == .keywordOnly && !$0.hasDefault && !named.contains($0.name) }
    var help = "\(function)\(signature.brief)"
    if !surplus.isEmpty, surplus.allSatisfy({ $0.count <= 40 }) {
      if surplus.count <= required.count {
        help = "by name: " + zip(required, surplus).map { "\($0.name)=\($1)" }.joined(separator: ", ")
      } else if let last = signature.positionalPlaces.last.map({ signature.parameters[$0].wants }), last.types != nil,
        !last.isRectangular, last.fits(type: "list") || last.fits(type: "tuple")
      {
        let parts = texts.dropFirst(most - 1).joined(separator: ", ")
        help = "as one argument: " + (last.fits(type: "list") ? "[\(parts)]" : "(\(parts))")
      }
    }
    return Complaint(
      "TypeError",
      "\(function) takes \(most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")") by position, but gets \(given)",
      help: help)
  }

  public static func twice(_ keyword: String, of function: String, _ signature: Signature) -> Complaint {
    Complaint("TypeError", "\(function) gets \(keyword) twice, by position and by name", help: "\(function)\(signature.brief)")
  }

  public static func unknown(_ keyword: String, of function: String, _ signature: Signature) -> Complaint {
    let known = signature.keywordNames
    let help: String
    if let meant = signature.parameter(meantBy: keyword) {
      help = "did you mean \(meant)=?"
    } else if let advice = signature.advice(for: keyword) {
      help = advice
    } else {
      help = known.isEmpty ? "\(function) takes no named arguments" : "its arguments are \(known.joined(separator: ", "))"
    }
    return Complaint("TypeError", "\(function) has no argument \(keyword)", help: help)
  }
}

extension Signature {
  /// Where arguments by position go.
  public var positionalPlaces: [Int] {
    parameters.indices.filter { parameters[$0].kind == .plain || parameters[$0].kind == .positionalOnly }
  }

  /// The names that arguments can be given by.
  public var keywordNames: [String] {
    parameters.filter { $0.kind == .plain || $0.kind == .keywordOnly }.map(\.name)
  }

  /// The parameter that an unknown keyword most likely means.
  public func parameter(meantBy keyword: String) -> String? {
    let known = keywordNames
    if let near = nearest(to: keyword, among: known), foreign[keyword] == nil { return near }
    return advice(for: keyword).flatMap { known.contains($0) ? $0 : nil }
  }

  /// What is known of a keyword of this kind in other languages: a parameter, or advice.
  fileprivate func advice(for keyword: String) -> String? {
    guard let found = foreign[keyword] ?? nearest(to: keyword, among: foreign.keys).flatMap({ foreign[$0] }) else { return nil }
    // A table of many functions names parameters that this one may lack.
    let isName = found.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return !isName || keywordNames.contains(found) ? found : nil
  }

  /// As in a `def`; of a long one what must be given.
  public var brief: String {
    let whole = description
    guard whole.count > 90 else { return whole }
    let required = Signature(parameters.filter { !$0.hasDefault || $0.kind == .rest }).description.dropLast()
    return required.count > 1 ? "\(required), …)" : "(…)"
  }
}
