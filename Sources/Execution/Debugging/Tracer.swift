import Diagnostics

/// Who follows a program step by step, as a debugger does; asked on the program's thread, which waits meanwhile.
///
/// While it is asked, the machine's frames can be looked at and code can be run in them.
public protocol Tracer: AnyObject {
  /// Which statements it wants to be told of.
  var interest: TraceInterest { get }

  /// Whether it may stop at a statement wherever the program comes to it.
  func mayStop(at mark: StatementMark) -> Bool

  /// A statement is about to run in the innermost frame.
  ///
  /// - Parameter marks: those of the instruction that it is interested in, the outermost first.
  func reached(_ marks: [StatementMark], in machine: Machine) throws(RuntimeError)

  /// The innermost frame is about to return; told where everything is of interest.
  func returning(in machine: Machine)

  /// The innermost frame goes on after a call that it was asked to be told of by `tellAfterReturn`.
  func returned(in machine: Machine) throws(RuntimeError)

  /// An exception was raised in the innermost frame, whose place and calls it holds.
  ///
  /// - Parameter isCaught: whether one of the frames will catch it.
  func raised(_ exception: ExceptionObject, isCaught: Bool, in machine: Machine) throws(RuntimeError)

  /// It asked for attention; a new `interest` has effect at once.
  func attend(in machine: Machine) throws(RuntimeError)
}

public enum TraceInterest {
  case nothing
  /// Statements at which it `mayStop`.
  case stops
  case everything
}

/// What the machine knows of the instructions that a tracer is told of.
struct Tracing {
  /// The instruction after a call whose end is told of, and the depth of its frame.
  var landing: (code: Code, place: Int, depth: Int)?
  /// While the tracer has code run, nothing is told.
  var isAside = false
}
