import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { Field } from '#web/kit/field.tsx';
import { Note } from '#web/kit/note.tsx';
import { Time } from '#web/kit/time.tsx';
import { manageHref } from '../addresses.ts';
import type { LifeProps } from './life-sections.tsx';

/** «Relancer» those who have not opened, now or on a day to come (000-C4). */
export function RemindersSection({ view, conversation, life, acting }: LifeProps) {
  const { t } = view;
  const refused = errorOf(acting.faults, 'relances');
  return (
    <Card id="relances" title={t('life.reminders.title')}>
      <p>{t('life.reminders.why')}</p>
      {refused && (
        <Note view={view} kind="bad">
          {refused}
        </Note>
      )}
      <form method="post" action={manageHref(conversation, 'relancer')}>
        <Button view={view} icon="bell">
          {t('life.remind')}
        </Button>
      </form>
      <form class="stack" method="post" action={manageHref(conversation, 'relances')}>
        <Field
          view={view}
          id="relance"
          name="relance"
          type="date"
          label={t('life.schedule.day')}
          hint={t('life.schedule.hint')}
          value={acting.fields.relance}
          error={errorOf(acting.faults, 'relance')}
        />
        <div class="row">
          <Button view={view} icon="clock">
            {t('life.schedule.submit')}
          </Button>
        </div>
      </form>
      {life.reminders.length > 0 && (
        <ul class="stack-s">
          {life.reminders.map((reminder) => (
            <li>
              <form class="row" method="post" action={manageHref(conversation, `relances/${reminder.id}/annuler`)}>
                <span>
                  {t.rich('life.schedule.waits', { at: <Time view={view} at={reminder.dueAt} />, address: <span class="any">{reminder.address}</span> })}
                </span>
                <Button view={view} small icon="x">
                  {t('life.schedule.cancel')}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
