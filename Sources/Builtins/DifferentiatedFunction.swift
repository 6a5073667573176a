import Checking
import Execution
import Gradients
import Tensors

/// What `grad(f)` and `value_and_grad(f)` give: a function with f's arguments.
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

  func native(withValue: Bool) -> NativeFunction {
    let signature = Signature([.rest("arguments"), .keywords("settings")])
    return NativeFunction("grad", signature) { call throws(RuntimeError) in
      let positional = try call.rest(0).map { value throws(RuntimeError) in try tensor(from: value) }
      let keywords = try call.keywords(1).map { name, value throws(RuntimeError) in (name, try tensor(from: value)) }
      return try run(Arguments(positional, keywords: keywords), call.machine, withValue: withValue)
    }
  }

  /// Lists of numbers are taken for tensors; all else, lists of other things too, stays as it is.
  private func tensor(from value: Value) throws(RuntimeError) -> Value {
    guard case .list = value, let list = try? ListReader(value) else { return value }
    return workspace.value(try workspace.variable(ofList: list))
  }

  private func run(_ arguments: Arguments, _ machine: Machine, withValue: Bool) throws(RuntimeError) -> Value {
    let start = try argument(of: arguments)
    let (value, gradients) = try engine {
      try valueAndGradient(
        of: { variables in
          let result = try machine.call(function, try replacing(arguments, by: workspace.value(variables[0])))
          return try workspace.variable(result)
        }, at: [start])
    }
    let gradient = workspace.value(gradients[0])
    return withValue ? .tuple([workspace.value(value), gradient]) : gradient
  }

  /// The argument as a float; a number is differentiated in float64.
  private func argument(of arguments: Arguments) throws(RuntimeError) -> Variable {
    let value: Value
    switch try slot(in: arguments) {
    case .position(let i): value = arguments.positional[i]
    case .keyword(let i): value = arguments.keywords[i].value
    }
    if case .foreign(let object as TensorObject) = value {
      let variable = object.variable
      return variable.dtype.isFloat ? variable : try engine { try variable.cast(to: .defaultFloat) }
    }
    switch value {
    case .bool, .int, .float:
      let number = try workspace.variable(value).value
      return Variable(try engine { try Tensor(try number.item(), dtype: .float64) })
    default: return try workspace.variable(value)
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
