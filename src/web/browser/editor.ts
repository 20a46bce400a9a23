// The editor of formatted messages: a script of its own, fetched by `<rich-text>` when somebody is about to write (elements/rich-text.ts).
import { Editor, type EditorOptions } from '@tiptap/core';
import { Slice } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import { fromPlainText, isAllowedHref, type RichText } from '#shared/rich-text.ts';
import { cleanPasted } from './editor/clean-pasted.ts';
import { focusNow } from './editor/focus-now.ts';
import { useLinkBar } from './editor/link-bar.ts';
import { readSelection } from './editor/read-selection.ts';
import { useToolbar } from './editor/toolbar.ts';
import { fromEditor, toEditor } from './editor/tree.ts';

type Settings = {
  /** Where the surface to write on is put, at the end. */
  place: HTMLElement;
  toolbar: HTMLElement;
  linkBar: HTMLElement;
  id: string;
  labelledBy: string;
  document: RichText;
  onChange: (document: RichText) => void;
};

export type TextEditor = {
  surface: HTMLElement;
  /** Another message in place of this one; nothing undoes it. */
  replace: (document: RichText) => void;
  /** Puts the caret there, in code units of the text; at the end when nothing is said. */
  focus: (selection?: { from: number; to: number }) => void;
  destroy: () => void;
};

/** Only what a message may hold: whatever else is pasted leaves its words and nothing more. */
const extensions = [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    dropcursor: false,
    gapcursor: false,
    heading: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    trailingNode: false,
    link: {
      openOnClick: false,
      HTMLAttributes: { target: null, rel: null },
      isAllowedUri: (address) => isAllowedHref(address),
      shouldAutoLink: (address) => /^https?:\/\//iu.test(address) && isAllowedHref(address),
    },
  }),
];

export function openEditor({ place, toolbar, linkBar, id, labelledBy, document, onChange }: Settings): TextEditor {
  const ending = new AbortController();
  const { signal } = ending;
  const editor = new Editor({
    element: place,
    extensions,
    content: toEditor(document),
    // Styles are in our sheet: the content security policy refuses others.
    injectCSS: false,
    editorProps: propsOf({ id, labelledBy }),
    onUpdate: () => onChange(fromEditor(editor.getJSON())),
  });
  const links = useLinkBar(editor, { bar: linkBar, signal });
  useToolbar(editor, { bar: toolbar, signal, onLink: links.toggle });
  editor.view.dom.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      readSelection(editor);
      links.toggle();
    },
    { signal },
  );
  return {
    surface: editor.view.dom,
    replace: (next) => {
      links.close();
      const { plugins, schema } = editor.state;
      editor.view.updateState(EditorState.create({ doc: schema.nodeFromJSON(toEditor(next)), plugins }));
    },
    focus: (selection) => {
      // A character, a break and each side of a paragraph are one step each, as in the text (fromPlainText); the document opens one before.
      const last = editor.state.doc.content.size;
      editor.commands.setTextSelection(selection ? { from: selection.from + 1, to: selection.to + 1 } : last);
      focusNow(editor);
    },
    destroy: () => {
      ending.abort();
      editor.destroy();
    },
  };
}

function propsOf({ id, labelledBy }: { id: string; labelledBy: string }): EditorOptions['editorProps'] {
  return {
    attributes: { id, class: 'in rich', role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': labelledBy },
    handleDOMEvents: {
      // Tab goes to the next field, also from a list: whoever writes by keyboard must be able to leave (WCAG 2.1.2).
      keydown: (_view, event) => event.key === 'Tab',
      // Text that arrives at once with its line ends (dictation, password managers, tests) keeps them.
      beforeinput: (view, event) => {
        if (event.inputType !== 'insertText' || !event.data?.includes('\n')) return false;
        event.preventDefault();
        view.dispatch(view.state.tr.replaceSelection(sliceOf(view.state, event.data)).scrollIntoView());
        return true;
      },
    },
    transformPastedHTML: cleanPasted,
    clipboardTextParser: (text, _context, _plain, view) => sliceOf(view.state, text),
  };
}

/** Blank lines part paragraphs, single line ends stay inside: as without an editor. */
function sliceOf(state: EditorState, text: string): Slice {
  const doc = state.schema.nodeFromJSON(toEditor(fromPlainText(text.replaceAll(/\r\n?/gu, '\n'))));
  return new Slice(doc.content, 1, 1);
}
