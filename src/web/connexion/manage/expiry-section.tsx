import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { Field } from '#web/kit/field.tsx';
import { Time } from '#web/kit/time.tsx';
import { manageHref } from '../addresses.ts';
import { ExpiryForm } from './expiry-form.tsx';
import type { LifeProps } from './life-sections.tsx';

/** Until when all the messages that are there live, and how long those to come will (000-C5, S-03). */
export function ExpirySection({ view, conversation, life, acting }: LifeProps) {
  const { t } = view;
  return (
    <Card id="expiration" title={t('life.expiry.title')}>
      <p>{t.rich('life.expiry.last', { at: <Time view={view} at={conversation.lastExpiresAt} /> })}</p>
      <ExpiryForm
        view={view}
        conversation={conversation}
        action={manageHref(conversation, 'expiration')}
        label={t('life.expiry.all')}
        caps={life.caps}
        expiresAt={conversation.lastExpiresAt}
        typed={acting.fields.expire}
        error={errorOf(acting.faults, 'expire')}
      />
      <form class="stack" method="post" action={manageHref(conversation, 'duree')}>
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
          error={errorOf(acting.faults, 'jours')}
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
