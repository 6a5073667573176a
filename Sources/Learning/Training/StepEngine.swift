import Gradients
import Tensors

/// What runs the steps of a training: as they come, or compiled.
///
/// It has weights of its own, ahead of the network's, until they are written back.
protocol StepEngine: AnyObject {
  /// Runs a step on some rows of the training data.
  ///
  /// - Parameters:
  ///   - number: of the step, from 0.
  ///   - factor: the schedule's.
  ///   - isRecorded: whether what is watched is wanted.
  func run(_ rows: ArraySlice<Int>, number: Int, factor: Double, isRecorded: Bool) throws(LearningError)

  /// Of the step that was run last.
  var reading: StepReading { get }

  /// Gives the network the weights as they are now.
  func writeBack() throws(LearningError)

  /// Goes back to the weights after so many steps, the present or one before; none where they are no longer known.
  func goBack(to step: Int) throws(LearningError)

  /// Keeps the present weights as the best so far.
  func keepBest() throws(LearningError)

  /// Gives the network the best weights.
  func writeBest() throws(LearningError)
}

/// Numbers of one step. They are overwritten by the next, so that a step makes nothing.
struct StepReading {
  var loss = 0.0
  /// By weight: the squares of its gradient, of its change and of itself before.
  var squares: [Double] = []
  var changes: [Double] = []
  var sizes: [Double] = []
  var isClipped = false
  /// By layer.
  var saturated: [(path: String, share: Double)] = []
  var dead: [(path: String, share: Double)] = []

  /// Whether the loss and all gradients are finite.
  var isFinite: Bool { loss.isFinite && squares.allSatisfy(\.isFinite) }
}
