import { Button, LinkButton } from '#web/kit/button.tsx';
import { drawnOnce } from '#web/kit/drawn-once.ts';
import { Icon } from '#web/kit/icon.tsx';
import type { View } from './view.ts';

/**
 * Says two minutes before that the session ends, and how to stay; then that it has ended, and what is kept. Hidden until a script, which
 * alone knows the time, shows it. Without scripts a form sent too late is kept (docs/adr/0009).
 */
export function SessionEnd({ view }: { view: View }) {
  const { life, t } = view;
  if (!life) return null;
  return (
    <session-end
      class="banner banner--end"
      role="region"
      aria-label={t('frame.session.label')}
      hidden
      data-seconds={String(life.seconds)}
      data-extendable={life.extendable ? '' : undefined}
      data-idle={t('frame.session.idle', { time: '{time}' })}
      data-length={t('frame.session.length', { time: '{time}' })}
      data-minutes={t('frame.session.minutes')}
      data-minute={t('frame.session.minute')}
      data-half={t('frame.session.seconds')}
      data-stayed={t('frame.session.stayed')}
      data-unreachable={t('frame.session.unreachable', { time: '{time}' })}
      data-ended={t('frame.session.ended')}
      data-ended-kept={t('frame.session.ended-kept')}
      data-ended-unsaved={t('frame.session.ended-unsaved')}
    >
      <Inside view={view} />
    </session-end>
  );
}

const Inside = drawnOnce<object>(({ view }) => {
  const { t } = view;
  return (
    <>
      <Icon view={view} name="clock-alert" />
      {/* What is said aloud, sparingly; the countdown beside it moves each second and is only seen. */}
      <p class="sr" role="status" data-said="" />
      <p data-shown="" aria-hidden="true" />
      <span class="banner__acts">
        <Button view={view} type="button" small id="session-stay">
          {t('frame.session.stay')}
        </Button>
        <LinkButton view={view} small href="/ouvrir-une-session" data-again="">
          {t('frame.session.again')}
        </LinkButton>
      </span>
    </>
  );
});
