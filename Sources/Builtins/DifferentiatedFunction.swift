import Checking
import Execution
import Gradients
import Tensors

/// What `grad(f)`, `value_and_grad(f)`, `jacobian(f)` and `hessian(f)` give: a function with f's arguments.
struct DifferentiatedFunction: @unchecked Sendable {
  // Unchecked: made and called on the thread of one session.
  private let function: Value
  private let place: Place
  private let workspace: Workspace

  /// The argument that is differentiated in.
  private enum Place {
    case position(Int)
    case name(String)
  }

  init(_ function: Value, wrt: Value, in workspace: Workspace) throws(RuntimeError) {
    self.function = function
    self.workspace = workspace
    switch wrt {
    case .unbound, .none: place = .position(0)
    case .int(let position) where position >= 0: place = .position(position)
    case .string(let name): place = .name(name.text)
    default:
      throw RuntimeError(.typeError, "wrt is the number or the name of an argument, not \(wrt.typeName.withArticle)")
    }
  }

  /// What is asked of the function.
  enum Question: String {
    case gradient = "grad"
    case valueAndGradient = "value_and_grad"
    case jacobian, hessian
  }

  func native(_ question: Question) -> NativeFunction {
    let signature = Signature([.rest("arguments"), .keywords("settings")])
    return NativeFunction(question.rawValue, signature) { call throws(RuntimeError) in
      let positional = try call.rest(0).map { value throws(RuntimeError) in try tensor(from: value) }
      let keywords = try call.keywords(1).map { name, value throws(RuntimeError) in (name, try tensor(from: value)) }
      return try answer(question, Arguments(positional, keywords: keywords), call.machine)
    }
  }

  /// Lists of numbers are taken for tensors; all else, lists of other things too, stays as it is.
  private func tensor(from value: Value) throws(RuntimeError) -> Value {
    guard case .list = value, let list = try? ListReader(value) else { return value }
    return workspace.value(try workspace.variable(ofList: list))
  }

  private func answer(_ question: Question, _ arguments: Arguments, _ machine: Machine) throws(RuntimeError) -> Value {
    let start = try workspace.point(argument(of: arguments))
    let f = { (variable: Variable) in
      try workspace.variable(try machine.call(function, try replacing(arguments, by: workspace.value(variable))))
    }
    return try engine {
      switch question {
      case .gradient: return workspace.value(try gradient(of: { try f($0[0]) }, at: [start])[0])
      case .valueAndGradient:
        let (value, gradients) = try valueAndGradient(of: { try f($0[0]) }, at: [start])
        return .tuple([workspace.value(value), workspace.value(gradients[0])])
      case .jacobian: return workspace.value(try jacobian(of: f, at: start))
      case .hessian: return workspace.value(try hessian(of: f, at: start))
      }
    }
  }

  private func argument(of arguments: Arguments) throws(RuntimeError) -> Value {
    switch try slot(in: arguments) {
    case .position(let i): arguments.positional[i]
    case .keyword(let i): arguments.keywords[i].value
    }
  }

  private func replacing(_ arguments: Arguments, by value: Value) throws(RuntimeError) -> Arguments {
    var arguments = arguments
    switch try slot(in: arguments) {
    case .position(let i): arguments.positional[i] = value
    case .keyword(let i): arguments.keywords[i].value = value
    }
    return arguments
  }

  /// Where in a call the argument stands.
  private enum Slot {
    case position(Int)
    case keyword(Int)
  }

  /// An argument may be chosen by number and given by name, and the other way round.
  private func slot(in arguments: Arguments) throws(RuntimeError) -> Slot {
    let names = parameterNames
    let (position, name): (Int?, String?) =
      switch place {
      case .position(let i): (i, i < names.count ? names[i] : nil)
      case .name(let name): (names.firstIndex(of: name), name)
      }
    if let i = arguments.keywords.firstIndex(where: { $0.name == name }) { return .keyword(i) }
    if let position, position < arguments.positional.count { return .position(position) }
    let missing = name ?? position.map { "\($0)" } ?? ""
    if let name, !names.isEmpty, !names.contains(name) {
      throw RuntimeError(
        .typeError, "the function has no argument called \(name) to differentiate in",
        help: "wrt is one of \(names.joined(separator: ", "))")
    }
    throw RuntimeError(
      .typeError, "argument \(missing) is to be differentiated in, but was not given",
      help: "give it, or choose another with wrt=")
  }

  private var parameterNames: [String] {
    switch function {
    case .function(let function): function.signature.parameters.map(\.name)
    case .native(let function): function.signature.parameters.map(\.name)
    default: []
    }
  }
}
