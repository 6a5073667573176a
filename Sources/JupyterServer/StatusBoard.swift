import JupyterWire
import Synchronization

/// Says when the kernel is busy with a request and when it is idle again.
///
/// Front ends take the last word for the kernel's state, whatever request it was about: so that a training does not look idle after a
/// short question, what still runs is said to be busy once more.
final class StatusBoard: Sendable {
  private let publications: Publications
  /// What runs on shells, the oldest first.
  private let running = Mutex<[Header]>([])

  init(_ publications: Publications) {
    self.publications = publications
  }

  /// - Parameter takesTurn: whether it has its turn on a shell, and may take long.
  func begin(_ request: Header, takesTurn: Bool) {
    running.withLock { running in
      if takesTurn { running.append(request) }
      publish("busy", request)
    }
  }

  func end(_ request: Header) {
    running.withLock { running in
      running.removeAll { $0.id == request.id }
      publish("idle", request)
      if let other = running.first { publish("busy", other) }
    }
    publications.flush()
  }

  /// The first word of all.
  func start() { publish("starting", nil) }

  private func publish(_ state: String, _ parent: Header?) {
    publications.publish("status", ["execution_state": .string(state)], parent: parent)
  }
}
