import Execution
import Gradients
import Learning

/// A dataset as a value.
final class DatasetObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it belongs to one machine.
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
    return "\(dataset.name): \(dataset.count) rows, \(features.isEmpty ? "1" : features) features\(classes)"
  }

  override func representations() throws(RuntimeError) -> Representations {
    Representations(text: try engine { try dataset.describe().text })
  }

  override var attributeNames: [String] {
    Self.names + workspace.methodNames(of: typeName)
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

  override func item(at key: Value, in machine: Machine) throws(RuntimeError) -> Value? {
    let places = Array(0..<dataset.count)
    let chosen = try machine.item(of: .list(places.map(Value.int)), at: key)
    let rows: [Value]
    switch chosen {
    case .list(let list): rows = list.elements
    default: rows = [chosen]
    }
    var numbers: [Int] = []
    for row in rows {
      if case .int(let number) = row { numbers.append(number) }
    }
    return .foreign(DatasetObject(try engine { [numbers] in try dataset.rows(numbers) }, in: workspace))
  }

  /// Goes over the rows as pairs of input and target.
  override func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? {
    pairs(of: (0..<dataset.count).lazy.map { [$0] }, keepsBatch: false)
  }

  private func pairs(
    of rows: some Sequence<[Int]>, keepsBatch: Bool
  ) -> IteratorObject.Next {
    var rows = rows.makeIterator()
    let (dataset, workspace) = (dataset, workspace)
    return { () throws(RuntimeError) -> Value? in
      guard let next = rows.next() else { return nil }
      return try engine {
        let part = try dataset.rows(next)
        let x = Variable(part.x), y = part.y.map { Variable($0) }
        return .tuple([
          workspace.value(keepsBatch ? x : try x.row(0)),
          try y.map { workspace.value(keepsBatch ? $0 : try $0.row(0)) } ?? Value.none,
        ])
      }
    }
  }
}

extension DatasetObject {
  /// Batches in order, each a pair of inputs and targets.
  func batches(_ size: Int) throws(RuntimeError) -> Value {
    let parts = try engine { try dataset.batches(size) }
    return .list(parts.map { .tuple([workspace.value($0.x), $0.y.map(workspace.value) ?? .none]) })
  }
}
