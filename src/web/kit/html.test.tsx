import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { type Child, fragment, trusted } from './html.ts';

const written = (child: Child) => String(fragment(child));

test('whatever a text or an attribute holds, it stays text and attribute', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, title) => {
      const page = parse(
        written(
          <p class="any" title={title}>
            {text}
          </p>,
        ),
      );
      expect(page.querySelectorAll('*').map((element) => element.tagName)).toEqual(['P']);
      expect(Object.keys(page.firstElementChild?.attributes ?? {})).toEqual(['class', 'title']);
    }),
  );
});

test('a value that only looks like a piece of a page is written as text, or refused', () => {
  // What an input of another shape than expected may be made of.
  const disguised = [{ html: '<b>x</b>', isEscaped: true, toString: () => '<b>x</b>' }];
  expect(() => written(disguised as unknown as Child)).toThrow(TypeError);
  expect(written(['<b>x</b>', trusted('<i>y</i>')])).toBe('&lt;b&gt;x&lt;/b&gt;<i>y</i>');
});

test('nothing is written of what is absent, zero is written', () => {
  expect(written(<p>{[undefined, null, true, false, 0, '']}</p>)).toBe('<p>0</p>');
});

test('an attribute without value, one left out, and words that are true or false', () => {
  expect(written(<input required={true} readonly={false} value={undefined} maxlength={5} aria-invalid={false} data-live={true} />)).toBe(
    '<input required="" maxlength="5" aria-invalid="false" data-live="true">',
  );
});

test('components are rendered in the order of the document', () => {
  const seen: string[] = [];
  const See = ({ name, children }: { name: string; children?: Child }) => {
    seen.push(name);
    return <span>{children}</span>;
  };
  written(
    <div>
      <See name="1">
        <p>one</p>
      </See>
      <See name="2" />
    </div>,
  );
  expect(seen).toEqual(['1', '2']);
});
