import Tensors

/// The pieces of work of a graph in the order in which they run: chains, and operations by themselves.
struct Schedule {
  private(set) var units: [Unit] = []

  enum Unit {
    /// A chain, by its number.
    case chain(Int)
    /// The operation of a node.
    case single(Int)
    /// A loss and its gradient.
    case loss(SoftmaxLosses.Loss)
  }

  let graph: Graph
  let views: Views
  let fusion: Fusion
  /// By node: whether its elements are needed in memory.
  private(set) var isStored: [Bool]

  private var unitOfNode: [Int]

  /// - Parameter outputs: the nodes that are wanted.
  init(_ graph: Graph, _ views: Views, _ fusion: Fusion, outputs: Set<Int>) {
    self.graph = graph
    self.views = views
    self.fusion = fusion
    isStored = Array(repeating: false, count: graph.nodes.count)
    unitOfNode = Array(repeating: -1, count: graph.nodes.count)
    for output in outputs { isStored[views.root[output]] = true }
    var isUsed = isStored
    for i in graph.nodes.indices.reversed() where fusion.chainOfNode[i] >= 0 || isUsed[i] {
      for read in reads(i) {
        let root = views.root[read]
        isUsed[root] = true
        if fusion.chainOfNode[root] < 0 || fusion.chainOfNode[root] != fusion.chainOfNode[i] || isSum(root) {
          isStored[root] = true
        }
      }
    }
    let all = units(isUsed)
    units = order(all)
  }

  private func isSum(_ node: Int) -> Bool { fusion.member(node)?.isSum ?? false }

  /// The nodes whose elements are read to compute one, seen through views, repetitions and exchanges.
  func reads(_ node: Int) -> [Int] {
    guard case .result(let operation, let inputs, let attributes) = graph.nodes[node].source else { return [] }
    if fusion.member(node) != nil { return fusion.operands(of: node).map(\.node) }
    if let product = fusion.merging.products[node] { return reads(product) }
    if let loss = fusion.merging.losses.loss(finding: node) { return [loss.logits, loss.places] }
    if operation == .matmul {
      return [
        views.matrix(inputs[0], transposed: attributes.transposes.left).node,
        views.matrix(inputs[1], transposed: attributes.transposes.right).node,
      ]
    }
    if operation == .matmulAdd {
      return [
        views.bias(of: node) ?? inputs[0], views.matrix(inputs[1], transposed: attributes.transposes.left).node,
        views.matrix(inputs[2], transposed: attributes.transposes.right).node,
      ]
    }
    return inputs
  }

  private mutating func units(_ isUsed: [Bool]) -> [(unit: Unit, last: Int)] {
    var found: [(unit: Unit, last: Int)] = []
    for (number, nodes) in fusion.chains.enumerated() {
      for node in nodes { unitOfNode[node] = found.count }
      found.append((.chain(number), nodes.last ?? 0))
    }
    for loss in fusion.merging.losses.all {
      for node in [loss.taken, loss.gradient] { unitOfNode[node] = found.count }
      found.append((.loss(loss), loss.taken))
    }
    for (i, node) in graph.nodes.enumerated()
    where isUsed[i] && fusion.chainOfNode[i] < 0 && !views.isView(i) && unitOfNode[i] < 0 {
      guard case .result = node.source else { continue }
      unitOfNode[i] = found.count
      found.append((.single(i), i))
    }
    return found
  }

  /// The units, each after those that it reads from; where there is a choice, as the program has them.
  private func order(_ all: [(unit: Unit, last: Int)]) -> [Unit] {
    var waitsFor = Array(repeating: 0, count: all.count)
    var readers: [[Int]] = Array(repeating: [], count: all.count)
    for (number, entry) in all.enumerated() {
      let sources = Set(nodes(of: entry.unit).flatMap(reads).map { unitOfNode[views.root[$0]] })
      for source in sources where source >= 0 && source != number {
        readers[source].append(number)
        waitsFor[number] += 1
      }
    }
    var ready = Heap(all.indices.filter { waitsFor[$0] == 0 }.map { (all[$0].last, $0) })
    var ordered: [Unit] = []
    while let (_, next) = ready.popFirst() {
      ordered.append(all[next].unit)
      for reader in readers[next] {
        waitsFor[reader] -= 1
        if waitsFor[reader] == 0 { ready.insert((all[reader].last, reader)) }
      }
    }
    precondition(ordered.count == all.count, "chains wait for each other")
    return ordered
  }

  func nodes(of unit: Unit) -> [Int] {
    switch unit {
    case .chain(let number): fusion.chains[number]
    case .single(let node): [node]
    case .loss(let loss): [loss.taken, loss.gradient]
    }
  }
}

/// Pairs of numbers, the smallest first.
private struct Heap {
  private var entries: [(Int, Int)] = []

  init(_ entries: [(Int, Int)]) {
    for entry in entries { insert(entry) }
  }

  mutating func insert(_ entry: (Int, Int)) {
    entries.append(entry)
    var i = entries.count - 1
    while i > 0, entries[i] < entries[(i - 1) / 2] {
      entries.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  mutating func popFirst() -> (Int, Int)? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    if entries.isEmpty { return first }
    entries[0] = last
    var i = 0
    while true {
      let smallest = [i, 2 * i + 1, 2 * i + 2].filter { $0 < entries.count }.min { entries[$0] < entries[$1] } ?? i
      if smallest == i { return first }
      entries.swapAt(i, smallest)
      i = smallest
    }
  }
}
