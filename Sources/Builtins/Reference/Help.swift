import Checking
import Diagnostics
import Execution

/// The help of one name, in parts that a front can set as it likes.
public struct Help: Equatable, Sendable {
  /// As it is called: `relu(x)`.
  public let call: String
  public let formula: String?
  public let paragraph: String
  public let example: String?

  /// The help of a builtin, of a function or constant of the language itself, or of a word of its grammar; nil for another name.
  public init?(of name: String) {
    if let builtin = Builtin.named(name) {
      self.init(builtin)
    } else if let core = Self.core[name] {
      self.init(
        call: name + (Self.coreSignature(name)?.description ?? "(value)"), paragraph: core.paragraph, example: core.example)
    } else if let kind = ErrorKind(rawValue: name) {
      self.init(call: "\(name)(message)", paragraph: Self.occasion(of: kind))
    } else if let constant = Self.constants[name] {
      self.init(call: "\(name) = \(constant.value)", paragraph: constant.paragraph)
    } else if let syntax = SyntaxHelp.of(name) {
      self.init(call: syntax.form, paragraph: syntax.paragraph, example: syntax.example)
    } else {
      return nil
    }
  }

  /// The help of a method.
  public init?(of name: String, method type: String) {
    if let builtin = Builtin.method(name, of: type) {
      self.init(builtin)
    } else if let method = MethodTable.methods(ofType: type)[name] {
      self.init(call: "\(type).\(name)\(method.signature.asMethod.description)", paragraph: "As in Python.")
    } else {
      return nil
    }
  }

  private init(_ builtin: Builtin) {
    var call = builtin.name + builtin.signature.description
    if let owner = builtin.owner { call = "\(owner).\(builtin.name)" + builtin.signature.asMethod.description }
    self.init(call: call, paragraph: builtin.help, formula: builtin.formula, example: builtin.example)
  }

  private init(call: String, paragraph: String, formula: String? = nil, example: String? = nil) {
    self.call = call
    self.formula = formula
    self.paragraph = paragraph
    self.example = example
  }

  private static func coreSignature(_ name: String) -> Signature? {
    if let function = CoreFunctions.functions.first(where: { $0.name == name }) { return function.signature }
    return CoreFunctions.types.first { $0.name == name }?.constructor?.signature
  }

  /// The help in lines of less than a width; the lines of the example stay as they are.
  public func text(width: Int) -> String {
    var parts = [call.wrapped(to: width, indent: 4), paragraph.wrapped(to: width)]
    if let formula { parts.append("formula: \(formula)".wrapped(to: width, indent: 9)) }
    if let example {
      parts.append(
        "example:\n"
          + example.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  /// The help as a text of less than a width, and as Markdown.
  public func page(width: Int) -> HelpPage {
    var parts = [HelpPage.fenced(call, language: "python"), HelpPage.escaped(paragraph)]
    if let formula { parts.append("formula: `\(formula)`") }
    if let example { parts.append(HelpPage.fenced(example, language: "python")) }
    return HelpPage(text: text(width: width), markdown: parts.joined(separator: "\n\n"))
  }
}

extension Help {
  /// Every name that has help, methods left out.
  public static let names: [String] =
    Builtin.all.filter { $0.owner == nil }.map(\.name) + core.keys.sorted() + ErrorKind.allCases.map(\.rawValue)
    + constants.keys.sorted() + SyntaxHelp.all.flatMap(\.words)

  /// The name with help that a mistyped one most likely meant.
  public static func nearest(to name: String) -> String? { Diagnostics.nearest(to: name, among: names) }

  /// All names by subject, in lines of less than a width.
  public static func contents(width: Int) -> String {
    func chapter(_ title: String, _ names: [String]) -> String {
      "\(title)\n    \(names.joined(separator: " ").wrapped(to: width - 4, indent: 4))"
    }
    var chapters: [String] = []
    for subject in Subject.allCases {
      var names = Builtin.all.filter { $0.subject == subject && $0.owner == nil }.map(\.name)
      if subject == .language { names = core.keys.sorted() + constants.keys.sorted() + names }
      if !names.isEmpty { chapters.append(chapter(subject.rawValue, names)) }
    }
    chapters.append(chapter("Words and signs", SyntaxHelp.all.flatMap(\.words)))
    chapters.append(chapter("Errors", ErrorKind.allCases.map(\.rawValue)))
    return chapters.joined(separator: "\n")
      + "\nhelp(train) shows one of them, help(\"for\") a word of the grammar, help(value) what a value has.".wrapped(to: width)
  }

  /// What a value is and has, below its text.
  ///
  /// - Parameter isCode: whether the text is how it is called.
  public static func page(of text: String, isCode: Bool, type: String, attributes: [String], width: Int) -> HelpPage {
    let shown = attributes.filter { !$0.hasPrefix("_") }.sorted()
    let has = shown.isEmpty ? "" : " It has " + shown.map { "." + $0 }.joined(separator: " ")
    let words = type.withArticle.capitalizedFirst + "." + has
    guard !text.isEmpty else { return HelpPage(text: words.wrapped(to: width), markdown: HelpPage.escaped(words)) }
    return HelpPage(
      text: text + "\n\n" + words.wrapped(to: width),
      markdown: HelpPage.fenced(text, language: isCode ? "python" : "") + "\n\n" + HelpPage.escaped(words))
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
