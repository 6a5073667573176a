import Checking
import Execution
import Gradients
import Tensors

// Functions of a tensor, which comes first; it has them as its methods too.
extension Builtin {
  /// What a function gives, from its tensor and the call with the other arguments, which begin at place 1.
  typealias TensorBody<Result> = @Sendable (Variable, Call, Workspace) throws -> Result

  /// A function whose result is a tensor.
  static func ofTensor(
    _ name: String, _ tensor: String = "x", _ others: [Checking.Parameter] = [], _ subject: Subject, _ help: String,
    example: String, of owner: String? = nil, shape: ShapeRule? = nil, _ body: @escaping TensorBody<Variable>
  ) -> Builtin {
    giving(name, tensor, others, subject, help, example: example, of: owner, shape: shape) { x, call, workspace in
      workspace.value(try body(x, call, workspace))
    }
  }

  /// A function whose result is a tuple of tensors.
  static func tupleOfTensor(
    _ name: String, _ tensor: String = "x", _ others: [Checking.Parameter] = [], _ subject: Subject, _ help: String,
    example: String, _ body: @escaping TensorBody<[Variable]>
  ) -> Builtin {
    giving(name, tensor, others, subject, help, example: example) { x, call, workspace in
      .tuple(try body(x, call, workspace).map(workspace.value))
    }
  }

  /// A function whose result is any value.
  static func giving(
    _ name: String, _ tensor: String = "x", as wants: Wanted = .tensor, _ others: [Checking.Parameter] = [], _ subject: Subject,
    _ help: String,
    example: String, of owner: String? = nil, shape: ShapeRule? = nil, _ body: @escaping TensorBody<Value>
  ) -> Builtin {
    Builtin(
      name, [.required(tensor, wants)] + others, subject, help, example: example, isTensorMethod: owner == nil, of: owner,
      shape: shape
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      try workspace.mark(call.machine)
      return try engine { try body(x, call, workspace) }
    }
  }
}
