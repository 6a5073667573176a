import Gradients
import Tensors

/// A failed step gone through again, looking at every value, to find the first that is not finite.
struct Inspection {
  let step: TrainingStep
  /// Of the step, from 0.
  let number: Int
  /// All of it, in its own order.
  let data: Dataset

  private var weights: [(path: String, parameter: Parameter)] { step.weights }

  /// - Parameter rows: the rows of the batch as the person's data counts them.
  func run(_ batch: Dataset, rows: [Int], losses: some Collection<Double>) throws(LearningError) -> NonFinite {
    let (origin, row) = try find(batch)
    return NonFinite(
      step: number + 1, origin: origin, row: row.flatMap { rows.indices.contains($0) ? rows[$0] : nil },
      losses: Array(losses))
  }

  private func find(_ batch: Dataset) throws(LearningError) -> (NonFinite.Origin, row: Int?) {
    if !isFinite(batch.x), let entry = NonFinite.Entry(data.x, names: data.features) { return (.input(entry), nil) }
    if let y = batch.y, !isFinite(y), let all = data.y, let entry = NonFinite.Entry(all, names: []) {
      return (.target(entry), nil)
    }
    if let bad = weights.first(where: { !isFinite($0.parameter.value) }) { return (.weight(path: bad.path), nil) }
    let pass = Pass(trainingWith: step.seed, step: number, keepingTrace: true)
    // As an argument the data is tracked, so operations before the first weight are seen too.
    let loss = try step.loss(step.network(Variable.argument(batch.x), pass: pass), batch.y ?? batch.x)
    if let found = culprit(behind: [loss], in: pass.trace, rows: batch.count) { return found }
    let found = try differentiate { () throws(GradientError) in
      try gradients(of: loss, in: weights.map(\.parameter.variable), isRecorded: true)
    }
    return culprit(behind: found.compactMap { $0 }, in: nil, rows: batch.count) ?? (.unknown, nil)
  }

  /// - Parameter trace: of the forward pass; none in the backward pass.
  private func culprit(
    behind ends: [Variable], in trace: [Pass.Entry]?, rows: Int
  ) -> (NonFinite.Origin, row: Int?)? {
    for variable in inOrderOfComputation(ends) where !isFinite(variable.value) {
      let operands = variable.inputs.all
      guard let operation = variable.operation, operands.allSatisfy({ isFinite($0.value) }) else { continue }
      let culprit = NonFinite.Culprit(
        name: operation.name, layer: trace?.first { isWithin($0, variable) }?.path, site: variable.site,
        isBackward: trace == nil,
        operands: operands.map {
          NonFinite.Operand(shape: $0.shape, largest: $0.value.doubles.reduce(0) { max($0, abs($1)) })
        },
        value: variable.value.doubles.first { !$0.isFinite } ?? .nan)
      return (.operation(culprit), firstBadRow(variable.value, rows: rows))
    }
    return nil
  }

  /// Whether a layer computed it.
  private func isWithin(_ entry: Pass.Entry, _ variable: Variable) -> Bool {
    inOrderOfComputation([entry.output], after: entry.input).contains { $0 === variable }
  }

  /// Every recorded variable behind the ends, operands before results.
  ///
  /// - Parameter start: what it goes back to, itself left out.
  private func inOrderOfComputation(_ ends: [Variable], after start: Variable? = nil) -> [Variable] {
    var order: [Variable] = []
    var seen: Set<ObjectIdentifier> = start.map { [ObjectIdentifier($0)] } ?? []
    var pending: [(variable: Variable, isEntered: Bool)] = ends.reversed().map { ($0, false) }
    while let (variable, isEntered) = pending.popLast() {
      if isEntered {
        order.append(variable)
      } else if variable.operation != nil, seen.insert(ObjectIdentifier(variable)).inserted {
        pending.append((variable, true))
        pending += variable.inputs.all.reversed().map { ($0, false) }
      }
    }
    return order
  }

  private func firstBadRow(_ tensor: Tensor, rows: Int) -> Int? {
    guard tensor.rank > 0, tensor.shape[0] == rows, rows > 0 else { return nil }
    let width = tensor.count / rows
    return tensor.doubles.firstIndex { !$0.isFinite }.map { $0 / max(1, width) }
  }
}

/// Whether all elements are finite.
func isFinite(_ tensor: Tensor) -> Bool {
  switch tensor.dtype {
  case .float32: tensor.floats.allSatisfy(\.isFinite)
  case .float64: tensor.doubles.allSatisfy(\.isFinite)
  case .int64, .bool: true
  }
}
