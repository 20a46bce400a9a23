import type { HolderPersona } from '#domain/organisations/api.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { expiryOf, localDay } from '#shared/expiry.ts';
import type { WidestRules } from '#shared/policy.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Select } from '#web/kit/select.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { type Composing, MessageFields } from './composer.tsx';
import { DiscardDraft, DraftLine, KeepDraftButton, KeptDraft } from './draft-parts.tsx';

/** `rules`: the widest of the holders' organisations; the verb judges by the holder's own. */
type NewConversationPageProps = { view: View; holders: readonly HolderPersona[]; composing: Composing; rules: WidestRules };

/** «Nouvelle conversation»: from which address, to whom, what, with which documents, until when (000-C1). */
export function NewConversationPage({ view, holders, composing, rules }: NewConversationPageProps) {
  const { t } = view;
  const { fields } = composing;
  const error = (field: string) => errorOf(composing.faults, field);
  const holder = holders.find((one) => one.personaId === fields.titulaire) ?? holders[0];
  const zone = holder?.timeZone ?? view.zone;
  const expiry = expiryOf(view.now, zone, holder?.expiryDays);
  return (
    <Layout
      view={view}
      title={t('connexion.new')}
      current="connexion"
      persona={holder?.personaId}
      crumb={{ href: '/connexion', label: t('connexion.list.title') }}
      narrow
    >
      <Heading title={t('connexion.new')} lead={t('connexion.new.lead')} />
      <div class="card stack" data-writing="">
        <ErrorSummary view={view} errors={composing.faults} />
        <KeptDraft view={view} place="new" draft={composing.draft} />
        <form class="stack" method="post" action="/connexion/nouvelle" enctype="multipart/form-data">
          <Select
            view={view}
            id="titulaire"
            name="titulaire"
            label={t('connexion.holder')}
            hint={t('connexion.holder.hint')}
            error={error('titulaire')}
            value={holder?.personaId}
            options={holders.map((one) => ({ value: one.personaId, label: `${one.address} (${one.organisationName})` }))}
          />
          <Field
            view={view}
            id="titre"
            name="titre"
            label={t('connexion.title')}
            hint={t('connexion.title.hint')}
            error={error('titre')}
            value={fields.titre}
            autocomplete="off"
          />
          <TextArea
            view={view}
            id="participants"
            name="participants"
            label={t('connexion.participants')}
            hint={t('connexion.participants.hint', { limit: conversationLimits.participants })}
            error={error('participants')}
            value={fields.participants}
            rows={3}
            spellcheck="false"
          />
          <MessageFields view={view} composing={composing} rules={rules} />
          <Field
            view={view}
            id="expire"
            name="expire"
            type="date"
            label={t('connexion.expires')}
            hint={t('connexion.expires.hint', { days: rules.expiryDays.max })}
            error={error('expire')}
            value={fields.expire ?? localDay(expiry, zone)}
            min={localDay(expiryOf(view.now, zone, rules.expiryDays.min), zone)}
            max={localDay(expiryOf(view.now, zone, rules.expiryDays.max), zone)}
          />
          <div class="row">
            <Button view={view} kind="go" icon="send">
              {t('connexion.submit')}
            </Button>
            <KeepDraftButton view={view} place="new" />
            <LinkButton view={view} kind="bare" href="/connexion">
              {t('connexion.cancel')}
            </LinkButton>
          </div>
          <DraftLine view={view} place="new" composing={composing} />
        </form>
        <DiscardDraft view={view} place="new" kept={composing.version > 0} />
      </div>
    </Layout>
  );
}
