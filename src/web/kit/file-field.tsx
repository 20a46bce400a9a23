import { formatBytes } from '#shared/bytes.ts';
import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { describedBy, FieldError } from './field.tsx';
import { Icon } from './icon.tsx';

type FileFieldProps = { view: View; id: string; name: string; limitBytes: number; error?: string | undefined; legend?: string };

/**
 * Documents to join. A plain file input named «Parcourir» without scripts; with them the chosen files are listed with their sizes,
 * can be dropped or removed, and a total over the limit is refused before anything is sent (S-11).
 */
export function FileField({ view, id, name, limitBytes, error, legend }: FileFieldProps) {
  const { t, locale } = view;
  const limit = formatBytes(limitBytes, locale);
  const hint = t('kit.files.limit', { limit });
  // The values in braces are filled in by the browser; the sentences themselves come from the catalogue.
  const sentences = {
    'data-over': t('kit.files.over', { limit, file: '{file}', size: '{size}' }),
    'data-remove': t('kit.files.remove', { file: '{file}' }),
    'data-ready': t('kit.files.ready', { size: '{size}' }),
    'data-sending': t('kit.files.sending', { percent: '{percent}', size: '{size}', time: '{time}' }),
    'data-stopped': t('kit.files.stopped', { percent: '{percent}' }),
  };
  return (
    <file-field class="field" data-limit={limitBytes} data-locale={locale} {...sentences}>
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
          <input type="file" multiple id={id} name={name} aria-label={t('kit.files.browse')} {...describedBy(id, hint, error)} />
        </label>
      </div>
      <FieldError view={view} id={id} error={error} />
      <ul class="files" data-list="" hidden />
      <p class="err" role="alert" data-refusals="" hidden />
      <div class="sending" data-progress="" hidden>
        <progress max={100} value={0} aria-labelledby={`${id}-legend`} />
        <span class="small num" data-left="" />
        <Button view={view} type="button" small>
          {t('kit.files.cancel')}
        </Button>
      </div>
      <IconsOfFiles view={view} />
    </file-field>
  );
}

/** Keeps in the sprite the shapes that only the script draws. */
function IconsOfFiles({ view }: { view: View }) {
  for (const name of ['file', 'x'] as const) view.icons.add(name);
  return null;
}
