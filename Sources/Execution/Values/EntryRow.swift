/// A row of an engine's values that have no object each, as the numbers of a long computation: a value is the row and a place.
///
/// A value of a row keeps the row alive. Where a value must stand alone, `object(at:)` makes it a `ForeignObject`.
open class EntryRow: @unchecked Sendable {
  // Unchecked: as all values, rows are touched with the floor taken.
  public init() {}

  /// The type's name as errors and `type(x)` print it.
  open var typeName: String { "object" }

  /// The value as an object of its own.
  open func object(at place: UInt8) -> ForeignObject { ForeignObject() }

  /// `a op b`, one of which is of this row; nil: as their objects do it.
  // The operands come as places: to copy them would be to count them, which takes longer than a sum of two numbers.
  open func binary(
    _ operation: BinaryOperation, _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>, in machine: Machine
  ) throws(RuntimeError) -> Value? { nil }

  /// `op a` for a value of this row; nil: as its object does it.
  open func unary(
    _ operation: UnaryOperation, _ a: UnsafePointer<Value>, in machine: Machine
  ) throws(RuntimeError) -> Value? { nil }
}

extension Value {
  @inline(__always)
  var isEntry: Bool {
    if case .entry = self { true } else { false }
  }

  /// This value, as an object of its own if it is an entry of a row.
  @inline(__always)
  public var boxed: Value {
    if case .entry(let row, let place) = self { return .foreign(row.object(at: place)) }
    return self
  }
}

extension UnsafePointer<Value> {
  /// The row and the place of an entry, without counting the reference: valid as long as the value stays where it is.
  @inlinable
  public var uncountedEntry: (row: Unmanaged<EntryRow>, place: UInt8)? {
    if case .entry(let row, let place) = pointee { return (.passUnretained(row), place) }
    return nil
  }

  /// The engine's object, in the same way.
  @inlinable
  public var uncountedObject: Unmanaged<ForeignObject>? {
    if case .foreign(let object) = pointee { return .passUnretained(object) }
    return nil
  }
}

extension Unmanaged<EntryRow> {
  /// Calls a method of the row, without counting the reference to it.
  @inline(__always)
  func calling(_ body: (EntryRow) throws(RuntimeError) -> Value?) throws(RuntimeError) -> Value? {
    var failure: RuntimeError?
    let result = _withUnsafeGuaranteedRef { row -> Value? in
      do throws(RuntimeError) {
        return try body(row)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return result
  }
}
