import type { Member } from '#domain/administration/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';
import { memberHref } from './places.ts';

const consequences = ['sessions', 'conversations', 'history', 'writing', 'again'] as const;

/** Before an account is deleted: what goes, what stays, and the way back. */
export function DeleteMemberPage({ view, organisation, member }: { view: View; organisation: Organisation; member: Member }) {
  const { t } = view;
  const back = memberHref(organisation, member.personaId);
  const name = member.name ?? member.address;
  return (
    <AdministrationFrame
      view={view}
      organisation={organisation}
      section="people"
      title={t('administration.delete.question', { name })}
      crumb={{ href: back, label: name }}
    >
      <Card>
        <p>
          <Address address={member.address} />
        </p>
        <ul class="bullets">
          {consequences.map((one) => (
            <li>{t(`administration.delete.${one}`)}</li>
          ))}
        </ul>
        <form class="row" method="post" action={memberHref(organisation, member.personaId, 'supprimer')}>
          <Button view={view} kind="danger" icon="trash-2">
            {t('administration.delete.confirm')}
          </Button>
          <LinkButton view={view} kind="bare" href={back}>
            {t('administration.delete.cancel')}
          </LinkButton>
        </form>
      </Card>
    </AdministrationFrame>
  );
}
