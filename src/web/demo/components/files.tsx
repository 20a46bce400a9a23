import { conversationLimits } from '#shared/conversations.ts';
import { FileField } from '#web/kit/file-field.tsx';
import { KeptFiles } from '#web/kit/kept-files.tsx';
import { FileRow } from '#web/kit/message.tsx';
import { PictureField } from '#web/kit/picture-field.tsx';
import type { View } from '#web/layout/view.ts';
import { Shown, ShownForm, tryAction } from './showcase.tsx';

export function FilesSection({ view }: { view: View }) {
  const { t } = view;
  const name = t('components.sample.file');
  const field = { view, name: 'fichiers', limitBytes: conversationLimits.filesBytes } as const;
  const limit = t('refusal.attachment.not-ready');
  return (
    <>
      <ShownForm name={t('components.files.field')} files>
        <FileField {...field} id="documents" />
      </ShownForm>
      <ShownForm name={t('components.files.wrong')} files>
        <FileField {...field} id="documents-faute" legend={t('components.files.legend')} error={limit} />
      </ShownForm>
      <ShownForm name={t('administration.setting.logo')} files>
        <PictureField view={view} id="image" name="image" label={t('administration.logo.choose')} hint={t('administration.logo.hint')} />
      </ShownForm>
      <ShownForm name={t('components.files.kept')}>
        <KeptFiles
          view={view}
          legend={t('connexion.kept-files')}
          files={[
            { uploadId: '1', name, size: 1_400_000 },
            { uploadId: '2', name: t('components.sample.long-file'), size: 820 },
          ]}
        />
      </ShownForm>
      <Shown name={t('components.files.rows')}>
        <ul class="files">
          <FileRow view={view} href={tryAction} name={name} bytes={1_400_000} />
          <FileRow view={view} href={tryAction} name={t('components.sample.long-file')} bytes={320_000_000} />
          <FileRow view={view} href={undefined} name={name} bytes={900} note={t('components.files.not-ready')} />
        </ul>
      </Shown>
    </>
  );
}
