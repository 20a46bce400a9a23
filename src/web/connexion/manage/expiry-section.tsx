import { localDay } from '#shared/expiry.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Field } from '#web/kit/field.tsx';
import { Time } from '#web/kit/time.tsx';
import { manageHref } from '../addresses.ts';
import type { LifeProps } from './life-sections.tsx';

/** Until when all the messages that are there live, and how long those to come will (000-C5, S-03). */
export function ExpirySection({ view, conversation, life, acting }: LifeProps) {
  const { t } = view;
  const place = { id: conversation.id, personaId: conversation.personaId };
  const errorOf = (field: string) => acting.faults.find((fault) => fault.field === field)?.text;
  return (
    <Card id="expiration" title={t('life.expiry.title')}>
      <p>{t.rich('life.expiry.last', { at: <Time view={view} at={conversation.lastExpiresAt} /> })}</p>
      <p>{t('life.expiry.means')}</p>
      <p class="small muted">{t('life.expiry.backups')}</p>
      <form class="stack" method="post" action={manageHref(place, 'expiration')}>
        <Field
          view={view}
          id="expire"
          name="expire"
          type="date"
          label={t('life.expiry.all')}
          hint={t('life.expiry.hint', life.caps)}
          value={acting.fields.expire ?? localDay(conversation.lastExpiresAt, conversation.zone)}
          error={errorOf('expire')}
        />
        <div class="row">
          <Button view={view} icon="clock">
            {t('life.expiry.submit')}
          </Button>
        </div>
      </form>
      <form class="stack" method="post" action={manageHref(place, 'duree')}>
        <Field
          view={view}
          id="jours"
          name="jours"
          type="number"
          inputmode="numeric"
          min={String(life.caps.min)}
          max={String(life.caps.max)}
          label={t('life.lifetime.days')}
          hint={t('life.lifetime.hint', life.caps)}
          value={acting.fields.jours ?? life.lifetime}
          error={errorOf('jours')}
        />
        <div class="row">
          <Button view={view} icon="save">
            {t('life.lifetime.submit')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
