import Gradients

/// What each of those who run programs in one session has for itself: the main shell and the subshells.
public final class Speaker {
  public var front: any Front

  /// Set by `exit`.
  var exitCode: Int32?

  /// What the trainings of the source that runs have shown: many in a loop share one output.
  var trainingShown = TrainingShown()

  /// A subshell draws from streams of its own, so that looking does not change what the main shell draws.
  var chance: SessionChance

  /// Whether it is the session's main shell.
  let isFirst: Bool

  /// - Parameter number: 0 for the main shell; tells the streams of the others apart.
  public init(front: any Front, seed: UInt64, number: UInt64 = 0) {
    self.front = front
    chance = SessionChance(seed: seed &+ number &* 0x9e37_79b9_7f4a_7c15)
    isFirst = number == 0
  }
}

extension Workspace {
  /// Whether another may speak before the calling thread goes on: not while it notes what a function does, in which the values
  /// are stand-ins.
  public static var mayPause: Bool { Trace.current == nil }

  var exitCode: Int32? {
    get { speaker.exitCode }
    set { speaker.exitCode = newValue }
  }

  var trainingShown: TrainingShown {
    get { speaker.trainingShown }
    set { speaker.trainingShown = newValue }
  }

  var chance: SessionChance {
    get { speaker.chance }
    set { speaker.chance = newValue }
  }
}
