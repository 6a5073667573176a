import Execution
import Gradients

/// What the functions that are entered while something is traced read from outside of them, and what was there before.
///
/// Functions that are made within read variables of the trace itself, of which only their top-level names count.
final class Watch {
  private(set) var places: [(place: OuterPlace, before: Snapshot)] = []
  private var known: Set<OuterPlace> = []
  private var functions: Set<ObjectIdentifier> = []
  private var kept: [FunctionObject] = []
  private let firstInner = FunctionObject.count + 1
  private let machine: Machine

  init(_ machine: Machine) {
    self.machine = machine
  }

  /// To be called with each function before it runs.
  func note(_ function: FunctionObject) {
    guard functions.insert(ObjectIdentifier(function)).inserted else { return }
    kept.append(function)
    if machine.mayStop(in: function) { Trace.current?.obstruct(.stop) }
    var modules: [ModuleObject] = []
    func look(_ place: OuterPlace) {
      let value = place.value
      if case .module(let module) = value { modules.append(module) }
      guard known.insert(place).inserted else { return }
      places.append((place, Snapshot(captured: value)))
    }
    for place in function.namesRead { look(place) }
    if function.number < firstInner {
      for place in function.cellsRead { look(place) }
    }
    // What is read of a module is read by name.
    while let module = modules.popLast() {
      for name in function.attributesRead {
        if let place = module.globals.outerPlace(of: name), !known.contains(place) { look(place) }
      }
    }
  }

  /// Whether a debugger may stop in one of the functions.
  var mayBeStopped: Bool { kept.contains(where: machine.mayStop) }

  /// Whether all is as it was.
  var isUnchanged: Bool {
    if mayBeStopped { return false }
    var none: [Variable] = []
    for (place, before) in places where !before.matches(place.value, &none) { return false }
    return true
  }
}
