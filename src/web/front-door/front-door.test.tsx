import { describe, expect, test } from 'vitest';
import { frameApp, jean, pageOf, textOf } from '../../../tests/support/frame.ts';
import { frontDoorRoutes } from './routes.tsx';

describe('the front door', () => {
  test('002-01: «Se connecter» stands in the header, before anything else', async () => {
    const page = await pageOf(await frameApp({ routes: frontDoorRoutes() }).request('/'));
    const link = page.querySelector('header a.topbtn--in');
    expect([textOf(link), link?.getAttribute('href')]).toEqual(['Se connecter', '/ouvrir-une-session']);
  });

  test('000-14 000-15 002-06 002-12: the letter asks for the identifier, says its form, and leads to reset and sign-up', async () => {
    const page = await pageOf(await frameApp({ routes: frontDoorRoutes() }).request('/'));
    const form = page.querySelector('form[action="/ouvrir-une-session"][method=post]');
    const label = form?.querySelectorAll('label').find((one) => textOf(one) === 'Identifiant');
    const input = form?.querySelector(`#${label?.getAttribute('for')}`);
    expect(input?.getAttribute('autocomplete')).toBe('username');
    expect(textOf(page.querySelector(`#${input?.getAttribute('aria-describedby')}`))).toContain('Exemple : prenom.nom@courriel.example');
    expect(textOf(form?.querySelector('button') ?? null)).toBe('Continuer');
    const links = new Map(page.querySelectorAll('.letter a').map((link) => [textOf(link), link.getAttribute('href')]));
    expect(links).toEqual(
      new Map([
        ['Mot de passe oublié?', '/mot-de-passe'],
        ['Ouvrir un compte', '/ouvrir-un-compte'],
      ]),
    );
  });

  test('002-22 002-23: the address to check is the real one', async () => {
    const page = await pageOf(
      await frameApp({ routes: frontDoorRoutes(), installation: { origin: 'https://pli.trois-rives.example' } }).request('http://127.0.0.1/'),
    );
    expect(textOf(page.querySelector('.note'))).toContain('pli.trois-rives.example');
  });

  test('somebody signed in goes to their conversations', async () => {
    const answer = await frameApp({ actor: jean, routes: frontDoorRoutes() }).request('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/connexion']);
  });

  test('it speaks English, and the words of France', async () => {
    const app = frameApp({ routes: frontDoorRoutes() });
    expect(textOf((await pageOf(await app.request('/?lang=en'))).querySelector('h1'))).toBe('Your confidential mail, through one door.');
    expect(await (await app.request('/?lang=fr-FR')).text()).toContain('avis par e-mail');
  });
});
