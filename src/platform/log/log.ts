/** Structured log. Never a title, a text, a file name, an address, a code or a token: ids and codes of errors only. */
export type Log = {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
};
