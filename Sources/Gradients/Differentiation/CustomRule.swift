import Tensors

/// A backward rule of the program's own: from the upstream gradient to those of the operands, none for a constant.
// A rule is made, and called by a backward pass, on the thread of the program that wrote it.
public final class CustomRule: @unchecked Sendable {
  let pullback: (Variable) throws -> [Variable?]

  public init(_ pullback: @escaping (Variable) throws -> [Variable?]) {
    self.pullback = pullback
  }

  /// The gradients of an application of `.custom`, whose first operand is the result that was computed outside.
  static func gradients(of application: Application, upstream: Variable) throws(GradientError) -> [Variable?] {
    let expected = application.inputs.count - 1
    let found: [Variable?]
    do {
      found = try application.attributes.rule.pullback(upstream)
    } catch let error as GradientError {
      throw error
    } catch {
      throw .program(error)
    }
    guard found.count == expected else { throw .wrongGradientCount(expected: expected, found: found.count) }
    for (i, gradient) in found.enumerated() {
      let shape = application.inputs[i + 1].shape
      guard let gradient, gradient.shape != shape else { continue }
      throw .shapeMismatch(expected: shape, found: gradient.shape)
    }
    return [nil] + found
  }
}
