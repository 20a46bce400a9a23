/** A picture as its first bytes describe it. Sizes in pixels. */
export type Image = { mediaType: 'image/png' | 'image/jpeg' | 'image/webp'; width: number; height: number };

/** What these bytes are, by their signature and never by a name: PNG, JPEG or WebP, else undefined. */
export function readImage(bytes: Buffer): Image | undefined {
  try {
    return readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  } catch (error) {
    // Cut short: a size is read past the end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** PNG (third edition) §5.2 and §11.2.1: the signature, then the header chunk with both sizes. */
function readPng(bytes: Buffer): Image | undefined {
  if (bytes.toString('latin1', 0, 16) !== '\x89PNG\r\n\x1a\n\0\0\0\rIHDR') return undefined;
  return { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** ITU-T T.81 §B.2: segments until the one that begins a frame, which holds both sizes. */
function readJpeg(bytes: Buffer): Image | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { mediaType: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
}

/** RFC 9649 §2: a RIFF container whose first chunk is one of three, each with its own way to say both sizes. */
function readWebp(bytes: Buffer): Image | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const chunk = bytes.toString('latin1', 12, 16);
  const size = webpSize(bytes, chunk);
  return size && { mediaType: 'image/webp', ...size };
}

function webpSize(bytes: Buffer, chunk: string): { width: number; height: number } | undefined {
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ' && bytes.readUIntBE(23, 3) === 0x9d012a) {
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  }
  if (chunk !== 'VP8L' || bytes.readUInt8(20) !== 0x2f) return undefined;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}
