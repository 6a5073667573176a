import CZlib

// Our own, since cairo's has libpng try five filters on every row: for drawings, which are mostly even, that takes ten times as long as
// zlib does, and makes no smaller files.
extension Canvas {
  /// The canvas as a PNG file.
  public func png() -> [UInt8]? {
    guard let image = indexed ?? (ground == nil ? withOpacity : plain), let packed = packed(image.rows) else { return nil }
    let header = bigEndian(width) + bigEndian(height) + [8, image.kind.rawValue, 0, 0, 0]
    var file: [UInt8] = [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
    append("IHDR", header, to: &file)
    if !image.palette.isEmpty { append("PLTE", image.palette, to: &file) }
    append("IDAT", packed, to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// What PNG calls a colour type.
  private enum Kind: UInt8 {
    case plain = 2
    case indexed = 3
    case withOpacity = 6
  }

  private struct Image {
    var kind: Kind
    var palette: [UInt8] = []
    /// Each begins with the number of its filter: none.
    var rows: [UInt8]
  }

  /// A byte for each pixel, where there are no more colours than that, as in most drawings.
  private var indexed: Image? {
    guard ground != nil else { return nil }
    var palette: [UInt8] = []
    var places: [UInt32: UInt8] = [:]
    var (last, place): (UInt32?, UInt8) = (nil, 0)
    let rows = rows(bytesPerPixel: 1) { pixel, bytes in
      if pixel != last {
        last = pixel
        if let known = places[pixel] {
          place = known
        } else {
          guard places.count < 256 else { return false }
          place = UInt8(places.count)
          places[pixel] = place
          palette += [red(pixel), green(pixel), blue(pixel)]
        }
      }
      bytes.append(place)
      return true
    }
    return rows.map { Image(kind: .indexed, palette: palette, rows: $0) }
  }

  private var plain: Image? {
    let rows = rows(bytesPerPixel: 3) { pixel, bytes in
      bytes.append(red(pixel))
      bytes.append(green(pixel))
      bytes.append(blue(pixel))
      return true
    }
    return rows.map { Image(kind: .plain, rows: $0) }
  }

  /// The file's colours are not multiplied by the opacity.
  private var withOpacity: Image? {
    let rows = rows(bytesPerPixel: 4) { pixel, bytes in
      let opacity = pixel >> 24
      func whole(_ colour: UInt8) -> UInt8 {
        opacity == 0 ? 0 : UInt8(min(255, (UInt32(colour) * 255 + opacity / 2) / opacity))
      }
      bytes.append(whole(red(pixel)))
      bytes.append(whole(green(pixel)))
      bytes.append(whole(blue(pixel)))
      bytes.append(UInt8(opacity))
      return true
    }
    return rows.map { Image(kind: .withOpacity, rows: $0) }
  }

  /// The rows, if all pixels can be written.
  private func rows(bytesPerPixel: Int, _ write: (UInt32, inout [UInt8]) -> Bool) -> [UInt8]? {
    var rows: [UInt8] = []
    rows.reserveCapacity((width * bytesPerPixel + 1) * height)
    for start in stride(from: 0, to: width * height, by: width) {
      rows.append(0)
      for pixel in pixels[start..<start + width] {
        if !write(pixel, &rows) { return nil }
      }
    }
    return rows
  }
}

private func red(_ pixel: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: pixel >> 16) }
private func green(_ pixel: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: pixel >> 8) }
private func blue(_ pixel: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: pixel) }

private func bigEndian(_ number: Int) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
}

/// Appends a chunk of a PNG file.
private func append(_ name: String, _ content: [UInt8], to file: inout [UInt8]) {
  let named = Array(name.utf8) + content
  file += bigEndian(content.count) + named + bigEndian(Int(crc32(0, named, UInt32(named.count))))
}

/// Packs bytes; what takes more time makes them hardly smaller.
private func packed(_ bytes: [UInt8]) -> [UInt8]? {
  var count = compressBound(UInt(bytes.count))
  let packed = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
    let isPacked = compress2(buffer.baseAddress, &count, bytes, UInt(bytes.count), 4) == Z_OK
    used = isPacked ? Int(count) : 0
  }
  return packed.isEmpty ? nil : packed
}
