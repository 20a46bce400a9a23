import { conversationLimits } from '#shared/conversations.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { Field } from '#web/kit/field.tsx';
import { manageHref } from '../addresses.ts';
import type { LifeProps } from './life-sections.tsx';

/** Another title for everybody; the activities say that it changed, and neither title (000-C5). */
export function TitleSection({ view, conversation, acting }: LifeProps) {
  const { t } = view;
  return (
    <Card id="intitule" title={t('connexion.title')}>
      <form class="stack" method="post" action={manageHref({ id: conversation.id, personaId: conversation.personaId }, 'titre')}>
        <Field
          view={view}
          id="titre"
          name="titre"
          label={t('life.title.new')}
          hint={t('life.title.hint')}
          maxlength={conversationLimits.title * 2}
          value={acting.fields.titre ?? conversation.title}
          error={errorOf(acting.faults, 'titre')}
        />
        <div class="row">
          <Button view={view} icon="pencil">
            {t('life.title.submit')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
