import Execution
import Gradients
import Tensors

/// How a function's result is put together: from tensors that the plan gives, and what is the same each time.
indirect enum ResultForm {
  /// A tensor, by its number among those that were computed.
  case computed(Int)
  case same(Value)
  case list([ResultForm])
  case tuple([ResultForm])
  case dict(keys: [Value], values: [ResultForm])

  /// - Parameters:
  ///   - trace: that the value was computed under.
  ///   - given: the lists and dictionaries among the arguments.
  ///   - computed: gets the tensors that were computed.
  /// - Returns: none for what each call of the function would make anew, or take over from its arguments.
  init?(_ value: Value, in trace: Trace, given: Set<ObjectIdentifier>, _ computed: inout [Variable], depth: Int = 0) {
    guard depth < 32, value.object.map({ !given.contains(ObjectIdentifier($0)) }) ?? true else { return nil }
    func inner(_ values: [Value]) -> [ResultForm]? {
      var forms: [ResultForm] = []
      for value in values {
        guard let form = ResultForm(value, in: trace, given: given, &computed, depth: depth + 1) else { return nil }
        forms.append(form)
      }
      return forms
    }
    switch value.boxed {
    case .list(let list):
      guard let forms = inner(list.elements) else { return nil }
      self = .list(forms)
    case .tuple(let tuple):
      guard let forms = inner(tuple.elements) else { return nil }
      self = .tuple(forms)
    case .dict(let dict):
      guard let forms = inner(dict.values) else { return nil }
      self = .dict(keys: dict.keys, values: forms)
    case .foreign(let object as TensorObject):
      if object.parameter == nil, trace.holds(object.variable) {
        self = .computed(computed.count)
        computed.append(object.variable)
      } else {
        guard object.parameter == nil || !trace.hasMadeParameters else { return nil }
        self = .same(value)
      }
    case .none, .bool, .int, .float, .string, .range, .ellipsis, .type: self = .same(value)
    default: return nil
    }
  }

  /// The result with tensors in their places.
  func value(_ tensors: [Value]) throws(RuntimeError) -> Value {
    switch self {
    case .computed(let number): return tensors[number]
    case .same(let value): return value
    case .list(let forms): return .list(try ResultForm.values(forms, tensors))
    case .tuple(let forms): return .tuple(try ResultForm.values(forms, tensors))
    case .dict(let keys, let forms):
      let dict = DictObject()
      for (key, value) in zip(keys, try ResultForm.values(forms, tensors)) { try dict.set(key, to: value) }
      return .dict(dict)
    }
  }

  private static func values(_ forms: [ResultForm], _ tensors: [Value]) throws(RuntimeError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(forms.count)
    for form in forms { values.append(try form.value(tensors)) }
    return values
  }
}
