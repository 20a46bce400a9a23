import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { translator } from '#messages/translate.ts';
import type { View } from '#web/layout/view.ts';
import { Address } from './address.tsx';
import { Button } from './button.tsx';
import { Envelope } from './envelope.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { Field } from './field.tsx';
import { FileField } from './file-field.tsx';
import { FileRow } from './message.tsx';
import { MessagePager, Pager } from './pager.tsx';
import { PasswordField } from './password-field.tsx';
import { Sprite } from './sprite.tsx';
import { Column } from './table.tsx';
import { TextArea } from './text-area.tsx';

// Components use nothing else of a view.
const view = { locale: 'fr-CA', t: translator('fr-CA'), zone: 'America/Toronto', icons: new Set() } as unknown as View;
const html = (element: unknown) => parse(String(element));

describe('fields', () => {
  test('a control is described by its hint, then by its error', () => {
    const page = html(<Field view={view} id="titre" name="titre" label="Titre" hint="Court" error="Écrivez un titre." value='"><b>' />);
    const input = page.querySelector('input');
    expect(input?.getAttribute('aria-describedby')).toBe('titre-hint titre-error');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(input?.getAttribute('value')).toBe('"><b>');
    expect(page.querySelector('label')?.getAttribute('for')).toBe('titre');
    expect(page.querySelector('b')).toBeNull();
  });

  test('a password is never written back', () => {
    expect(String(<Field view={view} id="p" name="p" label="Mot de passe" type="password" value="secret" />)).not.toContain('secret');
    expect(
      html(<PasswordField view={view} id="p" name="p" label="Mot de passe" autocomplete="new-password" describedBy="rules" />)
        .querySelector('input')
        ?.getAttribute('aria-describedby'),
    ).toBe('rules');
  });

  test('a text that starts with a newline keeps it, and markup stays text', () => {
    const text = String(<TextArea view={view} id="m" name="m" label="Message" value={'\n</textarea><b>'} />);
    expect(text).toContain('>\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>');
  });

  test('000-54: the file button is named «Parcourir», takes several files, and carries its limit (S-11)', () => {
    const page = html(<FileField view={view} id="f" name="fichiers" limitBytes={1_073_741_824} />);
    const input = page.querySelector('input[type=file]');
    expect([input?.getAttribute('aria-label'), input?.hasAttribute('multiple')]).toEqual(['Parcourir', true]);
    expect(page.querySelector('file-field')?.getAttribute('data-limit')).toBe('1073741824');
    expect(page.querySelector('#f-hint')?.text).toContain('1\u00A0Go');
  });

  test('the error summary leads to each field and takes the focus', () => {
    const page = html(<ErrorSummary view={view} errors={[{ field: 'titre', text: 'Écrivez un titre.' }, { text: 'Autre' }]} />);
    expect(page.querySelector('a')?.getAttribute('href')).toBe('#titre');
    expect(page.querySelector('[autofocus][tabindex="-1"]')).not.toBeNull();
    expect(String(<ErrorSummary view={view} errors={[]} />)).toBe('');
  });

  test('an unavailable button says why and does not submit', () => {
    const page = html(
      <Button view={view} id="go" unavailable="Choisissez un titulaire.">
        Envoyer
      </Button>,
    );
    const button = page.querySelector('button');
    expect([button?.getAttribute('type'), button?.getAttribute('aria-disabled')]).toEqual(['button', 'true']);
    expect(page.querySelector(`#${button?.getAttribute('aria-describedby')}`)?.text).toContain('Choisissez');
  });
});

