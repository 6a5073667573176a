import Checking
import Execution

/// The help of one name, in parts that a front can set as it likes.
public struct Help: Equatable, Sendable {
  /// As it is called: `relu(x)`.
  public let call: String
  public let formula: String?
  public let paragraph: String
  public let example: String?

  /// The help of a builtin, or of a function of the language itself; nil for another name.
  public init?(of name: String) {
    if let builtin = Builtin.named(name) {
      self.init(builtin)
    } else if let function = CoreFunctions.functions.first(where: { $0.name == name }) {
      self.init(
        call: name + function.signature.description, formula: nil, paragraph: "As in Python. Of a tensor, its own \(name).",
        example: nil)
    } else if CoreFunctions.types.contains(where: { $0.name == name }) {
      self.init(call: "\(name)(value)", formula: nil, paragraph: "The type \(name), as in Python.", example: nil)
    } else {
      return nil
    }
  }

  /// The help of a method.
  public init?(of name: String, method type: String) {
    if let builtin = Builtin.method(name, of: type) {
      self.init(builtin)
    } else if let method = MethodTable.methods(ofType: type)[name] {
      self.init(
        call: "\(type).\(name)\(method.signature.withoutReceiver.description)", formula: nil, paragraph: "As in Python.",
        example: nil)
    } else {
      return nil
    }
  }

  private init(_ builtin: Builtin) {
    var call = builtin.name + builtin.signature.description
    if let owner = builtin.owner {
      call = "\(owner).\(builtin.name)" + builtin.signature.withoutReceiver.description
    }
    self.init(call: call, formula: builtin.formula, paragraph: builtin.help, example: builtin.example)
  }

  private init(call: String, formula: String?, paragraph: String, example: String?) {
    self.call = call
    self.formula = formula
    self.paragraph = paragraph
    self.example = example
  }

  public var text: String {
    var parts = [call, paragraph]
    if let formula { parts.append("formula: \(formula)") }
    if let example {
      parts.append(
        "example:\n"
          + example.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  public var page: HelpPage {
    var parts = [HelpPage.fenced(call, language: "python"), HelpPage.escaped(paragraph)]
    if let formula { parts.append("formula: `\(formula)`") }
    if let example { parts.append(HelpPage.fenced(example, language: "python")) }
    return HelpPage(text: text, markdown: parts.joined(separator: "\n\n"))
  }

  /// All builtins by subject.
  public static var contents: String {
    Subject.allCases.compactMap { subject in
      let names = Builtin.all.filter { $0.subject == subject && $0.owner == nil }.map(\.name)
      return names.isEmpty ? nil : "\(subject.rawValue)\n    \(names.joined(separator: " "))"
    }.joined(separator: "\n") + "\nhelp(name) shows one of them."
  }
}
