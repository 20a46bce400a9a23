import type { Handover, Member } from '#domain/administration/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import type { MessageKey } from '#messages/translate.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, type ButtonKind, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import type { IconName } from '#web/kit/icon.tsx';
import { Note } from '#web/kit/note.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';
import { MemberStateTag } from './member-state.tsx';
import { RoleBoxes } from './people-page.tsx';
import { memberHref, sectionHref } from './places.ts';

type MemberPageProps = {
  view: View;
  organisation: Organisation;
  member: Member;
  /** A handing over of many conversations that is under way, or stopped before its end. */
  handover: Handover | undefined;
  fault: Refused | undefined;
  /** The address typed in «Transférer ses conversations». */
  colleague: string;
};

/** One of the organisation's people: roles, access, and the end of their account. Each act says what it does before it is done. */
export function MemberPage(props: MemberPageProps) {
  const { view, organisation, member, fault } = props;
  const { t } = view;
  const crumb = { href: sectionHref(organisation, 'people'), label: t('administration.section.people') };
  const present = member.state === 'active' || member.state === 'suspended';
  return (
    <AdministrationFrame view={view} organisation={organisation} section="people" title={member.name ?? member.address} crumb={crumb}>
      {fault && <ErrorSummary view={view} errors={[fault.field === 'collegue' ? fault : { text: fault.text }]} />}
      <p class="row mb">
        <Address address={member.address} />
        <MemberStateTag view={view} member={member} />
      </p>
      <div class="stack">
        {member.state === 'elsewhere' && <Card>{t('administration.member.elsewhere')}</Card>}
        {member.state === 'ended' && <Card>{t('administration.member.ended')}</Card>}
        {present && <RolesCard view={view} organisation={organisation} member={member} />}
        {present && <AccessCard view={view} organisation={organisation} member={member} />}
        <TransferCard {...props} />
        {member.state !== 'ended' && <DeleteCard view={view} organisation={organisation} member={member} />}
      </div>
    </AdministrationFrame>
  );
}

type CardProps = Pick<MemberPageProps, 'view' | 'organisation' | 'member'>;

function RolesCard({ view, organisation, member }: CardProps) {
  const { t } = view;
  const held = member.roles.filter(({ status }) => status !== 'ended').map(({ role }) => role);
  return (
    <Card id="roles" title={t('administration.people.roles')}>
      <form class="stack" method="post" action={memberHref(organisation, member.personaId, 'roles')}>
        <RoleBoxes view={view} held={held} titled />
        <Button view={view}>{t('administration.member.save-roles')}</Button>
      </form>
    </Card>
  );
}

function AccessCard({ view, organisation, member }: CardProps) {
  const { t } = view;
  const act = (name: 'suspendre' | 'retablir' | 'inviter') => memberHref(organisation, member.personaId, name);
  return (
    <Card id="compte" title={t('administration.member.access')}>
      {member.state === 'suspended' ? (
        <Act view={view} text="administration.member.reactivate-text" action={act('retablir')} label="administration.member.reactivate" icon="user-plus" />
      ) : (
        <>
          {!member.hasComeIn && (
            <Act view={view} text="administration.member.invite-text" action={act('inviter')} label="administration.member.invite" icon="send" />
          )}
          <Act
            view={view}
            text="administration.member.suspend-text"
            action={act('suspendre')}
            label="administration.member.suspend"
            icon="user-x"
            kind="danger"
          />
        </>
      )}
    </Card>
  );
}

type ActProps = { view: View; text: MessageKey; action: string; label: MessageKey; icon: IconName; kind?: ButtonKind };

function Act({ view, text, action, label, icon, kind }: ActProps) {
  return (
    <form class="stack-s" method="post" action={action}>
      <p>{view.t(text)}</p>
      <Button view={view} kind={kind} icon={icon}>
        {view.t(label)}
      </Button>
    </form>
  );
}

/** What somebody who leaves held goes to a colleague, before their account is closed or after. */
function TransferCard({ view, organisation, member, handover, fault, colleague }: MemberPageProps) {
  const { t } = view;
  if (handover && !handover.doneAt) return <HandoverUnderWay view={view} organisation={organisation} member={member} handover={handover} />;
  return (
    <Card id="transferer" title={t('administration.transfer.title')}>
      {handover && (
        <Note view={view} kind="warn" title={t('administration.transfer.stopped')}>
          <p>{t('administration.transfer.stopped-text', progressOf(handover))}</p>
        </Note>
      )}
      <p>{t('administration.transfer.text')}</p>
      <form class="stack" method="post" action={memberHref(organisation, member.personaId, 'transferer')} novalidate>
        <Field
          view={view}
          id="collegue"
          name="collegue"
          type="email"
          label={t('administration.transfer.to')}
          value={colleague}
          autocomplete="off"
          error={fault?.field === 'collegue' ? fault.text : undefined}
        />
        <Button view={view} icon="send">
          {t('administration.transfer.submit')}
        </Button>
      </form>
    </Card>
  );
}

function progressOf({ moved, total, toAddress }: Handover) {
  return { moved, total, address: toAddress };
}

/** How far it is; asking again for the same colleague sets it off again, should it have stood still. */
function HandoverUnderWay({ view, organisation, member, handover }: CardProps & { handover: Handover }) {
  const { t } = view;
  return (
    <Card id="transferer" title={t('administration.transfer.under-way')}>
      <p role="status">{t('administration.transfer.progress', progressOf(handover))}</p>
      <progress max={handover.total} value={handover.moved} aria-label={t('administration.transfer.under-way')} />
      <form class="row" method="post" action={memberHref(organisation, member.personaId, 'transferer')}>
        <input type="hidden" name="collegue" value={handover.toAddress} />
        <Button view={view} icon="rotate-cw">
          {t('administration.transfer.look')}
        </Button>
      </form>
    </Card>
  );
}

function DeleteCard({ view, organisation, member }: CardProps) {
  const { t } = view;
  return (
    <Card id="supprimer" title={t('administration.delete.title')}>
      <p>{t('administration.delete.text')}</p>
      <LinkButton view={view} icon="trash-2" href={memberHref(organisation, member.personaId, 'supprimer')}>
        {t('administration.delete.go')}
      </LinkButton>
    </Card>
  );
}
