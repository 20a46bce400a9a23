/** A folder that is dropped looks like a file until it is read. */
export function isFolder(item: DataTransferItem | undefined): boolean {
  return item?.kind === 'file' && item.webkitGetAsEntry()?.isDirectory === true;
}
