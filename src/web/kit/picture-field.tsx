import { describedBy, FieldFrame, type Labelled } from './field.tsx';
import { Icon } from './icon.tsx';

/** One picture to choose, sent with its form. What was chosen is said by the browser beside «Parcourir», with scripts and without. */
export function PictureField({ name, ...frame }: Labelled & { name: string }) {
  const { view, id, hint, error } = frame;
  return (
    <FieldFrame {...frame}>
      <label class="drop picture">
        <span class="btn btn--s" aria-hidden="true">
          <Icon view={view} name="upload" />
          <span>{view.t('kit.files.browse')}</span>
        </span>
        <input type="file" id={id} name={name} accept="image/png,image/jpeg,image/webp" {...describedBy(id, hint, error)} />
      </label>
    </FieldFrame>
  );
}
