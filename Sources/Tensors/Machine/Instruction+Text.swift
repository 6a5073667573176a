// What an instruction does, in words, and what it reads and writes.
extension Instruction: CustomStringConvertible {
  public var description: String {
    switch self {
    case .chain(let chain): chain.description
    case .product(let it):
      "product [\(it.rows),\(it.inner)]·[\(it.inner),\(it.columns)]" + (it.batches.count == 1 ? "" : " × \(it.batches.count)")
        + (it.addsRow ? ", biased" : it.added != nil ? ", added" : "")
        + (it.rectifies ? ", relu" : "")
    case .sum(_, _, let outer, let length, let inner): "sum [\(outer),\(length),\(inner)] over \(length)"
    case .rows(let function, _, _, let rows, let columns): "\(function.rawValue) of \(rows) rows of \(columns)"
    case .softmaxLoss(let it): "loss of softmax of \(it.rows) rows of \(it.columns), and its gradient"
    case .copy(let it):
      it.fromStrides == it.intoStrides && it.sizes.count == 1
        ? "copy of \(it.sizes[0])" : "rearranging of \(it.sizes.reduce(1, *))"
    case .fill(let out, let number): "\(number) × \(out.count)"
    case .gather(let it):
      switch it.kind {
      case .take: "rows taken, \(it.places.count) of \(it.length)"
      case .add: "rows added to \(it.length) places"
      case .takeAlong: "entries taken, \(it.places.count)"
      case .addAlong: "entries added, \(it.places.count)"
      }
    case .convert(let from, let into): "\(from.dtype.rawValue) to \(into.dtype.rawValue) of \(from.count)"
    case .oneHot(let places, _, let classes): "one_hot of \(places.count) in \(classes)"
    case .dropoutMask(_, _, let p, let out): "dropout_mask of \(out.count), p = \(p)"
    case .convolution(_, _, _, let out): "convolution to \(out.count)"
    case .pooling(let kind, _, let out, _): "\(kind.rawValue) to \(out.count)"
    case .call(let it): it.name + " to \(it.out.count)"
    }
  }

  /// The buffers that it reads, each once.
  public var reads: [Buffer] {
    let all: [Buffer] =
      switch self {
      case .chain(let chain): chain.inputs.map(\.buffer)
      case .product(let it): [it.a.buffer, it.b.buffer] + (it.added.map { [$0] } ?? [])
      case .sum(let x, _, _, _, _), .rows(_, let x, _, _, _), .convert(let x, _), .pooling(_, let x, _, _): [x]
      case .oneHot(let x, _, _), .dropoutMask(let x, _, _, _): [x]
      case .copy(let it): [it.from]
      case .fill: []
      case .gather(let it): [it.x, it.places]
      case .softmaxLoss(let it): [it.logits, it.places]
      case .convolution(_, let a, let b, _): [a, b]
      case .call(let it): it.inputs.map(\.buffer)
      }
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The buffers that it writes.
  public var writes: [Buffer] {
    switch self {
    case .chain(let chain): chain.outputs.map(\.buffer)
    case .product(let it): [it.out]
    case .sum(_, let out, _, _, _), .rows(_, _, let out, _, _), .convert(_, let out), .pooling(_, _, let out, _): [out]
    case .oneHot(_, let out, _), .dropoutMask(_, _, _, let out), .fill(let out, _), .convolution(_, _, _, let out): [out]
    case .copy(let it): [it.into]
    case .gather(let it): [it.out]
    case .softmaxLoss(let it): [it.taken, it.gradient]
    case .call(let it): [it.out]
    }
  }
}

extension Chain: CustomStringConvertible {
  /// `tanh over 2048`, or `chain of 9 over 2048: add relu …`.
  public var description: String {
    let names = steps.map(\.function.name) + outputs.compactMap { $0.kind == .entries ? nil : "\($0.kind.name)" }
    return names.count == 1
      ? "\(names[0]) over \(count)" : "chain of \(names.count) over \(count): " + names.joined(separator: " ")
  }
}

extension Chain.Function {
  /// The name of the operation.
  public var name: String {
    switch self {
    case .unary(let operation, _): operation.rawValue
    case .binary(let operation): operation.rawValue
    case .compare(let comparison): comparison.rawValue
    case .select: "where"
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .isNaN: "isnan"
    case .isFinite: "isfinite"
    case .copy: "copy"
    case .multiplyAdd: "multiply_add"
    case .subtractProduct: "subtract_product"
    case .addProducts: "add_products"
    case .rootQuotient: "root_quotient"
    case .signProduct: "sign_product"
    }
  }
}

extension Chain.Output.Kind {
  /// What is made of the entries.
  public var name: String {
    switch self {
    case .entries: "entries"
    case .sum: "sum"
    case .sumOfSquares: "sum of squares"
    }
  }
}
