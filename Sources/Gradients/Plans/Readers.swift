import Tensors

/// Which operations read each node's elements, seen through views.
struct Readers {
  private var readers: [[Int]]
  private let views: Views

  /// What is wanted is read by nobody in the graph, and so by one more.
  private static let caller = -1

  init(_ graph: Graph, _ views: Views, outputs: Set<Int>) {
    self.views = views
    readers = Array(repeating: [], count: graph.nodes.count)
    for (i, node) in graph.nodes.enumerated() where !views.isView(i) {
      for input in node.inputs { readers[views.root[input]].append(i) }
    }
    for output in outputs { readers[views.root[output]].append(Readers.caller) }
  }

  /// The operation that alone reads a node.
  func only(of node: Int) -> Int? {
    let all = self[node]
    return all.count == 1 && all[0] != Readers.caller ? all[0] : nil
  }

  subscript(node: Int) -> [Int] { readers[views.root[node]] }
}
