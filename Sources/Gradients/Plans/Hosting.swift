import Tensors

/// Which results are computed in their place within the whole that they are joined to, so that joining copies nothing.
struct Hosting {
  private var hosts: [Int: (host: Int, start: Int)] = [:]

  /// - Parameter isFree: whether a node's buffer is still to be placed.
  init(_ schedule: Schedule, isFree: (Int) -> Bool) {
    for case .single(let node) in schedule.units where isFree(node) {
      for (part, start) in Hosting.parts(of: node, schedule.graph) {
        let root = schedule.views.root[part]
        let isWhole =
          schedule.views.start[part] == 0
          && schedule.graph.nodes[root].shape.count == schedule.graph.nodes[part].shape.count
        guard isWhole, isFree(root), hosts[root] == nil, schedule.graph.nodes[root].dtype == schedule.graph.nodes[node].dtype
        else {
          continue
        }
        hosts[root] = (node, start)
      }
    }
  }

  /// The operands of a node that joins them without gaps, each with its first element, as far as they lie in one piece.
  static func parts(of node: Int, _ graph: Graph) -> [(part: Int, start: Int)] {
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
