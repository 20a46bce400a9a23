import type { FileRules, ReceivedFile } from '#domain/attachments/api.ts';
import type { Conversation, PersonRow } from '#domain/conversations/api.ts';
import type { FoundDraft } from '#domain/drafts/api.ts';
import { richTextField } from '#shared/conversations.ts';
import type { Locale } from '#shared/locales.ts';
import type { RichText } from '#shared/rich-text.ts';
import { readRichText } from '#shared/rich-text-schema.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Composer } from '#web/kit/composer.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { FileField } from '#web/kit/file-field.tsx';
import { KeptFiles } from '#web/kit/kept-files.tsx';
import { RichTextField } from '#web/kit/rich-text.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref, postHref } from './addresses.ts';
import { DiscardDraft, DraftLine, KeepDraftButton, KeptDraft } from './draft-parts.tsx';

/** What somebody has typed so far in a form, and what is wrong with it. */
export type Composing = {
  fields: Record<string, string>;
  /** Already received, and kept whatever was wrong with the rest. */
  files: readonly ReceivedFile[];
  /** By field; the sentence is in the reader's language. */
  faults: readonly { field: string; text: string }[];
  /** Makes a form sent twice one message. */
  postKey: string;
  /** What was kept of an earlier writing, when the form opens on it. */
  draft: FoundDraft | undefined;
  /** Of the draft that this form started from; 0 for none. */
  version: number;
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
  const names = people.filter((person) => person.personaId !== conversation.personaId).map((person) => person.name ?? person.address);
  const readers = listFormats[view.locale].format(names);
  const draftPlace = { conversationId: conversation.id, personaId: conversation.personaId };
  const open = composing.faults.length > 0 || composing.draft !== undefined;
  return (
    <Composer
      view={view}
      summary={t('connexion.post')}
      title={t('connexion.add')}
      readers={t.rich('connexion.read-by', { names: <b class="any">{readers}</b> })}
      open={open}
    >
      <ErrorSummary view={view} errors={composing.faults} />
      <div class="stack" data-writing="">
        <KeptDraft view={view} place={draftPlace} draft={composing.draft} />
        <form class="stack" method="post" action={postHref(conversation)} enctype="multipart/form-data">
          <MessageFields view={view} composing={composing} rules={rules} />
          <div class="row">
            <Button view={view} kind="go" icon="send">
              {t('connexion.submit')}
            </Button>
            <KeepDraftButton view={view} place={draftPlace} />
            <LinkButton view={view} kind="bare" href={conversationHref(conversation)}>
              {t('connexion.cancel')}
            </LinkButton>
          </div>
          <DraftLine view={view} place={draftPlace} composing={composing} />
        </form>
        <DiscardDraft view={view} place={draftPlace} kept={composing.version > 0} />
      </div>
    </Composer>
  );
}

/** The part that a new conversation and an answer have in common. */
export function MessageFields({ view, composing, rules }: { view: View; composing: Composing; rules: FileRules }) {
  const { t } = view;
  const error = (field: string) => errorOf(composing.faults, field);
  const hint = composing.expiresAt && t.rich('connexion.expires-hint', { at: <Time view={view} at={composing.expiresAt} /> });
  return (
    <>
      <input type="hidden" name="cle" value={composing.postKey} />
      <RichTextField
        view={view}
        id="message"
        name="message"
        label={t('connexion.message')}
        value={composing.fields.message}
        hint={hint}
        error={error('message')}
        richName={richTextField}
        document={documentOf(composing.fields)}
      />
      <KeptFiles view={view} legend={t('connexion.kept-files')} files={composing.files} />
      <FileField view={view} id="fichiers" name="fichiers" limitBytes={rules.filesBytes} types={rules.fileTypes} error={error('fichiers')} />
    </>
  );
}

/** The formatted version, given back to the editor. One that was refused is not ours to give: the text stands alone. */
function documentOf(fields: Composing['fields']): RichText | undefined {
  const written = fields[richTextField];
  if (!written) return undefined;
  const read = readRichText(written);
  return read.ok ? read.value : undefined;
}
