/** Longest line of a text part: under 55 characters, so that it is read whole in a narrow window and once quoted (DESIGN §8). */
const width = 54;

/** Breaks a paragraph at ordinary spaces; a word longer than a line (an address) gets its own. */
export function wrap(paragraph: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
