import Builtins
import Execution

/// One of those who run sources in a session: the main shell, or a subshell that looks at its values while it is busy.
///
/// All share the session's names and values, and take turns: `Floor` says when. Each belongs to a thread of its own.
public final class Subshell: Sendable {
  // Unsafe: touched by its own thread, with the floor taken; of the machine, the flag by any thread.
  nonisolated(unsafe) let machine: Machine
  nonisolated(unsafe) let speaker: Speaker

  init(_ machine: Machine, _ speaker: Speaker) {
    self.machine = machine
    self.speaker = speaker
  }

  /// Stops what runs here; it raises KeyboardInterrupt soon.
  public func interrupt() { machine.interrupt.raise() }

  /// Whether an interrupt has come that the program has not noticed yet.
  public var isInterrupted: Bool { machine.interrupt.isRaised }

  /// Forgets an interrupt that came when nothing ran any more.
  public func forgetInterrupt() { machine.interrupt.clear() }
}

extension Session {
  /// A further shell, for which `front` shows what its sources show; from any thread, also while a source runs.
  public func makeSubshell(front: any Front) -> Subshell {
    let number = subshellCount.add(1, ordering: .relaxed).newValue
    let machine = Machine(beside: main.machine)
    machine.memory.limit = Workspace.memoryLimit
    let subshell = Subshell(machine, Speaker(front: front, seed: seed, number: number))
    machine.surroundings.resumed = { [unowned self, unowned subshell] in begin(subshell) }
    return subshell
  }

  /// Makes a shell the one that runs.
  func begin(_ subshell: Subshell) {
    current = subshell
    workspace.speaker = subshell.speaker
  }

  /// Does something in a shell, when it has the floor; all that touches values is done so, and letting go of them is touching.
  public func having<Result>(_ subshell: Subshell?, _ body: () -> Result) -> Result {
    (subshell ?? main).machine.withFloor {
      // A subshell may be gone before the next one runs, and without the floor.
      defer {
        subshell?.machine.clearRegisters()
        begin(main)
      }
      return body()
    }
  }
}
