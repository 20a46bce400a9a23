import type { Editor } from '@tiptap/core';
import { focusNow } from './focus-now.ts';
import { readSelection } from './read-selection.ts';

type Tool = { run: (editor: Editor) => unknown; isOn?: (editor: Editor) => boolean; can?: (editor: Editor) => boolean };

const tools: Record<string, Tool> = {
  bold: { run: (editor) => editor.commands.toggleBold(), isOn: (editor) => editor.isActive('bold') },
  italic: { run: (editor) => editor.commands.toggleItalic(), isOn: (editor) => editor.isActive('italic') },
  bulletList: { run: (editor) => editor.commands.toggleBulletList(), isOn: (editor) => isInList(editor, 'bulletList') },
  orderedList: { run: (editor) => editor.commands.toggleOrderedList(), isOn: (editor) => isInList(editor, 'orderedList') },
  blockquote: { run: (editor) => editor.commands.toggleBlockquote(), isOn: (editor) => editor.isActive('blockquote') },
  undo: { run: (editor) => editor.commands.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (editor) => editor.commands.redo(), can: (editor) => editor.can().redo() },
};

/** The nearest list decides: a numbered list inside a bulleted one is numbered. */
function isInList(editor: Editor, type: string): boolean {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const { name } = $from.node(depth).type;
    if (name === 'bulletList' || name === 'orderedList') return name === type;
  }
  return false;
}

type Settings = { bar: HTMLElement; signal: AbortSignal; onLink: () => void };

/**
 * Gives life to the buttons that the page carries: what they do, whether they are on, and the arrow keys (WAI-ARIA, toolbar: one stop of the
 * Tab key; Home and End; Escape goes back to the text, Alt+F10 comes from it).
 */
export function useToolbar(editor: Editor, { bar, signal, onLink }: Settings): void {
  const buttons = Array.from(bar.querySelectorAll<HTMLButtonElement>('button[data-command]'));
  const show = () => {
    for (const button of buttons) showState(button, editor);
  };
  editor.on('transaction', show);
  show();

  // The text keeps the focus and what is selected in it when the mouse presses a button.
  bar.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
  bar.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-command]') : null;
      if (!button || button.getAttribute('aria-disabled') === 'true') return;
      stopAt(button);
      if (button.dataset.command === 'link') return onLink();
      // By keyboard the focus stays on the button, for the next one.
      if (event.detail > 0) focusNow(editor);
      tools[button.dataset.command ?? '']?.run(editor);
    },
    { signal },
  );
  bar.addEventListener('keydown', (event) => moved(event), { signal });
  editor.view.dom.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'F10' || !event.altKey) return;
      event.preventDefault();
      readSelection(editor);
      buttons.find((button) => button.tabIndex === 0)?.focus();
    },
    { signal },
  );

  function moved(event: KeyboardEvent): void {
    const at = buttons.findIndex((button) => button.matches(':focus'));
    if (event.key === 'Escape') focusNow(editor);
    const to = targetOf(event.key, at);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    if (!next) return;
    stopAt(next);
    next.focus();
  }

  function targetOf(key: string, at: number): number | undefined {
    const step = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    return { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: -1 }[key];
  }

  function stopAt(chosen: HTMLButtonElement): void {
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  }
}

function showState(button: HTMLButtonElement, editor: Editor): void {
  const command = button.dataset.command ?? '';
  const tool = tools[command];
  const on = command === 'link' ? editor.isActive('link') : tool?.isOn?.(editor);
  if (on !== undefined) setOnce(button, 'aria-pressed', String(on));
  if (tool?.can && !tool.can(editor)) setOnce(button, 'aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

/** Written only when it changes: some screen readers say it each time. */
function setOnce(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
