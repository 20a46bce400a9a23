import { describedBy, FieldFrame, type Labelled } from './field.tsx';

type TextAreaProps = Labelled & {
  name: string;
  value?: string | undefined;
  rows?: number;
  maxlength?: number;
  placeholder?: string;
  autocomplete?: string;
  spellcheck?: 'true' | 'false';
};

/** Several lines to type in. The parser drops a newline that opens a textarea: one is always written, for it to drop. */
export function TextArea({ view, id, label, hint, error, value = '', ...rest }: TextAreaProps) {
  return (
    <FieldFrame view={view} id={id} label={label} hint={hint} error={error}>
      <textarea {...rest} class="in" id={id} {...describedBy(id, hint, error)}>
        {`\n${value}`}
      </textarea>
    </FieldFrame>
  );
}
