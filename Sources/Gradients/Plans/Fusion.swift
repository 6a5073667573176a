import Tensors

/// Finds the elementwise operations that run as one chain.
///
/// Every node gets a level: that of its operands where it can join their chain, one more where it must wait until they
/// are done. Those of one level that work on as many entries never wait for each other, so they may be one chain.
struct Fusion {
  let graph: Graph
  let views: Views
  let merging: Merging
  /// By node: the chain it belongs to; -1 for none.
  private(set) var chainOfNode: [Int]
  /// The nodes of each chain, in their order.
  private(set) var chains: [[Int]] = []

  private var members: [Member?]
  private var operandsOfNode: [[(node: Int, pattern: Pattern)]] = []
  private var level: [Int]

  /// What a node is in a chain.
  struct Member {
    /// Entries that the chain works on.
    let count: Int
    let dtype: DType
    /// Whether it gives one number for all entries.
    let isSum: Bool
  }

  init(_ graph: Graph, _ views: Views, _ merging: Merging, outputs: Set<Int>) {
    self.graph = graph
    self.views = views
    self.merging = merging
    chainOfNode = Array(repeating: -1, count: graph.nodes.count)
    level = Array(repeating: 0, count: graph.nodes.count)
    members = graph.nodes.indices.map { merging.contains($0) ? nil : Fusion.member($0, graph) }
    operandsOfNode = zip(graph.nodes.indices, members).map { Fusion.operands(of: $0, $1, graph, views) }
    for i in graph.nodes.indices { level[i] = levelOf(i) }
    sink(outputs)
    delaySums()
    formChains()
  }

  func member(_ node: Int) -> Member? { members[node] }

  private static func member(_ i: Int, _ graph: Graph) -> Member? {
    let node = graph.nodes[i]
    guard case .result(let operation, let inputs, let attributes) = node.source else { return nil }
    func types(_ inputs: [Int], are dtype: DType) -> Bool {
      inputs.allSatisfy { [dtype, .bool].contains(graph.nodes[$0].dtype) || graph.nodes[$0].splat != nil }
    }
    if operation == .sum || operation == .sumOfSquares, graph.nodes[inputs[0]].dtype.isFloat, node.shape.count == 1 {
      let x = graph.nodes[inputs[0]]
      return Member(count: x.shape.count, dtype: x.dtype, isSum: true)
    }
    guard ElementwiseForm(operation, attributes) != nil else { return nil }
    var dtype = node.dtype
    if dtype == .bool { dtype = inputs.map { graph.nodes[$0].dtype }.first(where: \.isFloat) ?? .float32 }
    guard dtype.isFloat, types(inputs, are: dtype) else { return nil }
    // A cast from one float to another is no part of a chain.
    if operation == .cast, graph.nodes[inputs[0]].dtype != .bool { return nil }
    return Member(count: node.shape.count, dtype: dtype, isSum: false)
  }

  /// The nodes that a member reads, but for constant numbers.
  func operands(of node: Int) -> [(node: Int, pattern: Pattern)] { operandsOfNode[node] }

  private static func operands(
    of node: Int, _ member: Member?, _ graph: Graph, _ views: Views
  ) -> [(node: Int, pattern: Pattern)] {
    guard case .result(_, let inputs, _) = graph.nodes[node].source, let member else { return [] }
    let shape = member.isSum ? graph.nodes[inputs[0]].shape : graph.nodes[node].shape
    return inputs.filter { graph.nodes[$0].splat == nil }.map { views.operand($0, over: shape) }
  }

  /// Whether `reader` may read `node` within one chain.
  func canJoin(_ node: Int, _ reader: Member) -> Bool {
    let root = views.root[node]
    guard let member = members[root], !member.isSum else { return false }
    return member.count == reader.count && member.dtype == reader.dtype && views.start[node] == 0
      && graph.nodes[node].shape.count == member.count
  }

  private func levelOf(_ i: Int) -> Int {
    if let member = members[i] {
      return operands(of: i).map { operand in
        let root = views.root[operand.node]
        return canJoin(operand.node, member) ? level[root] : after(root)
      }.max() ?? 0
    }
    return graph.nodes[i].inputs.map { after(views.root[$0]) }.max() ?? 0
  }

