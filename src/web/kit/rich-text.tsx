import type { RichText } from '#shared/rich-text.ts';
import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { drawnOnce } from './drawn-once.ts';
import { describedBy, FieldError, Hint, type Labelled } from './field.tsx';
import { Icon, type IconName } from './icon.tsx';

type RichTextFieldProps = Labelled & {
  name: string;
  value?: string | undefined;
  rows?: number;
  /** The field in which scripts put the formatted version, as JSON. Without them it does not exist. */
  richName: string;
  /** What was written with formatting before: `value` says the same without. */
  document?: RichText | undefined;
};

type Tool = { command: string; icon: IconName; label: string; toggles?: boolean };

/**
 * A text to write, with formatting where scripts run: `<rich-text>` loads the editor once it is in sight, and takes the place of the textarea
 * (src/web/browser/elements/rich-text.ts). Until then, and without scripts, it is the textarea that is sent.
 */
export function RichTextField({ view, id, label, hint, error, name, value = '', rows = 7, richName, document }: RichTextFieldProps) {
  return (
    <div class="field">
      <label for={id} id={`${id}-label`}>
        {label}
      </label>
      <Hint id={id} hint={hint} />
      <rich-text id={`${id}-rich`} data-name={richName} data-document={document && JSON.stringify(document)}>
        <Bars view={view} id={id} />
        <textarea class="in" id={id} name={name} rows={rows} {...describedBy(id, hint, error)}>
          {`\n${value}`}
        </textarea>
      </rich-text>
      <FieldError view={view} id={id} error={error} />
    </div>
  );
}

const Bars = drawnOnce<{ id: string }>(({ view, id }) => (
  <>
    <Toolbar view={view} id={id} />
    <LinkBar view={view} id={id} />
  </>
));

/** One stop of the Tab key; the arrows go from button to button (WAI-ARIA, toolbar). Hidden where scripts do not run. */
function Toolbar({ view, id }: { view: View; id: string }) {
  const { t } = view;
  const tools: Tool[] = [
    { command: 'bold', icon: 'bold', label: t('kit.rich.bold'), toggles: true },
    { command: 'italic', icon: 'italic', label: t('kit.rich.italic'), toggles: true },
    { command: 'bulletList', icon: 'list', label: t('kit.rich.bullets'), toggles: true },
    { command: 'orderedList', icon: 'list-ordered', label: t('kit.rich.numbers'), toggles: true },
    { command: 'blockquote', icon: 'text-quote', label: t('kit.rich.quote'), toggles: true },
    { command: 'link', icon: 'link', label: t('kit.rich.link'), toggles: true },
    { command: 'undo', icon: 'undo-2', label: t('kit.rich.undo') },
    { command: 'redo', icon: 'redo-2', label: t('kit.rich.redo') },
  ];
  return (
    <div class="editbar" role="toolbar" aria-label={t('kit.rich.toolbar')} aria-controls={id} hidden>
      {tools.map(({ command, icon, label, toggles }, index) => (
        <button
          type="button"
          class={classes('iconbtn', command === 'undo' && 'iconbtn--apart')}
          aria-label={label}
          title={label}
          aria-pressed={toggles ? 'false' : undefined}
          aria-disabled="true"
          tabindex={index === 0 ? 0 : -1}
          data-command={command}
        >
          <Icon view={view} name={icon} />
        </button>
      ))}
    </div>
  );
}

/** Where a link leads, asked under the toolbar rather than in a window of the browser's. Nothing of it is sent. */
function LinkBar({ view, id }: { view: View; id: string }) {
  const { t } = view;
  const field = `${id}-link`;
  return (
    <div class="linkbar" data-linkbar="" hidden>
      <label for={field}>{t('kit.rich.link.address')}</label>
      <div class="withbtn">
        <input
          class="in"
          id={field}
          type="text"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby={`${field}-error`}
        />
        <button type="button" class="btn" data-link="set">
          <span>{t('kit.rich.link.set')}</span>
        </button>
        <button type="button" class="btn btn--bare" data-link="remove" hidden>
          <span>{t('kit.rich.link.remove')}</span>
        </button>
      </div>
      <span class="err" id={`${field}-error`} data-sentence={t('kit.rich.link.refused')} role="alert" />
    </div>
  );
}
