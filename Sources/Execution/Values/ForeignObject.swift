import Parsing

/// What a value shows of itself as a cell's result: text always, a picture where it says more.
public struct Representations: Equatable, Sendable {
  public var text: String
  public var svg: String?
  public var html: String?
  public var live = LivePart.same
  public var textPart: TextPart
  /// Whether another takes its place soon, so that nothing costly is made of it.
  public var isPassing = false

  /// What the text is beside the picture.
  public enum TextPart: Equatable, Sendable {
    /// The picture in letters, for where it cannot be shown.
    case drawing
    /// Something to be read besides.
    case summary
    /// All that the picture says, as good to read.
    case whole
  }

  /// What stands in its place on a page that is live.
  public enum LivePart: Equatable, Sendable {
    /// The same as elsewhere.
    case same
    /// The model of this id, which a person can move.
    case model(String)
    /// Nothing: the page shows it already.
    case nothing
  }

  public init(text: String, svg: String? = nil, html: String? = nil, textPart: TextPart = .summary) {
    self.text = text
    self.svg = svg
    self.html = html
    self.textPart = textPart
  }
}

/// A value of the engines (tensor, network, run, figure …): the language asks it through these hooks.
///
/// A subclass overrides what it can do. A hook that gives nil means "not that", and the machine words the error. Hooks that
/// compute get the machine: `machine.site` marks the place in the program, `machine.call` calls back.
open class ForeignObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken.
  public init() {}

  /// The type's name as errors and `type(x)` print it.
  open var typeName: String { "object" }

  /// Whether the object is a value, as tensors are, and not a thing with identity, as networks and parameters are: after an
  /// item of it was written through a container or attribute, it is put back there.
  open var isValueLike: Bool { false }

  /// What `is` and keys go by: two objects that stand for the same thing of an engine give the same.
  open var identity: AnyObject { self }

  // MARK: Text

  /// The short form that `print`, `str` and the text of containers use.
  open func text() throws(RuntimeError) -> String { "<\(typeName)>" }

  /// The fuller form as a cell's result.
  open func representations() throws(RuntimeError) -> Representations { Representations(text: try text()) }

  /// The value under a format spec that is not empty; nil: formatted as its number, or its text.
  open func formatted(_ spec: String) throws(RuntimeError) -> String? { nil }

  // MARK: As something else

  /// The number (`int`, `float` or `bool`) that stands for this object as index, key, in `int()`, `float()` and formats.
  open func number() throws(RuntimeError) -> Value? { nil }

  /// What `if` and `while` make of it.
  open func truth() throws(RuntimeError) -> Bool { true }

  /// The sizes that shape annotations are checked against; nil for what has no shape.
  open var shape: [Int]? { nil }

  // MARK: Attributes

  /// The attributes' names, for completion and suggestions.
  open var attributeNames: [String] { [] }

  /// What helps where an attribute is missing; nil where the names alone tell.
  open func help(forAttribute name: String) -> String? { nil }

  open func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? { nil }

  /// Sets an attribute; false where there is none to set.
  ///
  /// The same is asked after an item was written through an attribute, as in `net.dense1.weight[0] = 5`.
  open func setAttribute(_ name: String, to value: Value, in machine: Machine) throws(RuntimeError) -> Bool { false }

  // MARK: Calls

  /// Calls the object as a function; nil for what cannot be called.
  open func call(_ arguments: Arguments, in machine: Machine) throws(RuntimeError) -> Value? { nil }

  // MARK: Items

  /// The number of items, for `len`.
  open func length() throws(RuntimeError) -> Int? { nil }

  /// `self[key]`; the key is a tuple for `x[1, 2]`, and may hold slices and `...`.
  open func item(at key: Value, in machine: Machine) throws(RuntimeError) -> Value? { nil }

  /// `self[key] = value`. Gives the object that the name or container holds from now on: `self` where it was changed in place
  /// (`isUnique` says that nobody else holds a value-like object), a changed copy otherwise; nil where items cannot be set.
  open func settingItem(
    at key: Value, to value: Value, isUnique: Bool, in machine: Machine
  ) throws(RuntimeError) -> ForeignObject? { nil }

  /// A function that gives the items in order, then nil; nil for what `for` cannot go over.
  open func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? { nil }

  /// Whether `value in self` holds; nil: found by going over the items.
  open func contains(_ value: Value, in machine: Machine) throws(RuntimeError) -> Bool? { nil }

  // MARK: Operators

  /// `self op other`, or `other op self` where reflected.
  open func binary(
    _ operation: BinaryOperation, _ other: Value, isReflected: Bool, in machine: Machine
  ) throws(RuntimeError) -> Value? { nil }

  /// `self op= other`; nil: as `self = self op other`. For objects with identity, such as parameters.
  open func updating(
    _ operation: BinaryOperation, _ other: Value, isUnique: Bool, in machine: Machine
  ) throws(RuntimeError) -> Value? { nil }

  /// `self op other`; the machine mirrors the operator when this object stands on the right.
  open func compare(_ comparison: Comparison, _ other: Value, in machine: Machine) throws(RuntimeError) -> Value? { nil }

  open func unary(_ operation: UnaryOperation, in machine: Machine) throws(RuntimeError) -> Value? { nil }

  // MARK: with

  /// Enters a `with` block and gives what `as` binds; nil for what is no context.
  open func enter(in machine: Machine) throws(RuntimeError) -> Value? { nil }

  /// Leaves the `with` block, in whatever way it ended.
  open func exit(in machine: Machine) throws(RuntimeError) {}
}

/// The operators that make a value of two.
public typealias BinaryOperation = BinaryOperator

public enum UnaryOperation: String, CaseIterable, Sendable {
  case negate = "-"
  case plus = "+"
  case invert = "~"
}

public enum Comparison: String, CaseIterable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The comparison that says the same with the sides exchanged.
  public var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
