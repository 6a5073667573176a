import Diagnostics
import Execution

extension Workspace {
  /// What `display` shows of a value.
  func shown(_ value: Value) throws(RuntimeError) -> Representations { try value.representations() }

  /// What help is set in: long lines are hard to read.
  public var helpStyle: TextStyle { front.textStyle.forHelp }

  /// The help of a value or a name; for nothing, what there is.
  func help(_ value: Value) throws(RuntimeError) -> String {
    let style = helpStyle
    switch value {
    case .unbound: return Help.contents(width: style.width)
    case .string(let name):
      if let help = Help(of: name.text) { return help.page(style: style).text }
      throw RuntimeError(
        .nameError, "there is no help on \(name.text)",
        help: Help.nearest(to: name.text).map { "did you mean \($0)?" } ?? "help() lists what there is")
    case .native(let function):
      return Help(of: function.name)?.page(style: style).text ?? function.name + function.signature.description
    case .type(let type): return Help(of: type.name)?.page(style: style).text ?? type.name
    case .method(let method):
      return Help(of: method.function.name, method: method.receiver.typeName)?.page(style: style).text ?? method.function.name
    case .function(let function): return HelpPage(about: function, isWhole: false, style: style).text
    case .foreign(let object):
      return HelpPage(
        details(of: object) + HelpPage.attributes(value.attributeNames, ofType: value.typeName), style: style
      ).text
    default:
      let text = try value.representations().text
      return HelpPage([.fixed(text)] + HelpPage.attributes(value.attributeNames, ofType: value.typeName), style: style).text
    }
  }
}

extension HelpPage {
  /// What is known of a function of the program.
  ///
  /// - Parameter isWhole: whether its text is shown.
  public init(about function: FunctionObject, isWhole: Bool, style: TextStyle) {
    var parts: [Part] = [.call(function.name + function.signature.description)]
    parts.append(.words(function.documentation ?? "A function of this program."))
    if let definition = function.definition {
      let place = "\(definition.source.name), line \(definition.start.line)"
      parts.append(isWhole ? .code(definition.text, title: place) : .words("From \(place)."))
    }
    self.init(parts, style: style)
  }

  /// A sentence on what a value of a type has.
  public static func attributes(_ names: [String], ofType type: String) -> [Part] {
    let shown = names.filter { !$0.hasPrefix("_") }.sorted()
    // What all tensors have would hide what this one is.
    let has = shown.isEmpty || shown.count > 40 ? "" : " It has " + shown.map { "." + $0 }.joined(separator: " ")
    return [.words(type.withArticle.capitalizedFirst + "." + has)]
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension TextStyle {
  /// The same for text that is read: in columns that are not too wide for it.
  public var forHelp: TextStyle {
    var style = self
    style.width = min(width, 88)
    return style
  }
}
