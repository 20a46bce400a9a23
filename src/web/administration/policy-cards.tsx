import type { MessageKey } from '#messages/translate.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { noticeWordingLength } from '#shared/policy.ts';
import { policyLimits } from '#shared/read-policy.ts';
import { Card } from '#web/kit/card.tsx';
import { Checkbox } from '#web/kit/checkbox.tsx';
import { Field, FieldError } from '#web/kit/field.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import { languages } from '#web/layout/other-language.ts';
import type { PolicyForm } from './policy-page.tsx';

type Line = { name: string; label: MessageKey; hint?: MessageKey; type?: 'text' | 'email' | 'tel'; inputmode?: string; most?: number };

/** One line of the form; its id is its name, where the summary of faults leads. */
function PolicyLine({ view, fields, error, line }: PolicyForm & { line: Line }) {
  const { name, label, hint, type = 'text', inputmode, most = policyLimits.contact } = line;
  const values = { days: policyLimits.days, limit: conversationLimits.filesBytes / 1024 ** 2 };
  return (
    <Field
      view={view}
      id={name}
      name={name}
      type={type}
      label={view.t(label)}
      hint={hint && view.t(hint, values)}
      value={fields[name] ?? ''}
      autocomplete="off"
      maxlength={most * 2}
      error={error(name)}
      {...(inputmode ? { inputmode } : {})}
    />
  );
}

/** How long messages live (S-03). */
export function ExpiryCard(form: PolicyForm) {
  return (
    <Card id="duree" title={form.view.t('administration.policy.expiry')}>
      <PolicyLine
        {...form}
        line={{ name: 'expiration', label: 'administration.setting.expiry-standard', hint: 'administration.policy.expiry-hint', inputmode: 'numeric' }}
      />
      <PolicyLine {...form} line={{ name: 'expiration-min', label: 'administration.setting.expiry-min', inputmode: 'numeric' }} />
      <PolicyLine
        {...form}
        line={{ name: 'expiration-max', label: 'administration.setting.expiry-max', hint: 'administration.policy.days-hint', inputmode: 'numeric' }}
      />
    </Card>
  );
}

/** What may be joined, refused before it leaves (000-51, 000-52). */
export function DocumentsCard(form: PolicyForm) {
  return (
    <Card id="documents" title={form.view.t('administration.policy.documents')}>
      <PolicyLine {...form} line={{ name: 'taille', label: 'administration.policy.size', hint: 'administration.policy.size-hint', inputmode: 'numeric' }} />
      <PolicyLine {...form} line={{ name: 'types', label: 'administration.setting.file-types', hint: 'administration.policy.types-hint', most: 1000 }} />
    </Card>
  );
}

/** Whom one may write to, and who sees the activities (S-01, 000-39). */
export function PeopleCard({ view, fields, error }: PolicyForm) {
  const { t } = view;
  return (
    <Card id="personnes" title={t('administration.policy.people')}>
      <TextArea
        view={view}
        id="domaines"
        name="domaines"
        label={t('administration.setting.recipient-domains')}
        hint={t('administration.policy.domains-hint')}
        error={error('domaines')}
        value={fields.domaines}
        rows={3}
        spellcheck="false"
      />
      <RadioCards
        view={view}
        name="activites"
        legend={t('administration.policy.activities')}
        value={fields.activites === 'collaborateurs' ? 'collaborateurs' : 'tous'}
        options={[
          { value: 'tous', label: t('administration.policy.activities-all'), detail: t('administration.policy.activities-all-detail') },
          { value: 'collaborateurs', label: t('administration.policy.activities-staff'), detail: t('administration.policy.activities-staff-detail') },
        ]}
      />
    </Card>
  );
}

/** What the notices say besides their own words (000-12). */
export function NoticesCard(form: PolicyForm) {
  const { view, fields, error } = form;
  const { t } = view;
  return (
    <Card id="avis" title={t('administration.policy.notices')}>
      <Checkbox
        view={view}
        id="titre-avis"
        name="titre-avis"
        label={t('administration.setting.title-in-notices')}
        hint={t('administration.policy.title-warning')}
        checked={fields['titre-avis'] === 'on'}
      />
      <p class="muted">{t('administration.policy.wording-hint', { limit: noticeWordingLength })}</p>
      <PolicyLine {...form} line={{ name: 'phrase-fr', label: 'administration.setting.wording-fr', most: noticeWordingLength }} />
      <PolicyLine {...form} line={{ name: 'phrase-en', label: 'administration.setting.wording-en', most: noticeWordingLength }} />
      <fieldset class="stack-s" id="langues">
        <legend class="lbl">{t('administration.setting.locales')}</legend>
        <p class="hint">{t('administration.policy.locales-hint')}</p>
        {languages.map(({ code, name }) => (
          <Checkbox
            view={view}
            id={`langue-${code}`}
            name={`langue-${code}`}
            label={<span lang={code}>{name}</span>}
            checked={fields[`langue-${code}`] === 'on'}
          />
        ))}
        <FieldError view={view} id="langues" error={error('langues')} />
      </fieldset>
    </Card>
  );
}

/** Whom people call, on every page, in every notice and in every sentence of refusal (000-56). */
export function SupportCard(form: PolicyForm) {
  const { t } = form.view;
  return (
    <Card id="soutien" title={t('administration.policy.support')}>
      <p class="muted">{t('administration.policy.support-hint')}</p>
      <PolicyLine {...form} line={{ name: 'telephone', label: 'administration.setting.support-phone', type: 'tel' }} />
      <PolicyLine {...form} line={{ name: 'courriel', label: 'administration.setting.support-email', type: 'email' }} />
      <PolicyLine {...form} line={{ name: 'heures-fr', label: 'administration.setting.hours-fr' }} />
      <PolicyLine {...form} line={{ name: 'heures-en', label: 'administration.setting.hours-en' }} />
    </Card>
  );
}
