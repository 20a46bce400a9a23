/** The extension of a file's name, in small letters without its dot; '' when it has none. */
function extensionOf(name: string): string {
  return /\.([^.\s/\\]+)$/u.exec(name.normalize('NFC').toLowerCase())?.[1] ?? '';
}

/** Whether an organisation lets such a file be joined: by its extension, which is what people see. */
export function isTypeAllowed({ fileTypes }: { fileTypes: readonly string[] }, name: string): boolean {
  return fileTypes.length === 0 || fileTypes.includes(extensionOf(name));
}
