import Synchronization
import Tensors

/// One walk against the direction of computation: first it puts the recorded operations in order, then it carries
/// gradients back through them.
///
/// Nothing here calls itself, so the length of a chain is limited by memory alone.
struct Sweep {
  /// A number that no other sweep has.
  let pass = Sweep.passes.add(1, ordering: .relaxed).newValue

  /// The starts of differentiation that were met, with the place of their gradients.
  private(set) var leaves: [(variable: Variable, slot: Int32)] = []

  /// What was recorded, each after all that it was computed from.
  private(set) var nodes: [Variable] = []
  private var slotOfNode: [Int32] = []

  /// For each operand of each node in turn, the place of its gradient; -1 where none is wanted.
  ///
  /// A rule may start a sweep of its own over the same variables, so their marks are read while ordering only.
  private var slotOfOperand: [Int32] = []

  /// The place of each target's gradient; none where a target is a constant.
  private var slotOfTarget: [Int32?] = []

  /// By place: whether it was asked for, whether it leads to one that was, and the gradient so far.
  private var isTarget: [Bool] = []
  private var isNeeded: [Bool] = []
  private var gradients: [Variable?] = []

  private var wantsEverything = true
  private var stopsAtTargets = false

  private static let passes = Atomic<UInt64>(0)

  /// Orders all that `root` was computed from.
  init(from root: Variable) {
    order(from: root)
    gradients = Array(repeating: nil, count: isTarget.count)
  }

  /// Orders what `root` was computed from; only what leads to one of `targets` is walked later.
  init(from root: Variable, towards targets: [Variable]) {
    wantsEverything = false
    slotOfTarget = targets.map { $0.isTracked ? place(target: $0) : nil }
    order(from: root)
    gradients = Array(repeating: nil, count: isTarget.count)
  }

  /// As `towards`, but what the targets were computed from is not looked at.
  init(from root: Variable, stoppingAt targets: [Variable]) {
    wantsEverything = false
    stopsAtTargets = true
    slotOfTarget = targets.map { $0.isTracked ? place(target: $0) : nil }
    order(from: root)
    gradients = Array(repeating: nil, count: isTarget.count)
  }

  /// Whether something tracked besides the targets was met, or a target that was itself computed from something tracked.
  var reachesBeyondTargets: Bool {
    leaves.contains { $0.variable.operation != nil || !isTarget[Int($0.slot)] }
  }

  /// The gradients that came to the targets; none where the root does not depend on one.
  var found: [Variable?] { slotOfTarget.map { slot in slot.flatMap { gradients[Int($0)] } } }

  /// The gradient that came to the place of a leaf.
  func gradient(at slot: Int32) -> Variable? { gradients[Int(slot)] }
}

// Ordering.
extension Sweep {
  private mutating func place(target: Variable) -> Int32 {
    if target.mark.pass == pass { return target.mark.slot }
    let slot = newSlot(isTarget: true)
    target.mark = Mark(pass: pass, slot: slot, isVisited: false)
    return slot
  }

  private mutating func newSlot(isTarget target: Bool) -> Int32 {
    isTarget.append(target)
    isNeeded.append(target)
    return Int32(isTarget.count - 1)
  }

  private mutating func order(from root: Variable) {
    var path: [(node: Variable, next: Int)] = []
    enter(root, &path)
    while let (node, next) = path.last {
      if next < node.inputs.count {
        path[path.count - 1].next += 1
        enter(node.inputs[next], &path)
      } else {
        path.removeLast()
        leave(node)
      }
    }
  }

  private mutating func enter(_ variable: Variable, _ path: inout [(node: Variable, next: Int)]) {
    guard variable.isTracked else { return }
    let mark = variable.mark
    if mark.pass == pass, mark.isVisited { return }
    let slot = mark.pass == pass ? mark.slot : newSlot(isTarget: false)
    variable.mark = Mark(pass: pass, slot: slot, isVisited: true)
    if variable.operation != nil, !(stopsAtTargets && isTarget[Int(slot)]) {
      path.append((variable, 0))
    } else {
      if wantsEverything { isNeeded[Int(slot)] = true }
      leaves.append((variable, slot))
    }
  }

  private mutating func leave(_ node: Variable) {
    let slot = node.mark.slot
    let first = slotOfOperand.count
    switch node.inputs {
    case .none: break
    case .one(let a): slotOfOperand.append(openSlot(a))
    case .two(let a, let b):
      slotOfOperand.append(openSlot(a))
      slotOfOperand.append(openSlot(b))
    case .many(let all):
      for input in all { slotOfOperand.append(openSlot(input)) }
    }
    if wantsEverything || slotOfOperand[first...].contains(where: { $0 >= 0 }) { isNeeded[Int(slot)] = true }
    nodes.append(node)
    slotOfNode.append(slot)
  }

  /// The place of an operand's gradient, -1 where it is not wanted.
  private func openSlot(_ input: Variable) -> Int32 {
    guard input.isTracked else { return -1 }
    let slot = input.mark.slot
    return isNeeded[Int(slot)] ? slot : -1
  }
}

// Carrying gradients back.
extension Sweep {
  /// Carries `seed`, the root's gradient, back to all that is needed. `visit` sees each recorded variable with its whole gradient.
  mutating func run(seed: Variable, visit: ((Variable, Variable) -> Void)? = nil) throws(GradientError) {
    guard let root = slotOfNode.last ?? leaves.first?.slot else { return }
    let shallStop = Interruption.question
    gradients[Int(root)] = seed
    var firstOperand = slotOfOperand.count
    for k in nodes.indices.reversed() {
      let node = nodes[k]
      firstOperand -= node.inputs.count
      let slot = Int(slotOfNode[k])
      guard isNeeded[slot], let upstream = gradients[slot] else { continue }
      if let shallStop, shallStop() { throw .interrupted }
      visit?(node, upstream)
      if !isTarget[slot] { gradients[slot] = nil }
      try pass(upstream, through: node, to: firstOperand)
    }
  }

  private mutating func pass(_ upstream: Variable, through node: Variable, to firstOperand: Int) throws(GradientError) {
    guard let operation = node.operation else { return }
    let application = Application(node)
    if case .custom = operation.derivative {
      let found = try CustomRule.gradients(of: application, upstream: upstream)
      for i in found.indices {
        if let gradient = found[i] { try accumulate(gradient, of: node.inputs[i], at: slotOfOperand[firstOperand + i]) }
      }
      return
    }
    for i in 0..<node.inputs.count where slotOfOperand[firstOperand + i] >= 0 {
      let gradient = try GradientError.wrap { () throws(TensorError) in
        try operation.derivative.gradient(of: application, upstream: upstream, input: i)
      }
      if let gradient { try accumulate(gradient, of: node.inputs[i], at: slotOfOperand[firstOperand + i]) }
    }
  }

  /// Adds to what has come to a variable so far, in the variable's own shape and type.
  private mutating func accumulate(_ gradient: Variable, of variable: Variable, at slot: Int32) throws(GradientError) {
    guard slot >= 0 else { return }
    let before = gradients[Int(slot)]
    gradients[Int(slot)] = try GradientError.wrap { () throws(TensorError) in
      let fitting = try gradient.fitted(to: variable)
      guard let before else { return fitting }
      return try before.add(fitting)
    }
  }
}
