import type { MessageKey } from '#messages/translate.ts';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Note, type NoteKind } from '#web/kit/note.tsx';
import { Toast } from '#web/kit/toast.tsx';
import type { View } from '#web/layout/view.ts';
import { Shown } from './showcase.tsx';

const notes = {
  info: ['components.note.info', 'connexion.restored'],
  warn: ['components.note.warn', 'refusal.conversation.expired'],
  bad: ['components.note.bad', 'refusal.sign-in.suspended'],
  ok: ['components.note.ok', 'connexion.flash.posted'],
} as const satisfies Record<NoteKind, readonly [MessageKey, MessageKey]>;

export function NotesSection({ view }: { view: View }) {
  const { t } = view;
  return (
    <>
      {Object.entries(notes).map(([kind, [name, text]]) => (
        <Shown name={t(name)}>
          <Note view={view} kind={kind as NoteKind /* the keys of notes */}>
            {t(text)}
          </Note>
        </Shown>
      ))}
      <Shown name={t('components.note.titled')}>
        <Note view={view} title={t('sign-in.ended.title')}>
          {t('sign-in.ended')}
        </Note>
      </Shown>
      <Shown name={t('components.toast.success')}>
        <Toast view={{ ...view, flash: { kind: 'success', key: 'connexion.flash.posted' } }} />
      </Shown>
      <Shown name={t('components.toast.info')}>
        <Toast view={{ ...view, flash: { kind: 'info', key: 'sign-in.signed-out' } }} />
      </Shown>
      <Shown name={t('components.empty')} wide>
        <div class="sheet">
          <EmptyState title={t('connexion.list.empty')}>
            <p class="muted">{t('connexion.list.empty-wait')}</p>
          </EmptyState>
        </div>
      </Shown>
    </>
  );
}
