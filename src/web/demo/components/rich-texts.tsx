import type { RichText } from '#shared/rich-text.ts';
import { RichDocument } from '#web/kit/rich-document.tsx';
import { RichTextField } from '#web/kit/rich-text.tsx';
import type { View } from '#web/layout/view.ts';
import { Shown, ShownForm } from './showcase.tsx';

export function RichTextsSection({ view }: { view: View }) {
  const { t } = view;
  const field = { view, name: 'message', richName: 'message-riche', label: t('connexion.message'), rows: 4 } as const;
  const document: RichText = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: t('components.sample.text') }] }] };
  return (
    <>
      <ShownForm name={t('components.rich.empty')} wide>
        <RichTextField {...field} id="riche-vide" />
      </ShownForm>
      <ShownForm name={t('components.rich.filled')} wide>
        <RichTextField {...field} id="riche-rempli" value={t('components.sample.text')} document={document} />
      </ShownForm>
      <ShownForm name={t('components.rich.wrong')} wide>
        <RichTextField {...field} id="riche-faute" error={t('refusal.message.empty')} />
      </ShownForm>
      <Shown name={t('components.rich.read')} wide>
        <RichDocument view={view} document={document} />
      </Shown>
    </>
  );
}
