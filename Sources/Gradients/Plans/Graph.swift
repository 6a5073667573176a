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
    /// The number that a constant holds everywhere.
    let splat: Double?

    init(_ source: Source, _ shape: Shape, _ dtype: DType, site: Int32) {
      self.source = source
      self.shape = shape
      self.dtype = dtype
      self.site = site
      if case .constant(let tensor) = source { splat = tensor.splat } else { splat = nil }
    }
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
    append(Node(source, shape, dtype, site: site))
  }

  private mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }
}

extension Graph {
  /// A node of another graph, whose operands are here where `place` says.
  @discardableResult
  mutating func append(_ node: Node, readingFrom place: [Int]) -> Int {
    guard case .result(let operation, let inputs, let attributes) = node.source else { return append(node) }
    return append(operation, inputs.map { place[$0] }, attributes, like: node)
  }

  /// The result of an operation that stands where a node stands, and has its type, and its shape if no other is given.
  mutating func append(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, like node: Node, _ shape: Shape? = nil
  ) -> Int {
    append(.result(operation, inputs, attributes), shape ?? node.shape, node.dtype, site: node.site)
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
