import type { MessageKey } from '#messages/translate.ts';
import { formatBytes } from '#shared/bytes.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { fileWords } from '#shared/uploads.ts';
import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { drawnOnce } from './drawn-once.ts';
import { describedBy, FieldError } from './field.tsx';
import { Icon } from './icon.tsx';

type FileFieldProps = {
  view: View;
  id: string;
  name: string;
  limitBytes: number;
  /** Extensions that may be joined; none: all. */
  types?: readonly string[];
  error?: string | undefined;
  legend?: string;
};

/**
 * Documents to join. A plain file input named «Parcourir» without scripts; with them each chosen or dropped file leaves at once and goes on
 * after a cut, and a total over the limit is refused before anything is sent (S-11).
 */
export function FileField({ error, ...props }: FileFieldProps) {
  return error === undefined ? <Faultless {...props} /> : <Drawn {...props} error={error} />;
}

const Faultless = drawnOnce<Omit<FileFieldProps, 'view' | 'error'>>((props) => <Drawn {...props} />);

function Drawn({ view, id, name, limitBytes, types = [], error, legend }: FileFieldProps) {
  const { t, locale } = view;
  const limit = formatBytes(limitBytes, locale);
  const hint = types.length > 0 ? t('kit.files.limit-types', { limit, types: types.join(', ') }) : t('kit.files.limit', { limit });
  const rules = { 'data-limit': limitBytes, 'data-most': conversationLimits.files, 'data-types': types.join(' ') };
  return (
    <file-field class="field" {...rules} data-locale={locale} data-words={words(view, limit, types)}>
      <span class="lbl" id={`${id}-legend`}>
        {legend ?? t('kit.files.legend')}
      </span>
      <div class="drop">
        <span class="small" id={`${id}-hint`}>
          <span class="js-only">{t('kit.files.drop')}</span> <span class="muted">{hint}</span>
        </span>
        <label class="filebtn">
          <span class="btn btn--s" aria-hidden="true">
            <Icon view={view} name="upload" />
            <span>{t('kit.files.browse')}</span>
          </span>
          <input
            type="file"
            multiple
            id={id}
            name={name}
            accept={types.map((type) => `.${type}`).join(',') || undefined}
            aria-label={t('kit.files.browse')}
            {...describedBy(id, hint, error)}
          />
        </label>
      </div>
      <FieldError view={view} id={id} error={error} />
      <ul class="files" data-list="" aria-labelledby={`${id}-legend`} hidden />
      <p class="err" role="alert" data-refusals="" hidden />
      <div class="holding" data-holding="" hidden>
        <p class="small">{t('kit.files.holding')}</p>
        <Button view={view} type="button" small>
          {t('kit.files.unhold')}
        </Button>
      </div>
      <IconsOfFiles view={view} />
    </file-field>
  );
}

/** The sentences that the script fills in: theirs are the values in braces, ours the limits. */
function words(view: View, limit: string, types: readonly string[]): string {
  const ours = { limit, most: conversationLimits.files, types: types.join(', ') };
  const theirs = { file: '{file}', size: '{size}', percent: '{percent}', time: '{time}' };
  return JSON.stringify(Object.fromEntries(fileWords.map((word) => [word, view.t(`kit.files.${word}` satisfies MessageKey, { ...theirs, ...ours })])));
}

/** Keeps in the sprite the shapes that only the script draws. */
function IconsOfFiles({ view }: { view: View }) {
  for (const name of ['file', 'x'] as const) view.icons.add(name);
  return null;
}