describe('lists', () => {
  const pager = (page: number) =>
    html(
      <Pager
        view={view}
        page={page}
        pages={3}
        from={11}
        to={20}
        total={23}
        size={10}
        pageHref={(to) => `?page=${to}`}
        sizeHref={(size) => `?taille=${size}`}
      />,
    );

  test('000-33 000-34: the pagination bar has its sizes at the left, its range, its four words at the right', () => {
    const bar = pager(2);
    expect(bar.querySelectorAll('nav:first-of-type a, .row a').map((link) => link.text.trim())).toEqual(expect.arrayContaining(['10', '20', '30']));
    expect(bar.querySelector('[aria-current]')?.text.trim()).toBe('10');
    expect(bar.text).toContain('11 à 20 sur 23');
    expect(bar.querySelectorAll('.nav a').map((link) => [link.text, link.getAttribute('href')])).toEqual([
      ['Première', '?page=1'],
      ['Précédente', '?page=1'],
      ['Suivante', '?page=3'],
      ['Dernière', '?page=3'],
    ]);
  });

  test('000-35: at either end, what leads nowhere is plain text', () => {
    expect(
      pager(1)
        .querySelectorAll('.nav a')
        .map((link) => link.text),
    ).toEqual(['Suivante', 'Dernière']);
    expect(
      pager(3)
        .querySelectorAll('.nav .p')
        .map((word) => word.text),
    ).toEqual(['Suivante', 'Dernière']);
  });

  test('000-44: the window of messages is left by «Plus anciens» and «Plus récents»', () => {
    const bar = html(<MessagePager view={view} from={4} to={8} total={8} olderHref="?fenetre=1" newerHref={undefined} />);
    expect(bar.querySelector('a')?.text).toBe('Plus anciens');
    expect(bar.querySelector('.p')?.text).toBe('Plus récents');
  });

  test('000-28: a sorted column says its order, in the tree and in words', () => {
    const column = html(
      <Column view={view} sort={{ href: '?ordre=ancien', direction: 'descending' }}>
        Date
      </Column>,
    );
    expect(column.querySelector('th')?.getAttribute('aria-sort')).toBe('descending');
    expect(column.text).toContain('inverser l’ordre');
  });
});

describe('messages', () => {
  const facts = {
    holder: 'Innovactione',
    sender: 'marie.unetelle@innovactione.example',
    sentAt: new Date('2015-02-02T20:14:18Z'),
    expiresAt: new Date('2016-02-01T20:14:18Z'),
  };

  test('000-41 000-45 S-07: an envelope shows the four lines and opens by a POST', () => {
    const page = html(<Envelope view={view} id="m1" author="Marie Unetelle" facts={facts} openAction="/connexion/1/ouvrir" />);
    expect(page.querySelectorAll('dt').map((term) => term.text)).toEqual(['Titulaire', 'Expéditeur', 'Envoyé', 'Expire']);
    expect(page.text).toContain('02 févr., 2015 – 15:14:18 HNE');
    expect(page.text).toContain('01 févr., 2016 – 15:14:18 HNE');
    const form = page.querySelector('form');
    expect([form?.getAttribute('method'), form?.getAttribute('action'), form?.querySelector('button')?.text.trim()]).toEqual([
      'post',
      '/connexion/1/ouvrir',
      'Ouvrir',
    ]);
  });

  test('000-49: a file is reached by its name, outside of Turbo', () => {
    const link = html(<FileRow view={view} href="/f/1" name="<Plan>.pdf" bytes={1_468_006} />).querySelector('a');
    expect([link?.text, link?.getAttribute('data-turbo')]).toEqual(['<Plan>.pdf', 'false']);
  });

  test('an address may break before its «@» and nowhere else', () => {
    expect(String(<Address address="o@p@atelier-diallo.example" />)).toBe(
      '<span class="addr"><span>o@p</span><wbr><span>@atelier-diallo.example</span></span>',
    );
  });
});

test('the sprite draws only the icons that were used before it', () => {
  const own = { icons: new Set<string>() };
  own.icons.add('mail');
  expect(
    html(<Sprite view={own} />)
      .querySelectorAll('symbol')
      .map((symbol) => symbol.id),
  ).toEqual(['i-mail']);
});
