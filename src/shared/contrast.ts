/** The least contrast between a text and what is under it (WCAG 2.2, 1.4.3). */
export const leastContrast = 4.5;

type Rgb = [number, number, number];

/** The contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, «contrast ratio»). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** `part` of the second colour in the first, `#rrggbb`. */
export function mixed(base: string, other: string, part: number): string {
  const [from, to] = [rgbOf(base), rgbOf(other)];
  const channels = from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * part));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = rgbOf(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
