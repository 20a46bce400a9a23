import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';

/** The browser says some instants later what is selected: before the focus goes elsewhere, the editor is told at once. */
export function readSelection({ view }: Editor): void {
  const selection = getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return;
  const anchor = view.posAtDOM(anchorNode, selection.anchorOffset);
  const head = view.posAtDOM(focusNode, selection.focusOffset);
  view.dispatch(view.state.tr.setSelection(TextSelection.between(view.state.doc.resolve(anchor), view.state.doc.resolve(head))));
}
