extension Connection {
  /// Reads the text of a connection file.
  public init(parsing bytes: [UInt8]) throws(ConnectionError) {
    try self.init(JSON.Object(fileContent: bytes))
  }

  init(_ fields: JSON.Object) throws(ConnectionError) {
    try self.init(withoutPorts: fields)
    for channel in Channel.allCases {
      let port = try fields.port(channel.rawValue)
      if ports.values.contains(port) { throw .portUsedTwice(port) }
      ports[channel] = port
    }
  }

  /// Reads everything but the ports.
  init(withoutPorts fields: JSON.Object) throws(ConnectionError) {
    let transportName = try fields["transport"] == nil ? "tcp" : fields.text("transport")
    guard let transport = Transport(rawValue: transportName) else { throw .unknownTransport(transportName) }
    let key = try Array(fields.text("key").utf8)
    // The scheme says nothing where nothing is signed.
    if !key.isEmpty, fields["signature_scheme"] != nil, case let scheme = try fields.text("signature_scheme"),
      scheme != "hmac-sha256"
    {
      throw .unknownSignatureScheme(scheme)
    }
    self.init(transport: transport, ip: try fields.text("ip"), ports: [:], key: key, curve: try CurveKeys(fields))
    if key.isEmpty && !isLocal { throw .unsigned(ip: ip) }
  }
}

extension Connection {
  /// The text of a connection file, for other clients.
  public var fileContent: [UInt8] {
    var fields: JSON.Object = [
      "transport": .string(transport.rawValue), "ip": .string(ip), "signature_scheme": "hmac-sha256",
      "key": .string(String(decoding: key, as: UTF8.self)),
    ]
    for member in portFields { fields.append(member.name, member.value) }
    if let curve {
      fields.append(CurveKeys.publicField, .string(curve.publicKey))
      fields.append(CurveKeys.secretField, .string(curve.secretKey))
    }
    return fields.bytes
  }

  /// The ports, by the names that connection files give them.
  var portFields: [JSON.Object.Member] {
    Channel.allCases.map { JSON.Object.Member(name: $0.rawValue, value: .integer(ports[$0] ?? 0)) }
  }
}

extension JSON.Object {
  init(fileContent bytes: [UInt8]) throws(ConnectionError) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .malformed(error) }
    guard let fields = json.object else { throw .notAnObject }
    self = fields
  }

  func text(_ field: String) throws(ConnectionError) -> String {
    guard let value = self[field] else { throw .missing(field: field) }
    guard let text = value.string else { throw .wrongType(field: field, expected: "a text") }
    return text
  }

  func port(_ field: String) throws(ConnectionError) -> Int {
    guard let value = self[field] else { throw .missing(field: field) }
    guard let port = value.integer else { throw .wrongType(field: field, expected: "a whole number") }
    guard (1...65535).contains(port) else { throw .portOutOfRange(field: field, port) }
    return port
  }
}
