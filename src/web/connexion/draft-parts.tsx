import type { DraftPlace, FoundDraft } from '#domain/drafts/api.ts';
import { draftLimits } from '#shared/drafts.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Note } from '#web/kit/note.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { draftHref, draftPage } from './addresses.ts';
import type { Composing } from './composer.tsx';

type Placed = { view: View; place: DraftPlace };

/** Above the form: that it opens on a draft, of when, and what other pages wrote of the same one. */
export function KeptDraft({ view, place, draft }: Placed & { draft: FoundDraft | undefined }) {
  if (!draft) return null;
  const { t } = view;
  const found = t.rich('connexion.draft.found', { at: <Time view={view} at={draft.savedAt} />, days: String(draftLimits.days) });
  return (
    <>
      <Note view={view} role="status" icon="pencil">
        {draft.parked ? t('connexion.restored') : found}
      </Note>
      {draft.aside.map((version) => (
        <OtherVersion view={view} place={place} version={version} />
      ))}
    </>
  );
}

type OtherVersionProps = Placed & { version: FoundDraft['aside'][number] };

/** Another page wrote the same draft: its text is shown before anything is chosen, and choosing it loses nothing. */
function OtherVersion({ view, place, version }: OtherVersionProps) {
  const { t } = view;
  const { fields, files } = version;
  return (
    <Note view={view} kind="warn" role="status">
      <div class="stack-s">
        <p>{t.rich('connexion.draft.aside', { at: <Time view={view} at={version.savedAt} /> })}</p>
        <details class="fold">
          <summary>{t('connexion.draft.aside-show')}</summary>
          <div class="said">{[fields.titre, fields.participants, fields.message].filter(Boolean).join('\n\n')}</div>
          {files.length > 0 && <p>{t('connexion.draft.aside-files', { count: files.length })}</p>}
        </details>
        {/* The whole page is asked again: what is in the form changes under the hands. */}
        <form class="row" method="post" action={draftHref(place, 'version')} data-turbo="false">
          <input type="hidden" name="version" value={version.writer} />
          <Button view={view} small name="choix" value="prendre">
            {t('connexion.draft.take')}
          </Button>
          <Button view={view} small kind="bare" name="choix" value="supprimer">
            {t('connexion.draft.drop')}
          </Button>
        </form>
      </div>
    </Note>
  );
}

/** Without scripts. With them what is typed is kept by itself, and the line below takes the button away. */
export function KeepDraftButton({ view, place }: Placed) {
  return (
    <Button view={view} icon="save" id="garder" formaction={draftHref(place)} formnovalidate>
      {view.t('connexion.draft.keep')}
    </Button>
  );
}

/** «Brouillon enregistré à 15:14»: what a script keeps up to date, and what it says when saving fails or somebody else wrote. */
export function DraftLine({ view, place, composing }: Placed & { composing: Composing }) {
  const { t } = view;
  return (
    <draft-line
      class="draft"
      data-save={draftHref(place)}
      data-choose={draftHref(place, 'version')}
      data-limit={draftLimits.bytes}
      data-unsaved={t('connexion.draft.unsaved')}
      data-too-large={t('connexion.draft.too-large')}
      // A form that comes back with its faults holds what nobody may have saved.
      data-fresh={composing.faults.length > 0 ? '' : undefined}
    >
      <input type="hidden" name="brouillon" value={composing.version} />
      <p class="small muted line" data-line="" hidden>
        <Icon view={view} name="save" />
        <span />
      </p>
      <p class="sr" role="status" data-said="" />
      <div class="note note--warn" data-apart="" hidden>
        <Icon view={view} name="triangle-alert" />
        <div class="stack-s">
          <p>{t('connexion.draft.apart')}</p>
          <div class="row">
            <Button view={view} type="button" small name="garder-la-mienne">
              {t('connexion.draft.keep-mine')}
            </Button>
            <LinkButton view={view} small kind="bare" href={draftPage(place)} data-turbo="false">
              {t('connexion.draft.take-other')}
            </LinkButton>
          </div>
        </div>
      </div>
    </draft-line>
  );
}

/** Unfolded before it can be pressed: what is thrown away is not found again. */
export function DiscardDraft({ view, place, kept }: Placed & { kept: boolean }) {
  const { t } = view;
  return (
    <details class="fold" data-discard-draft="" hidden={!kept}>
      <summary>{t('connexion.draft.discard')}</summary>
      <form class="stack-s" method="post" action={draftHref(place, 'supprimer')} data-turbo="false">
        <p class="small">{t('connexion.draft.discard-lead')}</p>
        <div class="row">
          <Button view={view} kind="danger" small icon="trash-2">
            {t('connexion.draft.discard-confirm')}
          </Button>
        </div>
      </form>
    </details>
  );
}
