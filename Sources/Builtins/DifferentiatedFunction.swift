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

  /// Lists of numbers are taken for tensors; all else stays as it is.
  private func tensor(from value: Value) throws(RuntimeError) -> Value {
    if case .list = value { workspace.value(try workspace.variable(value)) } else { value }
  }

  private func run(_ arguments: Arguments, _ machine: Machine, withValue: Bool) throws(RuntimeError) -> Value {
    let start = try argument(of: arguments)
    let (value, gradients) = try engine {
      try valueAndGradient(
        of: { variables in
          let result = try machine.call(function, replacing(arguments, by: workspace.value(variables[0])))
          return try workspace.variable(result)
        }, at: [start])
    }
    let gradient = workspace.value(gradients[0])
    return withValue ? .tuple([workspace.value(value), gradient]) : gradient
  }

  /// The argument as a float; a number is differentiated in float64.
  private func argument(of arguments: Arguments) throws(RuntimeError) -> Variable {
    let value: Value?
    switch place {
    case .position(let i): value = i < arguments.positional.count ? arguments.positional[i] : nil
    case .name(let name): value = arguments.keywords.first { $0.name == name }?.value ?? positional(name, arguments)
    }
    guard let value else {
      throw RuntimeError(.typeError, "the argument to differentiate in was not given", help: "choose another with wrt=")
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

  private func positional(_ name: String, _ arguments: Arguments) -> Value? {
    parameterPlace(name).flatMap { $0 < arguments.positional.count ? arguments.positional[$0] : nil }
  }

  private func parameterPlace(_ name: String) -> Int? {
    guard case .function(let function) = function else { return nil }
    return function.signature.parameters.firstIndex { $0.name == name }
  }

  private func replacing(_ arguments: Arguments, by value: Value) -> Arguments {
    var arguments = arguments
    switch place {
    case .position(let i): arguments.positional[i] = value
    case .name(let name):
      if let i = arguments.keywords.firstIndex(where: { $0.name == name }) {
        arguments.keywords[i].value = value
      } else if let i = parameterPlace(name), i < arguments.positional.count {
        arguments.positional[i] = value
      }
    }
    return arguments
  }
}
