import { type Conversation, type PersonState, refusalToSendAgain } from '#domain/conversations/api.ts';
import type { Refusal } from '#result';
import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { sentenceOf } from '#web/refusals.ts';
import { manageHref, personHref } from '../addresses.ts';
import type { Acting } from './add-people-section.tsx';
import { NoticeState } from './notice-state.tsx';
import { Followed, PersonMarks } from './people-section.tsx';

export type PersonPageProps = {
  view: View;
  conversation: Conversation;
  person: PersonState;
  acting: Acting;
};

/** One person of a conversation, for who manages it: how they follow, and the three things that can be done (000-C2, 000-C3). */
export function PersonPage({ view, conversation, person, acting }: PersonPageProps) {
  const { t } = view;
  const you = person.personaId === conversation.personaId;
  const name = person.name ?? person.address;
  return (
    <Layout
      view={view}
      title={name}
      current="connexion"
      persona={conversation.personaId}
      crumb={{ href: manageHref(conversation), label: t('manage.title') }}
      narrow
    >
      <Heading title={you ? t('connexion.people.you', { name }) : name} lead={person.name && <Address address={person.address} />} />
      <div class="stack">
        <ErrorSummary view={view} errors={acting.faults} />
        <Facts view={view} person={person} you={you} />
        {!you && <SendAgain view={view} place={conversation} person={person} />}
        {person.role !== 'holder' && !you && <CorrectAddress view={view} place={conversation} person={person} acting={acting} />}
        {person.role !== 'holder' && <ChangeRole view={view} place={conversation} person={person} acting={acting} />}
        <Remove view={view} place={conversation} person={person} you={you} />
      </div>
    </Layout>
  );
}

function Facts({ view, person, you }: { view: View; person: PersonState; you: boolean }) {
  const { t } = view;
  return (
    <Card>
      <PersonMarks view={view} person={person} />
      <p class="small">{t.rich('manage.person.added', { at: <Time view={view} at={person.addedAt} /> })}</p>
      {!you && <NoticeState view={view} notice={person.lastNotice} />}
      <Followed view={view} person={person} />
    </Card>
  );
}

type ActProps = { view: View; place: { id: string; personaId: string }; person: PersonState };

function SendAgain({ view, place, person }: ActProps) {
  const { t } = view;
  const refusal = refusalToSendAgain({ ...person, last: person.lastNotice, tellings: [] }, view.now);
  return (
    <Card id="avis" title={t('manage.again.title')}>
      <p>{t('manage.again.why')}</p>
      <form class="row" method="post" action={personHref(place, person.personaId, 'avis')}>
        <Button view={view} icon="send" id="renvoyer" {...reason(view, refusal)}>
          {t('manage.again.submit')}
        </Button>
      </form>
    </Card>
  );
}

function CorrectAddress({ view, place, person, acting }: ActProps & { acting: Acting }) {
  const { t } = view;
  const used = person.opened > 0 || person.sent > 0;
  return (
    <Card id="corriger" title={t('manage.correct.title')}>
      {used ? (
        <p>{sentenceOf(view, { code: 'person.already-opened', data: { address: person.address } })}</p>
      ) : (
        <>
          <p>{t('manage.correct.why')}</p>
          <form class="stack" method="post" action={personHref(place, person.personaId, 'adresse')}>
            <Field
              view={view}
              id="adresse"
              name="adresse"
              type="email"
              label={t('manage.correct.address')}
              value={acting.fields.adresse ?? person.address}
              error={errorOf(acting.faults, 'adresse')}
              autocomplete="off"
              spellcheck="false"
            />
            <div class="row">
              <Button view={view} icon="pencil">
                {t('manage.correct.submit')}
              </Button>
            </div>
          </form>
        </>
      )}
    </Card>
  );
}

function ChangeRole({ view, place, person, acting }: ActProps & { acting: Acting; place: Conversation }) {
  const { t } = view;
  return (
    <Card id="role" title={t('manage.role.title')}>
      <form class="stack" method="post" action={personHref(place, person.personaId, 'role')}>
        <RadioCards
          view={view}
          name="role"
          legend={t('manage.role.title')}
          legendHidden
          value={person.role === 'collaborator' ? 'collaborateur' : 'participant'}
          error={errorOf(acting.faults, 'role')}
          options={[
            { value: 'participant', label: t('manage.add.participant'), detail: t('manage.add.participant-detail') },
            {
              value: 'collaborateur',
              label: t('manage.add.collaborator'),
              detail: t('manage.add.collaborator-detail', { organisation: place.organisationName }),
            },
          ]}
        />
        <div class="row">
          <Button view={view} icon="user-round">
            {t('manage.role.submit')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Remove({ view, place, person, you }: ActProps & { you: boolean }) {
  const { t } = view;
  const holder: Refusal | undefined = person.role === 'holder' ? { code: 'person.holder' } : undefined;
  return (
    <Card id="retirer" title={t('manage.remove.title')}>
      {holder ? (
        <p>{sentenceOf(view, holder)}</p>
      ) : (
        <form class="stack" method="post" action={personHref(place, person.personaId, 'retirer')}>
          <p>{you ? t('manage.remove.why-you') : t('manage.remove.why', { name: person.name ?? person.address })}</p>
          <div class="row">
            <Button view={view} kind="danger" icon="user-minus">
              {t('manage.remove.submit')}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}

function reason(view: View, refusal: Refusal | undefined): { unavailable: string } | undefined {
  return refusal && { unavailable: sentenceOf(view, refusal) };
}
