import type { Editor } from '@tiptap/core';
import { readHref } from '#shared/rich-text.ts';
import { focusNow } from './focus-now.ts';

type LinkBar = { toggle: () => void; close: () => void };

/** Asks where a link leads, under the toolbar. Enter sets it and does not send the form; Escape goes back to the text. */
export function useLinkBar(editor: Editor, { bar, signal }: { bar: HTMLElement; signal: AbortSignal }): LinkBar {
  const input = bar.querySelector('input');
  const fault = bar.querySelector<HTMLElement>('[data-sentence]');

  function open(): void {
    bar.hidden = false;
    const href: unknown = editor.getAttributes('link').href;
    if (input) input.value = typeof href === 'string' ? href : '';
    const remove = bar.querySelector<HTMLElement>('[data-link=remove]');
    if (remove) remove.hidden = typeof href !== 'string';
    tell('');
    input?.focus();
    input?.select();
  }

  function close(): void {
    bar.hidden = true;
    if (input) input.value = '';
    tell('');
  }

  function tell(sentence: string): void {
    if (fault) fault.textContent = sentence;
    if (sentence === '') input?.removeAttribute('aria-invalid');
    else input?.setAttribute('aria-invalid', 'true');
  }

  function set(): void {
    const typed = input?.value ?? '';
    if (typed.trim() === '') {
      remove();
      return;
    }
    const href = readHref(typed);
    if (href === undefined) {
      tell(fault?.dataset.sentence ?? '');
      input?.focus();
      return;
    }
    close();
    const bare = editor.state.selection.empty && !editor.isActive('link');
    const words = { type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] };
    focusNow(editor);
    if (bare) editor.chain().insertContent(words).unsetMark('link').run();
    else editor.chain().extendMarkRange('link').setLink({ href }).run();
  }

  function remove(): void {
    close();
    focusNow(editor);
    editor.chain().extendMarkRange('link').unsetLink().run();
  }

  bar.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && event.target === input) {
        event.preventDefault();
        set();
      } else if (event.key === 'Escape') {
        event.stopPropagation();
        close();
        focusNow(editor);
      }
    },
    { signal },
  );
  // What is typed here is no part of what is being written until it is set.
  bar.addEventListener('input', (event) => event.stopPropagation(), { signal });
  bar.querySelector('[data-link=set]')?.addEventListener('click', set, { signal });
  bar.querySelector('[data-link=remove]')?.addEventListener('click', remove, { signal });
  return { toggle: () => (bar.hidden ? open() : close()), close };
}