  private func after(_ root: Int) -> Int {
    if case .result = graph.nodes[root].source { return level[root] + 1 }
    return 0
  }

  /// Moves what is only needed later to where it is needed, so that it need not be kept until then.
  private mutating func sink(_ outputs: Set<Int>) {
    var users: [[Int]] = Array(repeating: [], count: graph.nodes.count)
    var isKept = Array(repeating: false, count: graph.nodes.count)
    for (i, node) in graph.nodes.enumerated() {
      let read = members[i] == nil ? node.inputs : operands(of: i).map(\.node)
      for input in read { users[views.root[input]].append(i) }
    }
    for output in outputs { isKept[views.root[output]] = true }
    for i in graph.nodes.indices.reversed() {
      guard let member = members[i], !member.isSum, !isKept[i], !users[i].isEmpty else { continue }
      let joining = users[i].allSatisfy { user in members[user].map { canJoin(i, $0) && level[user] > level[i] } ?? false }
      guard joining, let earliest = users[i].map({ level[$0] }).min() else { continue }
      // What it reads must then be kept instead: no more than the one value that it saves.
      let kept = operands(of: i).filter { operand in
        let root = views.root[operand.node]
        return members[root] != nil && level[root] == level[i] && graph.nodes[root].shape.count > 1
          && users[root].allSatisfy { members[$0] != nil && level[$0] == level[root] }
      }
      if kept.count <= 1 { level[i] = earliest }
    }
  }

  /// Moves sums of operands, as far as nothing reads them, to where their operand is read last: so it comes from memory once.
  private mutating func delaySums() {
    var lastReading: [Int: Int] = [:]
    var isRead = Array(repeating: false, count: graph.nodes.count)
    for (i, node) in graph.nodes.enumerated() {
      for input in node.inputs { isRead[views.root[input]] = true }
      guard let member = members[i], !member.isSum else { continue }
      for (operand, _) in operands(of: i) where graph.nodes[operand].isInput && isWhole(operand, of: member) {
        lastReading[operand] = max(lastReading[operand] ?? 0, level[i])
      }
    }
    for i in graph.nodes.indices where !isRead[i] {
      guard let member = members[i], member.isSum, let (operand, _) = operands(of: i).first, isWhole(operand, of: member) else {
        continue
      }
      if let last = lastReading[operand] { level[i] = last }
    }
  }

  private func isWhole(_ operand: Int, of member: Member) -> Bool {
    graph.nodes[operand].shape.count == member.count && graph.nodes[operand].dtype == member.dtype
  }

  private mutating func formChains() {
    struct Key: Hashable {
      let level: Int
      let count: Int
      let dtype: DType
    }
    var groups: [Key: [Int]] = [:]
    var order: [Key] = []
    for (i, member) in members.enumerated() {
      guard let member else { continue }
      let key = Key(level: level[i], count: member.count, dtype: member.dtype)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(i)
    }
    for key in order {
      for chain in connected(groups[key] ?? [], isScalar: key.count == 1) {
        for node in chain { chainOfNode[node] = chains.count }
        chains.append(chain)
      }
    }
  }

  /// The nodes in parts that share something besides single numbers; single numbers are all one part.
  private func connected(_ nodes: [Int], isScalar: Bool) -> [[Int]] {
    if isScalar { return [nodes] }
    var parts: [[Int]] = []
    var partOfValue: [Int: Int] = [:]
    for node in nodes {
      let touched = operands(of: node).map { views.root[$0.node] }.filter { graph.nodes[$0].shape.count > 1 } + [node]
      let met = Set(touched.compactMap { partOfValue[$0] }).sorted()
      let target = met.first ?? parts.count
      if met.isEmpty { parts.append([]) }
      parts[target].append(node)
      for value in touched { partOfValue[value] = target }
      for other in met.dropFirst() {
        parts[target] += parts[other]
        parts[other] = []
        for (value, part) in partOfValue where part == other { partOfValue[value] = target }
      }
    }
    return parts.filter { !$0.isEmpty }.map { $0.sorted() }
  }
}
