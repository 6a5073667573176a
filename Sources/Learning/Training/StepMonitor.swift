/// Brings the numbers of steps into the record, layer by layer.
struct StepMonitor {
  /// The weights by layer, as places in the list of all trainable weights.
  private let layers: [(path: String, places: [Int])]

  init(_ paths: [String]) {
    var layers: [(path: String, places: [Int])] = []
    for (i, path) in paths.enumerated() {
      let layer = String(path[..<(path.lastIndex(of: ".") ?? path.endIndex)])
      if layers.last?.path == layer {
        layers[layers.count - 1].places.append(i)
      } else {
        layers.append((layer, [i]))
      }
    }
    self.layers = layers
  }

  /// Notes what a step did.
  func note(_ reading: StepReading, in record: inout LayerRecord) {
    for (i, layer) in layers.enumerated() {
      var (gradient, change, size) = (0.0, 0.0, 0.0)
      for place in layer.places {
        gradient += reading.squares[place]
        change += reading.changes[place]
        size += reading.sizes[place]
      }
      record.gradientNorm.append(gradient.squareRoot(), of: layer.path, at: i)
      let ratio = size > 0 ? (change / size).squareRoot() : change > 0 ? .infinity : 0
      record.updateRatio.append(ratio, of: layer.path, at: i)
    }
    for (i, layer) in reading.saturated.enumerated() { record.saturated.append(layer.share, of: layer.path, at: i) }
    for (i, layer) in reading.dead.enumerated() { record.dead.append(layer.share, of: layer.path, at: i) }
  }
}
