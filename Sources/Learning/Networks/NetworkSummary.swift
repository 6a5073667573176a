import Tensors

/// What a network consists of and what it costs.
public struct NetworkSummary: Sendable {
  public let rows: [Row]
  /// Each weight counted once.
  public let parameters: Int
  /// For one example.
  public let multiplyAdds: Int
  /// Bytes of all weights.
  public let weightBytes: Int
  /// Bytes of all layers' results for one example.
  public let activationBytes: Int

  public struct Row: Sendable {
    /// The layer's path.
    public let path: String
    /// Of one example; none before it is known.
    public let output: Shape?
    /// None before the sizes are known; 0 for a layer that stands further up too.
    public let parameters: Int?
    /// For one example.
    public let multiplyAdds: Int?
  }
}

extension Network {
  public func summary() -> NetworkSummary {
    var rows: [NetworkSummary.Row] = []
    var seen: Set<ObjectIdentifier> = []
    var width = DType.defaultFloat.width
    summarise(prefix: "", &rows, &seen)
    let all = parameters.map(\.parameter.value)
    if let first = all.first { width = first.dtype.width }
    return NetworkSummary(
      rows: rows, parameters: all.reduce(0) { $0 + $1.count },
      multiplyAdds: Int(exactly: rows.reduce(0.0) { $0 + Double($1.multiplyAdds ?? 0) }.rounded()) ?? .max,
      weightBytes: all.reduce(0) { $0 + $1.count * $1.dtype.width },
      activationBytes: rows.reduce(0) { $0 + ($1.output?.count ?? 0) } * width)
  }

  private func summarise(prefix: String, _ rows: inout [NetworkSummary.Row], _ seen: inout Set<ObjectIdentifier>) {
    for place in places {
      let path = prefix + place.name
      if case .network(let inner, let joining) = place.layer.body {
        inner.summarise(prefix: path + ".", &rows, &seen)
        // What the layers within make is joined to something else.
        if joining != .row { rows.append(NetworkSummary.Row(path: path, output: place.output, parameters: 0, multiplyAdds: 0)) }
        continue
      }
      let isNew = seen.insert(ObjectIdentifier(place.layer)).inserted
      let count = place.layer.parameters.reduce(0) { $0 + $1.parameter.value.count }
      rows.append(
        NetworkSummary.Row(
          path: path, output: place.output,
          parameters: !place.layer.isReady ? nil : isNew ? count : 0, multiplyAdds: place.multiplyAdds))
    }
  }
}

extension Network.Place {
  /// For one example; none before the sizes are known.
  var multiplyAdds: Int? {
    guard case .kind(let kind, let settings) = layer.body else { return 0 }
    guard let input, let output else { return nil }
    let all = kind.multiplyAdds(LayerKind.Site(path: name, settings: settings, input: input), output)
    return Int(exactly: all.rounded()) ?? .max
  }
}

extension Layer: CustomStringConvertible {
  /// As it is written in a program, without what is left as it is anyway.
  public var description: String {
    switch body {
    case .input(let shape): return "input(" + shape.dimensions.map(String.init).joined(separator: ", ") + ")"
    case .network(let network, .row): return network.name.isEmpty ? "network" : network.name
    case .network(let network, let joining):
      let layers = network.layers.map(\.description) + (joining == .sum ? ["join=\"add\""] : [])
      return "\(joining.name)(\(layers.joined(separator: ", ")))"
    case .function(let function): return function.name
    case .kind(let kind, let settings):
      if let stem = givenStem { return stem }
      let shown = kind.hyperparameters.compactMap { parameter -> String? in
        guard let value = settings[parameter.name]?.description, value != parameter.fallback?.description else { return nil }
        return parameter.isRequired || parameter.name == "activation" ? value : "\(parameter.name)=\(value)"
      }
      return shown.isEmpty && kind.name == LayerKind.flatten.name ? kind.name : "\(kind.name)(\(shown.joined(separator: ", ")))"
    }
  }
}

extension NetworkSummary {
  /// A table of at most 60 columns.
  public var text: String {
    var table = TextTable(["layer", "output", "parameters", "multiply-adds"], leftColumns: 2)
    for row in rows {
      let output = row.output.map { shape in "[" + (["batch"] + shape.dimensions.map(String.init)).joined(separator: ", ") + "]" }
      table.add([
        row.path.count > 18 ? "…" + row.path.suffix(17) : row.path, output ?? "?", row.parameters.map(Figures.grouped) ?? "?",
        row.multiplyAdds.map(Figures.grouped) ?? "?",
      ])
    }
    let hasCount = rows.allSatisfy { $0.parameters != nil }
    let hasCost = rows.allSatisfy { $0.multiplyAdds != nil }
    table.add(["total", "", hasCount ? Figures.grouped(parameters) : "?", hasCost ? Figures.grouped(multiplyAdds) : "?"])
    guard hasCount, rows.allSatisfy({ $0.output != nil }) else {
      return table.text + "\nknown after the first call, or with input(...) first"
    }
    let memory = "memory: weights \(Figures.bytes(weightBytes)), results \(Figures.bytes(activationBytes)) an example"
    return table.text + "\n" + memory
  }
}
