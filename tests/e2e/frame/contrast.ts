/** The contrast of two colours written `#rgb` or `#rrggbb`, from 1 to 21 (WCAG 2.2, «contrast ratio»). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, «relative luminance». */
function luminanceOf(colour: string): number {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/iu.exec(colour)?.[1];
  if (!digits) throw new Error(`«${colour}» is not a colour as the tokens write them`);
  const six = digits.length === 3 ? Array.from(digits, (digit) => digit + digit).join('') : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(six.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
