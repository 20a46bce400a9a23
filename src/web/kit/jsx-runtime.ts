// The automatic JSX runtime of our pages: an element is written as HTML the moment it is met (ADR 0020). The types name the tags and
// attributes we use, and leave out what the content security policy refuses: `on*`, `style`, `dangerouslySetInnerHTML`.
import { type Child, element, fragment, type Html } from './html.ts';

export type { Child };

type Component = (props: object) => Child;

/** What `<tag …>` and `<Component …>` become. What stands inside is written before what surrounds it, from left to right:
 * the sprite, last of the frame, knows every icon used. */
export function jsx(type: string | Component, props: Record<string, unknown> & { children?: Child }): Html {
  return typeof type === 'string' ? element(type, props) : fragment(type(props));
}

export { jsx as jsxDEV, jsx as jsxs };

/** `<>…</>`. */
export function Fragment({ children }: { children?: Child }): Child {
  return children;
}

type Text = string | undefined;
type Flag = boolean | undefined;
type Whole = number | undefined;

type Any = {
  [data: `data-${string}`]: string | number | boolean | undefined;
  [aria: `aria-${string}`]: string | number | boolean | undefined;
  id?: Text;
  class?: Text;
  lang?: Text;
  dir?: Text;
  title?: Text;
  role?: Text;
  tabindex?: Whole;
  hidden?: Flag;
  autofocus?: Flag;
  children?: Child;
};

type Anchor = Any & { href?: Text; hreflang?: Text; rel?: Text; target?: Text; download?: Text };
type Submits = {
  type?: 'submit' | 'button' | 'reset' | undefined;
  name?: Text;
  value?: Text;
  disabled?: Flag;
  form?: Text;
  formaction?: Text;
  formnovalidate?: Flag;
};
type Control = Any & {
  name?: Text;
  required?: Flag;
  readonly?: Flag;
  disabled?: Flag;
  form?: Text;
  autocomplete?: Text;
  autocapitalize?: Text;
  spellcheck?: 'true' | 'false' | undefined;
  placeholder?: Text;
  minlength?: Whole;
  maxlength?: Whole;
};
type Input = Control & {
  type?: Text;
  value?: string | number | undefined;
  checked?: Flag;
  multiple?: Flag;
  accept?: Text;
  inputmode?: Text;
  pattern?: Text;
  min?: Text;
  max?: Text;
  step?: Text;
  list?: Text;
  enterkeyhint?: Text;
};
type Form = Any & { action?: Text; method?: 'get' | 'post' | 'dialog'; enctype?: Text; novalidate?: Flag; autocomplete?: Text; target?: Text };
type Cell = Any & { colspan?: Whole; rowspan?: Whole; scope?: Text; headers?: Text };
type Svg = Any & { viewBox?: Text; width?: string | number; height?: string | number; preserveAspectRatio?: Text };
type Shape = Any & { d?: Text; fill?: Text; opacity?: Text; href?: Text };

type Plain =
  | (
      | 'abbr'
      | 'article'
      | 'aside'
      | 'b'
      | 'blockquote'
      | 'body'
      | 'br'
      | 'caption'
      | 'code'
      | 'dd'
      | 'div'
      | 'dl'
      | 'dt'
      | 'em'
      | 'fieldset'
      | 'figure'
      | 'footer'
      | 'head'
    )
  | ('h1' | 'h2' | 'h3' | 'header' | 'hr' | 'html' | 'kbd' | 'legend' | 'li' | 'main' | 'mark' | 'nav' | 'p' | 'pre' | 'section' | 'small' | 'span' | 'strong')
  | ('summary' | 'sup' | 'table' | 'tbody' | 'thead' | 'title' | 'tr' | 'ul' | 'wbr')
  | (
      | 'busy-form'
      | 'code-field'
      | 'draft-line'
      | 'file-field'
      | 'opened-message'
      | 'password-rules'
      | 'rich-text'
      | 'session-end'
      | 'show-password'
      | 'toast-message'
    );

type Tags = Record<Plain, Any> & {
  a: Anchor;
  button: Any & Submits;
  details: Any & { open?: Flag; name?: Text };
  dialog: Any & { open?: Flag };
  form: Form;
  iframe: Any & { src?: Text; sandbox?: Text; loading?: Text; height?: Text };
  img: Any & { src: string; alt: string; width?: Whole; height?: Whole };
  input: Input;
  label: Any & { for?: Text };
  link: Any & { rel: string; href: string; type?: Text; as?: Text; crossorigin?: Text };
  meta: Any & { name?: Text; content?: Text; charset?: Text; 'http-equiv'?: Text };
  ol: Any & { start?: Whole };
  option: Any & { value?: Text; selected?: Flag; disabled?: Flag };
  output: Any & { for?: Text; name?: Text };
  path: Shape;
  progress: Any & { max?: Whole; value?: Whole };
  script: { src: string; type: 'module'; 'data-turbo-track'?: Text };
  select: Control & { multiple?: Flag; size?: Whole };
  svg: Svg;
  symbol: Svg;
  td: Cell;
  textarea: Control & { rows?: Whole; value?: never };
  th: Cell;
  time: Any & { datetime: string };
  use: Shape;
};

// biome-ignore lint/style/noNamespace: the JSX contract of TypeScript is a namespace.
export declare namespace JSX {
  type Element = Html;
  type ElementType = string | ((props: never) => Child);
  interface ElementChildrenAttribute {
    children: Child;
  }
  interface IntrinsicAttributes {
    key?: string | number | undefined;
  }
  interface IntrinsicElements extends Tags {}
}
