import Gradients
import Learning
import Tensors

/// Why something cannot be explained or drawn.
public enum InsightError: Error {
  /// The network has no weights yet.
  case notReady
  /// The network has no dense layers to be drawn.
  case notDrawable
  /// A plane of two features is needed.
  case notPlanar(features: Int)
  case noTarget
  case empty(String)
  /// What is to be explained was not recorded as the loss of a network.
  case notLoss
  case notReached(String)
  case frozen(String)
  case notWeight
  /// A weight that takes part in a loss in several places.
  case usedOften(String, count: Int)
  case unfitLayer(String)
  /// The network takes another number of features than a plane has.
  case notOverPlane(features: Int)
  /// Targets that are no class numbers.
  case notClasses
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
    case .notDrawable: "the network has no dense layers to draw"
    case .notPlanar(let features): "a decision boundary is drawn over 2 features, but the data has \(features)"
    case .noTarget: "the data has no targets"
    case .empty(let what): "\(what) has nothing to show"
    case .notLoss: "explain needs the loss of a network, recorded as it was computed"
    case .notReached(let path): "the loss does not depend on \(path)"
    case .frozen(let path): "\(path) is frozen, so no gradient flows into it"
    case .notWeight: "explain needs one entry of a weight of the network"
    case .usedOften(let path, let count): "\(path) is used \(count) times in this loss, so no single way leads from it"
    case .notOverPlane(let features): "a decision boundary is drawn over 2 features, but the network takes \(features)"
    case .notClasses: "the targets are no class numbers"
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
    case .frozen: "unfreeze the layer, then compute the loss again"
    case .notWeight: "explain(loss, net.dense1.weight[0, 1]) or explain(loss, net.dense1.bias[0])"
    case .usedOften: "explain a weight that is used once: of no shared layer, and without a penalty on it in the loss"
    case .notOverPlane: "train a network on two columns: dataset(data.x[:, :2], data.y)"
    case .notClasses: "whole numbers from 0, as a classifier's targets are"
    case .unfitLayer: "explain covers dense layers and what stands between them elementwise"
    case .wrongIndex: "indices count from 0"
    case .empty, .notDrawable, .learning, .gradient, .tensor: nil
    }
  }

  /// Whether the error is about shapes; the others are about values.
  public var isAboutShape: Bool {
    switch self {
    case .notPlanar, .notOverPlane: true
    default: false
    }
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
