import { formatBytes } from '#shared/bytes.ts';
import type { View } from '#web/layout/view.ts';

type KeptFile = { uploadId: string; name: string; size: number };

/** Documents that reached Pli with a form that could not be sent: they need not travel again. With scripts the file field lets go of them. */
export function KeptFiles({ view, legend, files }: { view: View; legend: string; files: readonly KeptFile[] }) {
  if (files.length === 0) return null;
  return (
    <fieldset class="stack-s">
      <legend class="lbl">{legend}</legend>
      {files.map((file) => (
        <label class="file">
          <input type="checkbox" class="ck" name="fichier-recu" value={file.uploadId} checked data-name={file.name} data-size={file.size} />
          <span class="any">{file.name}</span>
          <span class="sz">{formatBytes(file.size, view.locale)}</span>
        </label>
      ))}
    </fieldset>
  );
}
