/// A JSON value; integers and fractions are told apart, and objects keep the order of their members.
///
/// Our own and not `FoundationEssentials`', which forgets the order and takes 24 µs to read a message's header.
public enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(Object)

  /// The members of an object in the order in which they stand.
  public struct Object: Equatable, Sendable {
    public struct Member: Equatable, Sendable {
      public var name: String
      public var value: JSON
    }

    public private(set) var members: [Member] = []

    public init() {}

    public var isEmpty: Bool { members.isEmpty }

    /// The value of the last member with this name; setting `nil` removes the member.
    ///
    /// Takes time in proportion to the number of members.
    public subscript(name: String) -> JSON? {
      get { members.last { $0.name == name }?.value }
      set {
        guard let index = members.lastIndex(where: { $0.name == name }) else {
          if let newValue { append(name, newValue) }
          return
        }
        if let newValue {
          members[index].value = newValue
        } else {
          members.removeAll { $0.name == name }
        }
      }
    }

    /// Adds a member at the end without looking for one of the same name.
    public mutating func append(_ name: String, _ value: JSON) {
      members.append(Member(name: name, value: value))
    }
  }
}

extension JSON {
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var object: Object? { if case .object(let value) = self { value } else { nil } }

  /// The member of an object; `nil` for any other value.
  public subscript(name: String) -> JSON? { object?[name] }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements)) }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
  public init(_ elements: some Sequence<(String, JSON)>) {
    members = elements.map { Member(name: $0, value: $1) }
  }

  public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
