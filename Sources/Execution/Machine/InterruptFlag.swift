import Synchronization

/// The one flag through which other threads stop a program, or ask it to let them run, or to turn to its debugger.
public final class InterruptFlag: Sendable {
  private static let interrupt: UInt8 = 1
  private static let floor: UInt8 = 2
  private static let attention: UInt8 = 4

  private let bits = Atomic<UInt8>(0)

  public init() {}

  /// Whether there is anything to attend to.
  @inline(__always) var isAsked: Bool { bits.load(ordering: .relaxed) != 0 }

  @inline(__always) public var isRaised: Bool { bits.load(ordering: .relaxed) & Self.interrupt != 0 }

  public func raise() { bits.bitwiseOr(Self.interrupt, ordering: .relaxed) }

  public func clear() { bits.bitwiseAnd(~Self.interrupt, ordering: .relaxed) }

  /// Whether it was raised; it is so no longer.
  public func take() -> Bool {
    isRaised && bits.bitwiseAnd(~Self.interrupt, ordering: .relaxed).oldValue & Self.interrupt != 0
  }

  // MARK: The floor

  @inline(__always) var isFloorWanted: Bool { bits.load(ordering: .relaxed) & Self.floor != 0 }

  func askForFloor() { bits.bitwiseOr(Self.floor, ordering: .relaxed) }

  func forgetFloor() { bits.bitwiseAnd(~Self.floor, ordering: .relaxed) }

  // MARK: The debugger

  /// Has the machine's tracer asked, soon and on the program's thread, what it wants.
  public func askForAttention() { bits.bitwiseOr(Self.attention, ordering: .releasing) }

  /// Whether it was asked for; it is so no longer.
  func takeAttention() -> Bool {
    bits.load(ordering: .relaxed) & Self.attention != 0
      && bits.bitwiseAnd(~Self.attention, ordering: .acquiring).oldValue & Self.attention != 0
  }
}
