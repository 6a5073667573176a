/// The pair of keys with which CurveZMQ encrypts what travels between a kernel and its clients; both ends share it.
public struct CurveKeys: Equatable, Sendable {
  /// 40 characters of Z85, as all keys in connection files.
  public let publicKey: String
  public let secretKey: String

  static let publicField = "curve_publickey"
  static let secretField = "curve_secretkey"

  /// `nil` if the file asks for no encryption.
  init?(_ fields: JSON.Object) throws(ConnectionError) {
    switch (try fields.key(Self.publicField), try fields.key(Self.secretField)) {
    case (nil, nil): return nil
    case (nil, _): throw .curveKeyAlone(field: Self.secretField)
    case (_, nil): throw .curveKeyAlone(field: Self.publicField)
    case (let publicKey?, let secretKey?): try self.init(publicKey: publicKey, secretKey: secretKey)
    }
  }

  public init(publicKey: String, secretKey: String) throws(ConnectionError) {
    for (field, key) in [(Self.publicField, publicKey), (Self.secretField, secretKey)] where !Self.isKey(key) {
      throw .badCurveKey(field: field)
    }
    self.publicKey = publicKey
    self.secretKey = secretKey
  }

  private static func isKey(_ text: String) -> Bool {
    let alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8
    return text.utf8.count == 40 && text.utf8.allSatisfy(alphabet.contains)
  }
}

extension JSON.Object {
  fileprivate func key(_ field: String) throws(ConnectionError) -> String? {
    self[field] == nil || self[field] == .null ? nil : try text(field)
  }
}
