import Parsing

/// The variables of one function, or of a module's own code, resolved: what the compiler lays out.
///
/// Comprehensions have variables of their own, which live in the frame of the function around them under names that no program
/// can write: `x#1` is the `x` of the first comprehension.
public struct Scope: Equatable, Sendable {
  /// The local variables in the order of their slots: parameters, names bound in shape annotations, then the others.
  public var variables: [String] = []
  /// Those of them that inner functions use too, and so live in a cell.
  public var captured: Set<String> = []
  /// The variables of functions around that this one uses, in the order in which it gets their cells.
  public var free: [String] = []

  public init() {}

  public enum Place: Equatable, Sendable {
    case local(Int)
    case cell(Int)
    case free(Int)
    case global
  }
}

/// A module that was found right, with its names resolved.
public struct CheckedModule: Sendable {
  public let module: Module
  /// Of the module's own code: its variables are those of comprehensions at top level.
  public let top: Scope
  /// Of each function and lambda, by its number.
  public let functions: [Scope]
}
