import Tensors

/// A computation as data: nodes, each after all that it is computed from.
public struct Graph {
  public private(set) var nodes: [Node] = []

  public struct Node {
    public var source: Source
    public var shape: Shape
    public var dtype: DType
    /// Where in the program it stands.
    public var site: Int32
  }

  public enum Source {
    /// An operand that may differ from run to run, by its number.
    case input(Int)
    case constant(Tensor)
    /// The result of an operation on other nodes.
    case result(Operation, [Int], Attributes)
  }

  @discardableResult
  mutating func append(_ source: Source, _ shape: Shape, _ dtype: DType, site: Int32 = Recorder.noSite) -> Int {
    nodes.append(Node(source: source, shape: shape, dtype: dtype, site: site))
    return nodes.count - 1
  }
}

extension Graph.Node {
  /// What it is computed from.
  public var inputs: [Int] {
    if case .result(_, let inputs, _) = source { inputs } else { [] }
  }

  var isInput: Bool {
    if case .input = source { true } else { false }
  }

  public var operation: Operation? {
    if case .result(let operation, _, _) = source { operation } else { nil }
  }

  var constant: Tensor? {
    if case .constant(let tensor) = source { tensor } else { nil }
  }
}
