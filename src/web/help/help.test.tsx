import { describe, expect, test } from 'vitest';
import { frameApp, jean, pageOf, textOf } from '../../../tests/support/frame.ts';
import { helpRoutes } from './routes.tsx';

const paths = ['/aide', '/aide/connexion', '/confidentialite', '/accessibilite'];

describe('pages anybody may read', () => {
  test('000-57: somebody unknown reads what the service is, what they can do and how it works', async () => {
    const page = await pageOf(await frameApp({ routes: helpRoutes() }).request('/aide/connexion'));
    expect(textOf(page.querySelector('h1'))).toBe("Qu'est-ce que le service Connexion?");
    expect(page.querySelectorAll('h2').map(textOf)).toEqual(['Que puis-je faire en tant que participant?', 'Voici comment ça marche']);
  });

  test.each([
    ['fr', 'Qu’est-ce que le service Connexion?', ['Que puis-je faire en tant que participant?', 'Voici comment ça marche'], 'Avis envoyés'],
    ['en', 'What is the Connexion service?', ['What can I do as a participant?', 'How it works'], 'Notices sent'],
  ])('000-57 S-10: the three questions are answered without signing in, one link away from every page (%s)', async (lang, title, questions, notices) => {
    const page = await pageOf(await frameApp({ routes: helpRoutes() }).request(`/aide/connexion?lang=${lang}`));
    expect(textOf(page.querySelector('h1')).replaceAll("'", '’')).toBe(title);
    expect(page.querySelectorAll('h2').map(textOf)).toEqual(questions);
    expect(textOf(page.querySelector('main'))).toContain(notices);
    expect(page.querySelectorAll('footer a').map((link) => link.getAttribute('href'))).toEqual(
      expect.arrayContaining(['/aide/connexion', '/confidentialite', '/accessibilite']),
    );
  });

  test('each exists in both languages, signed in or not, with one h1', async () => {
    for (const actor of [undefined, jean]) {
      for (const path of paths) {
        for (const lang of ['fr', 'en']) {
          const answer = await frameApp({ actor, routes: helpRoutes() }).request(`${path}?lang=${lang}`);
          expect([path, answer.status, (await pageOf(answer)).querySelectorAll('h1').length]).toEqual([path, 200, 1]);
        }
      }
    }
  });

  test('S-10: privacy says «chiffré au repos, clé détruite», and promises no encryption from end to end', async () => {
    const text = textOf((await pageOf(await frameApp({ routes: helpRoutes() }).request('/confidentialite'))).querySelector('main'));
    expect(text).toContain('chiffrés au repos, clé détruite à l’expiration');
    expect(text).not.toMatch(/bout en bout/);
  });

  test('accessibility claims no level that no audit has found', async () => {
    const text = textOf((await pageOf(await frameApp({ routes: helpRoutes() }).request('/accessibilite'))).querySelector('main'));
    expect(text).toContain('Aucun audit n’a encore été fait');
    expect(text).not.toMatch(/partiellement conforme/);
  });
});
