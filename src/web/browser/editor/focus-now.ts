import type { Editor } from '@tiptap/core';

/** The focus goes to what is written. The editor's own command waits for the next frame: what is typed meanwhile would be nowhere. */
export function focusNow(editor: Editor): void {
  editor.view.focus();
}
