import type { Conversation, ManagedMessage } from '#domain/conversations/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Note } from '#web/kit/note.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref, manageMessageHref } from '../addresses.ts';
import { ExpiryForm } from './expiry-form.tsx';

type MessagePageProps = {
  view: View;
  conversation: Conversation;
  message: ManagedMessage;
  caps: { min: number; max: number };
  fault: { field: string; text: string } | undefined;
  typed: string | undefined;
};

/** One message as who manages it sees it: who opened it, «Retirer», «Changer l'expiration» (000-C4, 000-C5). */
export function MessagePage(props: MessagePageProps) {
  const { view, conversation, message, fault } = props;
  const { t } = view;
  const title = conversation.title ?? t('connexion.expired-title');
  const number = message.position - conversation.visibleFrom + 1;
  const back = conversationHref(conversation, { message: message.id });
  return (
    <Layout
      view={view}
      title={t('life.message.title', { number })}
      current="connexion"
      persona={conversation.personaId}
      crumb={{ href: back, label: title }}
      narrow
    >
      <div class="stack">
        <Heading title={t('life.message.title', { number })} lead={t.rich('life.message.expires', { at: <Time view={view} at={message.expiresAt} /> })} />
        {fault && <ErrorSummary view={view} errors={[fault]} />}
        <Readers view={view} message={message} />
        {message.readable ? (
          <>
            {message.mine && <Withdrawal view={view} place={conversation} message={message} />}
            <Expiry {...props} />
          </>
        ) : (
          <Note view={view}>{t('refusal.message.gone')}</Note>
        )}
        <p>
          <LinkButton view={view} href={back}>
            {t('connexion.activities.back')}
          </LinkButton>
        </p>
      </div>
    </Layout>
  );
}

function Readers({ view, message }: { view: View; message: ManagedMessage }) {
  const { t } = view;
  return (
    <Card id="lecteurs" title={t('life.message.readers')}>
      <ul class="stack-s">
        {message.readers.map((reader) => (
          <li class="row">
            <span class="any">{reader.name ?? <Address address={reader.address} />}</span>
            {reader.openedAt ? (
              <span class="small">{t.rich('life.message.opened', { at: <Time view={view} at={reader.openedAt} /> })}</span>
            ) : (
              <Tag view={view} kind="wait" icon="lock-keyhole">
                {t('life.message.unopened')}
              </Tag>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type Place = { id: string; personaId: string };

function Withdrawal({ view, place, message }: { view: View; place: Place; message: ManagedMessage }) {
  const { t } = view;
  const opened = message.readers.filter((reader) => reader.openedAt).length;
  const all = opened > 0 && opened === message.readers.length;
  if (message.withdrawnAt) {
    return (
      <Card id="retirer" title={t('life.withdraw')}>
        <p>{t.rich('life.withdrawn.partly', { at: <Time view={view} at={message.withdrawnAt} /> })}</p>
      </Card>
    );
  }
  return (
    <Card id="retirer" title={t('life.withdraw')}>
      <p>{all ? t('refusal.message.opened-by-all') : opened === 0 ? t('life.withdraw.nobody') : t('life.withdraw.some', { count: opened })}</p>
      {!all && (
        <>
          <p class="small muted">{t('life.withdraw.correct')}</p>
          <form method="post" action={manageMessageHref(place, message.id, 'retirer')}>
            <Button view={view} kind="danger" icon="undo-2">
              {t('life.withdraw.submit')}
            </Button>
          </form>
        </>
      )}
    </Card>
  );
}

function Expiry({ view, conversation, message, caps, fault, typed }: MessagePageProps) {
  const { t } = view;
  return (
    <Card id="expiration" title={t('life.expiry.change')}>
      <ExpiryForm
        view={view}
        conversation={conversation}
        action={manageMessageHref(conversation, message.id, 'expiration')}
        label={t('connexion.expires')}
        caps={caps}
        expiresAt={message.expiresAt}
        typed={typed}
        error={fault?.field === 'expire' ? fault.text : undefined}
      />
    </Card>
  );
}
