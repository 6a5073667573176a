import Tensors

@testable import Gradients

/// What stands between brackets, resolved by NumPy's rules one entry at a time.
struct SlowIndex {
  enum Part {
    case at(Int)
    case slice(Int?, Int?, Int)
    case newAxis, ellipsis
    case list(SlowTensor)
    case mask(SlowTensor)
  }

  /// The number, in row-major order, of each entry that is picked, in the result's shape.
  private(set) var places: SlowTensor?

  /// nil where the index fits no tensor of the shape.
  init?(_ given: [Part], _ shape: [Int]) {
    guard let parts = SlowIndex.complete(given, shape.count) else { return nil }
    var kept: [[Int?]] = []
    var lists: [(axis: Int, list: SlowTensor)] = []
    var listParts: [Int] = []
    var firstList: Int?
    var axis = 0
    let hasLists = parts.contains { part in
      switch part {
      case .list, .mask: true
      default: false
      }
    }
    var keptAxes: [Int?] = []
    for (number, part) in parts.enumerated() {
      switch part {
      case .newAxis:
        kept.append([nil])
        keptAxes.append(nil)
      case .ellipsis: break
      case .at(let place):
        guard -shape[axis] <= place, place < shape[axis] else { return nil }
        let place = (place + shape[axis]) % shape[axis]
        lists.append((axis, SlowTensor([], [Double(place)])))
        if hasLists {
          listParts.append(number)
          firstList = firstList ?? kept.count
        }
        axis += 1
      case .slice(let start, let stop, let step):
        kept.append(SlowIndex.taken(start, stop, step, shape[axis]))
        keptAxes.append(axis)
        axis += 1
      case .list(let list):
        guard let list = list.within(shape[axis]) else { return nil }
        lists.append((axis, list))
        listParts.append(number)
        firstList = firstList ?? kept.count
        axis += 1
      case .mask(let mask):
        guard Array(shape[axis...].prefix(mask.shape.count)) == mask.shape else { return nil }
        let found = mask.indices.filter { mask[$0] != 0 }
        for d in mask.shape.indices { lists.append((axis + d, SlowTensor([found.count], found.map { Double($0[d]) }))) }
        listParts.append(number)
        firstList = firstList ?? kept.count
        axis += mask.shape.count
      }
    }
    var together: [Int] = []
    for (_, list) in lists {
      guard let both = SlowTensor.common(together, list.shape) else { return nil }
      together = both
    }
    let areNeighbours = (listParts.last ?? 0) - (listParts.first ?? 0) + 1 == listParts.count
    let start = listParts.isEmpty ? 0 : areNeighbours ? firstList ?? 0 : 0
    let rest = kept.map(\.count)
    places = SlowTensor(Array(rest[..<start]) + together + Array(rest[start...])) { index in
      let inner = Array(index[start..<start + together.count])
      let outer = Array(index[..<start] + index[(start + together.count)...])
      var whole = [Int](repeating: 0, count: shape.count)
      for (axis, list) in lists { whole[axis] = Int(list.stretched(inner)) }
      for (i, place) in outer.enumerated() { if let axis = keptAxes[i], let entry = kept[i][place] { whole[axis] = entry } }
      return Double(zip(whole, shape).reduce(0) { $0 * $1.1 + $1.0 })
    }
  }

  /// With whole dimensions for the dots, written or understood.
  private static func complete(_ parts: [Part], _ rank: Int) -> [Part]? {
    var (used, dots) = (0, 0)
    for part in parts {
      switch part {
      case .newAxis: break
      case .ellipsis: dots += 1
      case .mask(let mask): used += mask.shape.count
      default: used += 1
      }
    }
    guard dots <= 1, used <= rank else { return nil }
    let whole = [Part](repeating: .slice(nil, nil, 1), count: rank - used)
    if dots == 0 { return parts + whole }
    return parts.flatMap { part -> [Part] in
      if case .ellipsis = part { whole.isEmpty ? [part] : whole } else { [part] }
    }
  }

  /// Python's slice of `0..<size`, entry by entry.
  private static func taken(_ start: Int?, _ stop: Int?, _ step: Int, _ size: Int) -> [Int?] {
    func bound(_ given: Int) -> Int { given < 0 ? given + size : given }
    var taken: [Int?] = []
    if step > 0 {
      var place = max(start.map(bound) ?? 0, 0)
      while place < min(stop.map(bound) ?? size, size) {
        taken.append(place)
        place += step
      }
    } else {
      var place = min(start.map(bound) ?? size - 1, size - 1)
      while place > max(stop.map(bound) ?? -1, -1) {
        taken.append(place)
        place += step
      }
    }
    return taken
  }
}

extension Fuzz {
  /// Parts of an index of a shape, and what they mean.
  mutating func indices(of shape: [Int]) throws -> ([Index], [SlowIndex.Part]) {
    var indices: [Index] = []
    var meant: [SlowIndex.Part] = []
    var (axis, last) = (0, whole(0...shape.count + (happens(0.05) ? 1 : 0)))
    let lists = self.shape(0...2, 1...2)
    while axis < last {
      let size = axis < shape.count ? shape[axis] : 2
      switch whole(0...6) {
      case 0:
        let place = happens(0.1) || size == 0 ? whole(-4...4) : whole(-size...size - 1)
        indices.append(.at(place))
        meant.append(.at(place))
      case 1, 2:
        let start = happens(0.4) ? nil : whole(-5...5)
        let stop = happens(0.4) ? nil : whole(-5...5)
        let step = [1, 1, 2, -1, -2][whole(0...4)]
        indices.append(.slice(start: start, stop: stop, step: step))
        meant.append(.slice(start, stop, step))
      case 3:
        let (list, slow) = try placesAlong(size, happens(0.7) ? lists : Array(lists.dropFirst()))
        indices.append(.gather(list.value))
        meant.append(.list(slow))
      case 4:
        let (mask, slow) = try bools([size])
        indices.append(.mask(mask.value))
        meant.append(.mask(slow))
      case 5:
        indices.append(.newAxis)
        meant.append(.newAxis)
        axis -= 1
      default:
        indices.append(.ellipsis)
        meant.append(.ellipsis)
        // What follows the dots belongs to the last dimensions: none is taken here.
        last = axis
      }
      axis += 1
    }
    return (indices, meant)
  }
}
