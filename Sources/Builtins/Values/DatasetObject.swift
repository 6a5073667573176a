import Execution
import Gradients
import Learning
import Tensors

/// A dataset as a value.
final class DatasetObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let dataset: Dataset
  let workspace: Workspace

  init(_ dataset: Dataset, in workspace: Workspace) {
    self.dataset = dataset
    self.workspace = workspace
  }

  override var typeName: String { "dataset" }

  override func text() throws(RuntimeError) -> String {
    let classes = dataset.classes.isEmpty ? "" : ", \(dataset.classes.count) classes"
    let features = dataset.x.shape.dimensions.dropFirst().map(String.init).joined(separator: " × ")
    let rows = dataset.count == 1 ? "row" : "rows"
    let size = features.isEmpty || features == "1" ? "1 feature" : "\(features) features"
    return "\(dataset.name): \(dataset.count) \(rows), \(size)\(classes)"
  }

  override func representations() throws(RuntimeError) -> Representations {
    Representations(text: try engine { try dataset.describe().text })
  }

  override var attributeNames: [String] {
    Self.names + Builtin.methodNames[typeName, default: []]
  }

  static let names = ["x", "y", "classes", "features", "images", "name"]

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "x": return workspace.value(dataset.x)
    case "y": return dataset.y.map(workspace.value) ?? Value.none
    case "classes": return .list(dataset.classes.map { .string($0) })
    case "features": return .list(dataset.features.map { .string($0) })
    case "name": return .string(dataset.name)
    case "images":
      guard let images = try engine({ try dataset.images() }) else {
        throw RuntimeError(.attributeError, "\(dataset.name) does not hold images", help: "load_digits() does")
      }
      return workspace.value(images)
    default: return workspace.method(name, of: self)
    }
  }

  override func length() throws(RuntimeError) -> Int? { dataset.count }

  /// A row as a pair of input and target, or with a slice, a mask or several whole numbers the dataset of these rows.
  override func item(at key: Value, in machine: Machine) throws(RuntimeError) -> Value? {
    if case .tuple = key {
      throw RuntimeError(.typeError, "a dataset has rows only", help: "its inputs are a tensor: data.x[0:10, 1]")
    }
    let indices = try workspace.indices(key)
    return try engine {
      let rows = try Variable(Tensor(Array(0..<dataset.count))).subscripted(indices).value
      if rows.rank == 0 { return try pair(rows.intItem()) }
      guard rows.rank == 1 else {
        throw RuntimeError(.typeError, "a dataset has rows only", help: "its inputs are a tensor: data.x[0:10, None]")
      }
      return .foreign(DatasetObject(try dataset.rows(rows.ints()), in: workspace))
    }
  }

  /// Goes over the rows as pairs of input and target.
  override func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? {
    var rows = (0..<dataset.count).makeIterator()
    return { [self] () throws(RuntimeError) -> Value? in
      guard let row = rows.next() else { return nil }
      return try engine { try pair(row) }
    }
  }

  private func pair(_ row: Int) throws(TensorError) -> Value {
    .tuple([
      workspace.value(try Variable(dataset.x).row(row)),
      try dataset.y.map { y throws(TensorError) in workspace.value(try Variable(y).row(row)) } ?? .none,
    ])
  }
}

extension DatasetObject {
  /// Batches in order, each a pair of inputs and targets.
  func batches(_ size: Int) throws(RuntimeError) -> Value {
    let parts = try engine { try dataset.batches(size) }
    return .list(parts.map { .tuple([workspace.value($0.x), $0.y.map(workspace.value) ?? .none]) })
  }
}
