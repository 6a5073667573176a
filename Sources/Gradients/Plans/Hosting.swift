import Tensors

/// Which results are computed in their place within the whole that they are joined to, so that joining copies nothing.
struct Hosting {
  private var hosts: [Int: (host: Int, start: Int)] = [:]

  /// - Parameter isFree: whether a node's buffer is still to be placed.
  init(_ schedule: Schedule, isFree: (Int) -> Bool) {
    for case .single(let node) in schedule.units where isFree(node) {
      for (root, start) in Hosting.wholeParts(of: node, schedule.graph, schedule.views) {
        if isFree(root), hosts[root] == nil { hosts[root] = (node, start) }
      }
    }
  }

  /// What is joined by a node without gaps and could be computed in its place there, each with its first element.
  static func wholeParts(of node: Int, _ graph: Graph, _ views: Views) -> [(part: Int, start: Int)] {
    parts(of: node, graph).compactMap { part, start in
      let root = views.root[part]
      return views.isWhole(part) && graph.nodes[root].dtype == graph.nodes[node].dtype ? (root, start) : nil
    }
  }

  /// The operands of a node that joins them without gaps, each with its first element, as far as they lie in one piece.
  private static func parts(of node: Int, _ graph: Graph) -> [(part: Int, start: Int)] {
    guard case .result(let operation, let inputs, let attributes) = graph.nodes[node].source else { return [] }
    let shape = graph.nodes[node].shape
    switch operation {
    case .assemble:
      guard inputs.reduce(0, { $0 + graph.nodes[$1].shape.count }) == shape.count else { return [] }
      return zip(inputs, attributes.pieces).compactMap { input, ranges in
        Views.start(of: .ranges(ranges, of: shape)).map { (input, $0) }
      }
    case .concat:
      guard shape.dimensions[..<attributes.axis].allSatisfy({ $0 == 1 }) else { return [] }
      var start = 0
      return inputs.map { input in
        defer { start += graph.nodes[input].shape.count }
        return (input, start)
      }
    default: return []
    }
  }

  func isHosted(_ node: Int) -> Bool { hosts[node] != nil }

  /// The outermost whole, and the node's first element in it; the node itself where it lies alone.
  func place(of node: Int) -> (host: Int, start: Int) {
    var (host, start) = (node, 0)
    while let next = hosts[host] {
      host = next.host
      start += next.start
    }
    return (host, start)
  }
}
