/** What a spreadsheet takes for a formula when a cell begins with it, in full width too (OWASP, «CSV Injection»). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A line of CSV (RFC 4180) that no spreadsheet executes: a cell that would be a formula begins with an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
