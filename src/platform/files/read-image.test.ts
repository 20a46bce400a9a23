import { expect, test } from 'vitest';
import { readImage } from './read-image.ts';

/** Made by real programs: a PNG of 3 by 2, a JPEG and the three kinds of WebP of 1 by 1. */
const real = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP8z8DAwMAAAAwEAQGB7bZ4AAAAAElFTkSuQmCC',
  lossy: 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA',
  lossless: 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
};

test('a picture is told by its signature and says its size', () => {
  expect(readImage(Buffer.from(real.png, 'base64'))).toEqual({ mediaType: 'image/png', width: 3, height: 2 });
  expect(readImage(Buffer.from(real.lossy, 'base64'))).toEqual({ mediaType: 'image/webp', width: 1, height: 1 });
  expect(readImage(Buffer.from(real.lossless, 'base64'))).toEqual({ mediaType: 'image/webp', width: 1, height: 1 });
  // SOI, an APP0 of two bytes, then a frame of 5 by 7.
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 7, 0, 5, 1]);
  expect(readImage(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 5, height: 7 });
});

test('anything else, or cut short, is no picture', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from([0xff, 0xd8]), Buffer.from('RIFF....WEBPVP8X'), Buffer.from('<svg/>')]) {
    expect(readImage(bytes)).toBeUndefined();
  }
  expect(readImage(Buffer.from(real.png, 'base64').subarray(0, 18))).toBeUndefined();
});
