import Diagnostics
import Execution

extension Workspace {
  /// What `display` shows of a value.
  func shown(_ value: Value) throws(RuntimeError) -> Representations { try value.representations() }

  /// The columns that help is set in: longer lines are hard to read.
  public var helpWidth: Int { Self.helpWidth(on: front) }

  public static func helpWidth(on front: any Front) -> Int { min(front.textStyle.width, 88) }

  /// The help of a value or a name; for nothing, what there is.
  func help(_ value: Value) throws(RuntimeError) -> String {
    let width = helpWidth
    switch value {
    case .unbound: return Help.contents(width: width)
    case .string(let name):
      if let page = Help(of: name.text) { return page.text(width: width) }
      throw RuntimeError(
        .nameError, "there is no help on \(name.text)",
        help: Help.nearest(to: name.text).map { "did you mean \($0)?" } ?? "help() lists what there is")
    case .native(let function):
      return Help(of: function.name)?.text(width: width) ?? function.name + function.signature.description
    case .type(let type): return Help(of: type.name)?.text(width: width) ?? type.name
    case .method(let method):
      return Help(of: method.function.name, method: method.receiver.typeName)?.text(width: width) ?? method.function.name
    case .function(let function):
      return (function.name + function.signature.description).wrapped(to: width, indent: 4) + "\n\nA function of this program."
    default:
      let text = try value.representations().text
      return Help.page(of: text, isCode: false, type: value.typeName, attributes: value.attributeNames, width: width).text
    }
  }
}
