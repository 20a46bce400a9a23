import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDataKey, openBytes, SealBroken, sealBytes, sealOverhead } from './seal.ts';

test('what is sealed opens with its key and context only', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.string(), fc.string(), (plaintext, context, otherContext) => {
      const key = newDataKey();
      const sealed = sealBytes(key, plaintext, context);
      expect(sealed.length).toBe(plaintext.length + sealOverhead);
      expect(openBytes(key, sealed, context)).toEqual(Buffer.from(plaintext));
      expect(() => openBytes(newDataKey(), sealed, context)).toThrow(SealBroken);
      if (context !== otherContext) expect(() => openBytes(key, sealed, otherContext)).toThrow(SealBroken);
    }),
  );
});

test('any altered byte, a cut and an unknown version are detected', () => {
  const key = newDataKey();
  const sealed = sealBytes(key, Buffer.from('Bonjour Jean'), 'message:1:body');
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 0x80, at);
    expect(() => openBytes(key, altered, 'message:1:body')).toThrow(SealBroken);
    expect(() => openBytes(key, sealed.subarray(0, at), 'message:1:body')).toThrow(SealBroken);
  }
});

test('the same text sealed twice does not look the same', () => {
  const key = newDataKey();
  expect(sealBytes(key, Buffer.from('oui'), 'x')).not.toEqual(sealBytes(key, Buffer.from('oui'), 'x'));
});
