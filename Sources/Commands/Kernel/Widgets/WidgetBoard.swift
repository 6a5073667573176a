import JupyterServer
import JupyterWire
import Synchronization

/// The models that pages draw, as they were told of them: a page that comes anew is told at any time, whatever runs.
///
/// A change is noted and sent in one, so nobody hears of an older state after a newer one.
final class WidgetBoard: Sendable {
  private struct State {
    var models: [String: WidgetModel] = [:]
    /// The comms through which pages ask for all models, the oldest first.
    var desks: [String] = []
  }

  private let state = Mutex(State())

  private static let target = "jupyter.widget"
  private static let deskTarget = "jupyter.widget.control"
  private static let version: JSON.Object = ["version": "2.1.0"]
  private static let mostDesks = 16

  /// The open comms' targets.
  var comms: [String: String] {
    state.withLock { state in
      var comms = state.models.mapValues { _ in Self.target }
      for desk in state.desks { comms[desk] = Self.deskTarget }
      return comms
    }
  }

  // MARK: What changes

  /// Tells pages of a model; gives the id of its comm.
  func open(_ model: WidgetModel, on output: (any KernelOutput)?) -> String {
    let id = Author.randomID()
    state.withLock { state in
      state.models[id] = model
      output?.send(
        CommMessage(
          .open(target: Self.target), id: id, data: ["state": .object(model.state), "buffer_paths": []], metadata: Self.version))
    }
    return id
  }

  /// - Parameter method: `echo_update` where a page has set it, and the others follow.
  func update(_ id: String, _ fields: JSON.Object, method: String = "update", on output: (any KernelOutput)?) {
    state.withLock { state in
      for field in fields.members { state.models[id]?.fields[field.name] = field.value }
      output?.send(CommMessage(.message, id: id, data: Self.update(fields, method: method)))
    }
  }

  func close(_ id: String, on output: (any KernelOutput)?) {
    state.withLock { state in
      state.models[id] = nil
      output?.send(CommMessage(.close, id: id))
    }
  }

  /// The value of a model's field.
  func field(_ name: String, of id: String) -> JSON? { state.withLock { $0.models[id]?.fields[name] } }

  // MARK: What pages ask

  /// The answer to a page that asks how things stand; nil for a message about something else.
  func answer(_ comm: CommMessage) -> ((any KernelOutput) -> Void)? {
    let isModel = state.withLock { $0.models[comm.id] != nil }
    return switch comm.kind {
    case .open(Self.deskTarget) where !isModel: { self.openDesk(comm.id, on: $0) }
    case .close where !isModel: { _ in self.state.withLock { $0.desks.removeAll { $0 == comm.id } } }
    case .message where isModel && comm.data["method"] == "request_state": { self.tell(comm.id, on: $0) }
    case .message where !isModel && comm.data["method"] == "request_states": { self.tellAll(through: comm.id, on: $0) }
    case .open, .close, .message: nil
    }
  }

  private func openDesk(_ id: String, on output: any KernelOutput) {
    state.withLock { state in
      if state.desks.contains(id) { return }
      state.desks.append(id)
      if state.desks.count > Self.mostDesks { output.send(CommMessage(.close, id: state.desks.removeFirst())) }
    }
  }

  private func tell(_ id: String, on output: any KernelOutput) {
    state.withLock { state in
      guard let model = state.models[id] else { return }
      output.send(CommMessage(.message, id: id, data: Self.update(model.state)))
    }
  }

  private func tellAll(through desk: String, on output: any KernelOutput) {
    state.withLock { state in
      guard state.desks.contains(desk) else { return }
      let states = JSON.Object(state.models.map { ($0, .object($1.described)) })
      output.send(
        CommMessage(
          .message, id: desk, data: ["method": "update_states", "states": .object(states), "buffer_paths": []]))
    }
  }

  private static func update(_ state: JSON.Object, method: String = "update") -> JSON.Object {
    ["method": .string(method), "state": .object(state), "buffer_paths": []]
  }
}

extension WidgetModel {
  /// As a page that comes anew is told of it.
  fileprivate var described: JSON.Object {
    [
      "model_name": .string(modelName), "model_module": .string(module.rawValue),
      "model_module_version": .string(module.version), "state": .object(state),
    ]
  }
}
