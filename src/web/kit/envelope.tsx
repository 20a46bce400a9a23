import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Message, type MessageFacts, MessageMeta } from './message.tsx';

type EnvelopeProps = {
  view: View;
  id: string;
  figure?: IconName;
  author: string;
  facts: MessageFacts;
  openAction: string | undefined;
  fields?: Child;
  note?: Child;
  /** What can be done with it, last. */
  tools?: Child;
};

/**
 * A sealed message: its text is not in the page. «Ouvrir» is a POST, for it is recorded and seen by others (000-41, S-07).
 * Without `openAction` the envelope cannot be opened, and `note` says why. `fields` are hidden inputs of the form.
 */
export function Envelope({ view, id, figure, author, facts, openAction, fields, note, tools }: EnvelopeProps) {
  const { t } = view;
  return (
    <Message view={view} id={id} labelledBy={`${id}-by`} {...(figure ? { figure } : {})}>
      <div class="env">
        <svg class="env__flap" viewBox="0 0 600 100" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 0H600L300 92Z" />
        </svg>
        <span class="env__wax">
          <Icon view={view} name="lock-keyhole" />
        </span>
        <div class="env__in">
          <p id={`${id}-by`}>
            <b>{t('kit.envelope.sealed', { author })}</b> <span class="nowrap">· {t('kit.envelope.unopened')}</span>
          </p>
          <MessageMeta view={view} {...facts} />
          {openAction && (
            <form method="post" action={openAction}>
              {fields}
              <Button view={view} kind="seal" icon="mail-open">
                {t('kit.envelope.open')}
              </Button>
            </form>
          )}
          <p class="small">{note ?? t('kit.envelope.recorded')}</p>
          {tools}
        </div>
      </div>
    </Message>
  );
}
