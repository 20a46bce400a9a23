import type { MessageKey } from '#messages/translate.ts';
import type { View } from '#web/layout/view.ts';
import { ButtonsSection } from './buttons.tsx';
import { ChoicesSection } from './choices.tsx';
import { FieldsSection } from './fields.tsx';
import { FilesSection } from './files.tsx';
import { ListsSection } from './lists.tsx';
import { MarksSection } from './marks.tsx';
import { MessagesSection } from './messages.tsx';
import { NotesSection } from './notes.tsx';
import { RichTextsSection } from './rich-texts.tsx';
import { SecretsSection } from './secrets.tsx';
import { SheetsSection } from './sheets.tsx';
import { WholeFormsSection } from './whole-forms.tsx';

type Section = { id: string; title: MessageKey; Content: (props: { view: View }) => unknown };

/** The page of components, in its order. A component of the kit that none of them shows is a fault (components.test.tsx): add a file here. */
export const sections = [
  { id: 'boutons', title: 'components.section.buttons', Content: ButtonsSection },
  { id: 'champs', title: 'components.section.fields', Content: FieldsSection },
  { id: 'textes-enrichis', title: 'components.section.rich', Content: RichTextsSection },
  { id: 'choix', title: 'components.section.choices', Content: ChoicesSection },
  { id: 'secrets', title: 'components.section.secrets', Content: SecretsSection },
  { id: 'formulaires', title: 'components.section.forms', Content: WholeFormsSection },
  { id: 'documents-joints', title: 'components.section.files', Content: FilesSection },
  { id: 'marques', title: 'components.section.marks', Content: MarksSection },
  { id: 'notes', title: 'components.section.notes', Content: NotesSection },
  { id: 'listes', title: 'components.section.lists', Content: ListsSection },
  { id: 'messages', title: 'components.section.messages', Content: MessagesSection },
  { id: 'feuilles', title: 'components.section.sheets', Content: SheetsSection },
] as const satisfies readonly Section[];
