import Gradients
import Learning
import Tensors

/// Why something cannot be explained or drawn.
public enum InsightError: Error {
  /// The network has no weights yet.
  case notReady
  /// A plane of two features is needed.
  case notPlanar(features: Int)
  case noTarget
  case empty(String)
  /// What is to be explained was not recorded as the loss of a network.
  case notLoss
  case notReached(String)
  case notWeight
  case unfitLayer(String)
  case wrongIndex(path: String, index: [Int], shape: Shape)
  case learning(LearningError)
  case gradient(GradientError)
  case tensor(TensorError)
}

extension InsightError {
  /// The error inside, of an engine below; none for those of this floor.
  public var inner: (any Error)? {
    switch self {
    case .learning(let error): error
    case .gradient(let error): error
    case .tensor(let error): error
    default: nil
    }
  }

  public var message: String {
    switch self {
    case .notReady: "the network has no weights yet"
    case .notPlanar(let features): "a decision boundary is drawn over 2 features, but the data has \(features)"
    case .noTarget: "the data has no targets"
    case .empty(let what): "\(what) has nothing to show"
    case .notLoss: "explain needs the loss of a network, recorded as it was computed"
    case .notReached(let path): "the loss does not depend on \(path)"
    case .notWeight: "explain needs one entry of a weight of the network"
    case .unfitLayer(let name): "paths through \(name) cannot be told neuron by neuron"
    case .wrongIndex(let path, let index, let shape): "\(path) of shape \(shape) has no entry \(index)"
    case .learning, .gradient, .tensor: ""
    }
  }

  public var help: String? {
    switch self {
    case .notReady: "begin the network with input(…), or call it once"
    case .notPlanar: "choose two columns: dataset(data.x[:, :2], data.y)"
    case .noTarget: "dataset(x, y)"
    case .notLoss: "loss = cross_entropy(net(x), y), then explain(loss, net.dense1.weight[0, 1])"
    case .notReached: "compute the loss from this network, outside of no_grad()"
    case .notWeight: "explain(loss, net.dense1.weight[0, 1]) or explain(loss, net.dense1.bias[0])"
    case .unfitLayer: "explain covers dense layers and what stands between them elementwise"
    case .wrongIndex: "indices count from 0"
    case .empty, .learning, .gradient, .tensor: nil
    }
  }

  /// Whether the error is about shapes; the others are about values.
  public var isAboutShape: Bool {
    if case .notPlanar = self { true } else { false }
  }
}

/// Runs code of the engines below, and keeps what it throws.
func engines<Result>(_ body: () throws -> Result) throws(InsightError) -> Result {
  do {
    return try body()
  } catch let error as InsightError {
    throw error
  } catch let error as LearningError {
    throw .learning(error)
  } catch let error as GradientError {
    throw .gradient(error)
  } catch let error as TensorError {
    throw .tensor(error)
  } catch {
    throw .learning(.program(error))
  }
}
