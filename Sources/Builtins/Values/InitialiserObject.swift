import Execution
import Learning

/// How weights start, as `normal(0.1)` gives it.
final class InitialiserObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let initialiser: Initialiser

  init(_ initialiser: Initialiser) {
    self.initialiser = initialiser
  }

  override var typeName: String { "initialiser" }

  override func text() throws(RuntimeError) -> String { initialiser.description }
}
