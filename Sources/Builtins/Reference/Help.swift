import Checking
import Diagnostics
import Execution
import Gradients
import Learning

/// The help of one name, in parts that a front can set as it likes.
public struct Help: Equatable, Sendable {
  /// As it is called: `relu(x)`.
  public let call: String
  public let formula: String?
  /// Of an activation, in its operand; of a loss, in the prediction.
  public let derivative: String?
  public let paragraph: String
  public let example: String?
  /// Names that one may want instead.
  public let related: [String]
  /// The builtin whose curve is shown.
  private let drawn: String?

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
    self.init(
      call: call, paragraph: builtin.help, formula: builtin.formula, derivative: builtin.derivative, example: builtin.example,
      related: builtin.related, drawn: builtin.owner == nil ? builtin.name : nil)
  }

  private init(
    call: String, paragraph: String, formula: String? = nil, derivative: String? = nil, example: String? = nil,
    related: [String] = [], drawn: String? = nil
  ) {
    self.call = call
    self.formula = formula
    self.derivative = derivative
    self.paragraph = paragraph
    self.example = example
    self.related = related
    self.drawn = drawn
  }

  private static func coreSignature(_ name: String) -> Signature? {
    if let function = CoreFunctions.functions.first(where: { $0.name == name }) { return function.signature }
    return CoreFunctions.types.first { $0.name == name }?.constructor?.signature
  }

  /// The help as a page.
  public func page(style: TextStyle) -> HelpPage {
    var parts: [HelpPage.Part] = [.call(call), .words(paragraph)]
    if let formula { parts.append(.formula(formula, of: "formula")) }
    if let derivative { parts.append(.formula(derivative, of: "derivative")) }
    if let drawn, derivative != nil, let figure = Curve.figure(of: drawn) { parts.append(.figure(figure)) }
    if let example { parts.append(.code(example, title: "example")) }
    if !related.isEmpty { parts.append(.words("See also " + related.joined(separator: ", ") + ".")) }
    return HelpPage(parts, style: style)
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
}

extension Builtin {
  /// How its derivative is written, as the table of operations or of losses has it.
  var derivative: String? {
    if let loss = LossKind.named(name) { return loss.slope }
    guard owner == nil, subject == .elementwise || Activation.named(name) != nil,
      let operation = Operation.named(name), operation.formulas.count == 1
    else { return nil }
    return operation.formulas[0]
  }

  /// Its neighbours in the table, which are of its kind.
  var related: [String] {
    let others = Builtin.all.filter { $0.subject == subject && $0.owner == owner }
    guard let place = others.firstIndex(where: { $0.name == name }) else { return [] }
    let first = max(0, min(place - 2, others.count - 5))
    return others[first..<min(first + 5, others.count)].map(\.name).filter { $0 != name }
  }
}
