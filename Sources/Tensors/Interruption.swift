/// How a long loop learns that it shall stop: it asks now and then, and ends with `TensorError(.interrupted)`.
public enum Interruption {
  /// Asked by long loops of the calling thread; true ends the one that asked.
  public static var question: (() -> Bool)? {
    get { ComputingThread.current.question }
    set { ComputingThread.current.question = newValue }
  }

  /// Throws where the loop that calls it shall stop.
  public static func check() throws(TensorError) {
    if let question, question() { throw TensorError(.interrupted) }
  }
}
