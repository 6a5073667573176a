import Checking
import Execution
import Gradients
import Tensors

/// What `@custom_gradient` makes of `def f(x): return y, lambda upstream: ...`: a function that gives `y` and has the lambda for
/// its backward rule.
///
/// The rule is called with the gradient of `y` and gives that of the argument, or of several tensors among the arguments a tuple
/// with one for each; None is a constant. Nothing else that `f` computes with gets a gradient.
struct CustomGradient: @unchecked Sendable {
  // Unchecked: made and called on the thread of one session.
  private let function: FunctionObject
  private let workspace: Workspace

  init(_ function: FunctionObject, in workspace: Workspace) {
    self.function = function
    self.workspace = workspace
  }

  func native() -> NativeFunction {
    NativeFunction(function.name, Signature([.rest("arguments"), .keywords("settings")])) { call throws(RuntimeError) in
      let machine = call.machine
      let arguments = Arguments(call.rest(0), keywords: call.keywords(1))
      let returned = try machine.call(.function(function), arguments)
      guard case .tuple(let pair) = returned, pair.elements.count == 2, pair.elements[1].isFunction else {
        throw RuntimeError(
          .typeError, "a function under @custom_gradient returns its result and a function of the upstream gradient",
          help: "end it with: return y, lambda upstream: upstream * …")
      }
      let result = try workspace.variable(pair.elements[0], givenBy: function.name)
      let inputs = tensors(among: arguments)
      guard !inputs.isEmpty else { return workspace.value(result) }
      try workspace.mark(machine)
      return try engine {
        let rule = CustomRule { upstream in
          let found = try machine.call(pair.elements[1], workspace.value(upstream))
          return try gradients(in: found, count: inputs.count)
        }
        return workspace.value(try .custom(result, of: inputs, rule: rule))
      }
    }
  }

  /// The tensors that were given: by position, then by name, in the order of the parameters.
  private func tensors(among arguments: Arguments) -> [Variable] {
    let names = function.signature.parameters.map(\.name)
    let named = arguments.keywords.sorted { names.firstIndex(of: $0.name) ?? 0 < names.firstIndex(of: $1.name) ?? 0 }
    return (arguments.positional + named.map(\.value)).compactMap { value in
      guard case .foreign(let object as TensorObject) = value else { return nil }
      return object.variable
    }
  }

  /// What the rule gave: a gradient for each of `count` tensors, or none.
  private func gradients(in value: Value, count: Int) throws(RuntimeError) -> [Variable?] {
    let values: [Value]
    switch value {
    case .tuple(let tuple): values = tuple.elements
    case .list(let list) where count > 1: values = list.elements
    default: values = [value]
    }
    var gradients: [Variable?] = []
    for value in values { gradients.append(value.isNone ? nil : try workspace.variable(value, givenBy: "a backward rule")) }
    return gradients
  }
}
