import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Checkbox } from '#web/kit/checkbox.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { Field } from '#web/kit/field.tsx';
import { Time } from '#web/kit/time.tsx';
import { manageHref } from '../addresses.ts';
import type { LifeProps } from './life-sections.tsx';

/** The holder gives the conversation to a colleague, or shares its past with whoever replaces them (000-A2, 000-C7). */
export function HolderSection(props: LifeProps) {
  const { view, conversation, acting } = props;
  const { t } = view;
  return (
    <Card id="titulaire" title={t('life.holder.title')}>
      <p>{t('life.holder.why')}</p>
      <form class="stack" method="post" action={manageHref({ id: conversation.id, personaId: conversation.personaId }, 'transferer')}>
        <Field
          view={view}
          id="successeur"
          name="successeur"
          type="email"
          autocomplete="off"
          label={t('life.holder.address')}
          hint={t('life.holder.hint')}
          value={acting.fields.successeur}
          error={errorOf(acting.faults, 'successeur')}
        />
        <Checkbox view={view} id="avec-passe" name="avec-passe" value="oui" label={t('life.past')} hint={t('life.past.hint')} />
        <div class="row">
          <Button view={view} icon="user-round">
            {t('life.holder.submit')}
          </Button>
        </div>
      </form>
      <Delegates {...props} />
    </Card>
  );
}

function Delegates({ view, conversation, life }: LifeProps) {
  const { t } = view;
  const action = manageHref({ id: conversation.id, personaId: conversation.personaId }, 'passe');
  return (
    <div class="stack-s" id="remplacement">
      {life.delegates.map((delegation) => (
        <form class="row" method="post" action={action}>
          <input type="hidden" name="remplacement" value={delegation.id} />
          <span>
            {t.rich('life.delegate.here', {
              address: <span class="any">{delegation.delegateAddress}</span>,
              from: <Time view={view} at={delegation.startsAt} form="day" />,
              to: <Time view={view} at={new Date(delegation.endsAt.getTime() - 1)} form="day" />,
            })}
          </span>
          {delegation.withPast ? (
            <span class="small">{t('life.delegate.with-past')}</span>
          ) : (
            <Button view={view} small>
              {t('life.delegate.give-past')}
            </Button>
          )}
        </form>
      ))}
      <p class="small">
        <a href="/profil/absence">{t('life.delegate.link')}</a>
      </p>
    </div>
  );
}
