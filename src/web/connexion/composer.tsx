import type { FileRules, ReceivedFile } from '#domain/attachments/api.ts';
import type { Conversation, PersonRow } from '#domain/conversations/api.ts';
import type { Locale } from '#shared/locales.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Composer } from '#web/kit/composer.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { FileField } from '#web/kit/file-field.tsx';
import { KeptFiles } from '#web/kit/kept-files.tsx';
import { Note } from '#web/kit/note.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref, postHref } from './addresses.ts';

/** What somebody has typed so far in a form, and what is wrong with it. */
export type Composing = {
  fields: Record<string, string>;
  /** Already received, and kept whatever was wrong with the rest. */
  files: readonly ReceivedFile[];
  /** By field; the sentence is in the reader's language. */
  faults: readonly { field: string; text: string }[];
  /** Makes a form sent twice one message. */
  postKey: string;
  /** Kept when a session ended while writing. */
  restored: boolean;
  expiresAt: Date | undefined;
};

/** Made once: making one takes longer than the rest of the form. */
const listFormats = {
  'fr-CA': new Intl.ListFormat('fr-CA', { type: 'conjunction' }),
  'fr-FR': new Intl.ListFormat('fr-FR', { type: 'conjunction' }),
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
} as const satisfies Record<Locale, Intl.ListFormat>;

type MessageComposerProps = { view: View; conversation: Conversation; people: readonly PersonRow[]; composing: Composing; rules: FileRules };

/** «Afficher un message»: who will read, the text, the documents, «Soumettre» and «Annuler» (000-53 to 000-55). */
export function MessageComposer({ view, conversation, people, composing, rules }: MessageComposerProps) {
  const { t } = view;
  const place = { id: conversation.id, personaId: conversation.personaId };
  const names = people.filter((person) => person.personaId !== conversation.personaId).map((person) => person.name ?? person.address);
  const readers = listFormats[view.locale].format(names);
  const open = composing.faults.length > 0 || composing.restored;
  return (
    <Composer
      view={view}
      summary={t('connexion.post')}
      title={t('connexion.add')}
      readers={t.rich('connexion.read-by', { names: <b class="any">{readers}</b> })}
      open={open}
    >
      <ErrorSummary view={view} errors={composing.faults} />
      <Restored view={view} composing={composing} />
      <form class="stack" method="post" action={postHref(place)} enctype="multipart/form-data">
        <MessageFields view={view} composing={composing} rules={rules} />
        <div class="row">
          <Button view={view} kind="go" icon="send">
            {t('connexion.submit')}
          </Button>
          <LinkButton view={view} kind="bare" href={conversationHref(place)}>
            {t('connexion.cancel')}
          </LinkButton>
        </div>
      </form>
    </Composer>
  );
}

/** What was kept of a session that ended is said, once, above the form. */
export function Restored({ view, composing }: { view: View; composing: Composing }) {
  if (!composing.restored) return null;
  return (
    <Note view={view} kind="info" role="status">
      {view.t('connexion.restored')}
    </Note>
  );
}

/** The part that a new conversation and an answer have in common. */
export function MessageFields({ view, composing, rules }: { view: View; composing: Composing; rules: FileRules }) {
  const { t } = view;
  const error = (field: string) => composing.faults.find((fault) => fault.field === field)?.text;
  const hint = composing.expiresAt && t.rich('connexion.expires-hint', { at: <Time view={view} at={composing.expiresAt} /> });
  return (
    <>
      <input type="hidden" name="cle" value={composing.postKey} />
      <TextArea
        view={view}
        id="message"
        name="message"
        label={t('connexion.message')}
        value={composing.fields.message}
        hint={hint}
        error={error('message')}
        rows={7}
      />
      <KeptFiles view={view} legend={t('connexion.kept-files')} files={composing.files} />
      <FileField view={view} id="fichiers" name="fichiers" limitBytes={rules.filesBytes} types={rules.fileTypes} error={error('fichiers')} />
    </>
  );
}
