import Execution
import Gradients
import Learning
import Tensors

// What can be told of the engines' objects without running anything.
extension Workspace {
  /// In a few words and without going through its numbers: `float32 [2, 3]`, `dense(3, tanh)`.
  public func facts(of object: ForeignObject) -> String {
    switch object {
    case let object as TensorObject: "\(object.data.dtype) \(object.data.shape)"
    case let object as LayerObject: object.layer.description
    case let object as NetworkObject: object.network.sizeInWords
    case let object as DatasetObject: (try? object.text()) ?? ""
    default: ""
    }
  }

  /// Whether what it holds by name stays as it is.
  public func isSettled(_ object: ForeignObject) -> Bool {
    switch object {
    case let object as NetworkObject: object.network.isReady
    case let object as LayerObject: object.layer.isReady
    default: false
    }
  }

  /// What an object holds by name, for completion: the layers of a network, the weights of a layer.
  public func members(of object: ForeignObject) -> [String: Value] {
    switch object {
    case let object as NetworkObject:
      Dictionary(object.network.places.map { ($0.name, value($0.layer)) }, uniquingKeysWith: { first, _ in first })
    case let object as LayerObject:
      Dictionary(object.parts, uniquingKeysWith: { first, _ in first })
    case let object as DatasetObject:
      object.dataset.y.map { ["x": value(object.dataset.x), "y": value($0)] } ?? ["x": value(object.dataset.x)]
    default: [:]
    }
  }

  /// The keys of the dictionaries among its attributes.
  public func keys(of object: ForeignObject) -> [String: [String]] {
    switch object {
    case let object as NetworkObject: ["parameters": object.network.parameters.map(\.path)]
    case let object as RunObject: object.keys
    default: [:]
    }
  }

  /// All that is worth knowing of an object, its numbers gone through; only while no program runs.
  public func details(of object: ForeignObject) -> [HelpPage.Part] {
    switch object {
    case let object as TensorObject: details(of: object)
    case let object as NetworkObject: [.words(object.network.title), object.network.summary().table]
    case let object as LayerObject: details(of: object.layer)
    default: (try? object.representations()).map { [.fixed($0.text)] } ?? []
    }
  }

  private func details(of object: TensorObject) -> [HelpPage.Part] {
    let tensor = object.tensor
    var facts = [
      HelpPage.Fact(object.parameter == nil ? "tensor" : "parameter", object.parameter?.name ?? ""),
      HelpPage.Fact("shape", "\(tensor.shape)"), HelpPage.Fact("type", "\(tensor.dtype)"),
    ]
    facts.removeAll { $0.value.isEmpty }
    // Larger ones would take the time in which an answer is awaited.
    if tensor.count > 0, tensor.count <= 1 << 20 {
      let numbers = tensor.doubles
      let finite = numbers.filter(\.isFinite)
      if let low = finite.min(), let high = finite.max() {
        facts.append(HelpPage.Fact("from", "\(Figures.significant(low, 5)) to \(Figures.significant(high, 5))"))
        facts.append(HelpPage.Fact("mean", Figures.significant(finite.reduce(0, +) / Double(finite.count), 5)))
      }
      if finite.count < numbers.count {
        facts.append(HelpPage.Fact("not finite", "\(numbers.count - finite.count) of \(numbers.count)"))
      }
    }
    return [.facts(facts), .fixed(tensor.description)]
  }

  private func details(of layer: Layer) -> [HelpPage.Part] {
    guard !layer.parameters.isEmpty else { return [.call(layer.description)] }
    let rows = layer.parameters.map { name, parameter in
      [name, "\(parameter.value.shape)", Figures.grouped(parameter.value.count)]
    }
    return [.call(layer.description), .table(["weight", "shape", "numbers"], rows: rows)]
  }
}

extension Network {
  /// As `4 layers, 1,234 parameters`.
  fileprivate var sizeInWords: String {
    let layers = places.count == 1 ? "1 layer" : "\(places.count) layers"
    return isReady ? "\(layers), \(Figures.grouped(parameters.reduce(0) { $0 + $1.parameter.value.count })) parameters" : layers
  }

  fileprivate var title: String {
    let words = "A network of \(sizeInWords)."
    return isReady ? words : words + " Its weights are made when the size of its input is known."
  }
}

extension NetworkSummary {
  fileprivate var table: HelpPage.Part {
    var cells = rows.map { row in
      [
        row.path, row.output.map { "[" + (["batch"] + $0.dimensions.map(String.init)).joined(separator: ", ") + "]" } ?? "?",
        row.parameters.map(Figures.grouped) ?? "?", row.multiplyAdds.map(Figures.grouped) ?? "?",
      ]
    }
    // More is for net.summary().
    if cells.count > 24 { cells.replaceSubrange(12..<(cells.count - 8), with: [["… \(cells.count - 20) more", "", "", ""]]) }
    cells.append(["total", "", Figures.grouped(parameters), Figures.grouped(multiplyAdds)])
    return .table(["layer", "output", "parameters", "multiply-adds"], rows: cells)
  }
}
