import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { manageHref } from '../addresses.ts';
import type { LifeProps } from './life-sections.tsx';

/** «Clore» ends the posting, «Rouvrir» lets it go on (000-C5). */
export function StateSection({ view, conversation }: LifeProps) {
  const { t } = view;
  const closed = conversation.status === 'closed';
  return (
    <Card id="etat" title={t(closed ? 'life.reopen' : 'life.close')}>
      <p>{t(closed ? 'life.reopen.why' : 'life.close.why')}</p>
      <form method="post" action={manageHref(conversation, closed ? 'rouvrir' : 'clore')}>
        <Button view={view} icon={closed ? 'mail-open' : 'lock'}>
          {t(closed ? 'life.reopen' : 'life.close')}
        </Button>
      </form>
    </Card>
  );
}
