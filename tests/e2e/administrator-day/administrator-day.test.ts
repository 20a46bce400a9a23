import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demonstrationPassword } from '#domain/demonstration/api.ts';
import type { Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look, signIn, succeeded } from '../../support/demonstration.ts';
import { nextMail } from '../../support/outbox.ts';

const here = demonstration();

const screens: { name: string; screen: Screen }[] = [
  { name: '1280', screen: { width: 1280, scripts: true } },
  { name: '390-sombre', screen: { width: 390, scripts: true, scheme: 'dark' } },
  { name: '1280-sans-scripts', screen: { width: 1280, scripts: false } },
  { name: '390-sans-scripts', screen: { width: 390, scripts: false } },
];

describe.skipIf(!chromiumPath)('a day of Alain, who administers Innovactione', () => {
  test.each(screens)(
    '000-A1 000-A2 000-A3 000-A4: somebody comes, is suspended, leaves, and all of it is in the journal, at $name',
    async ({ name, screen }) => {
      const { page, context, complaints } = await here.open(screen);
      await signIn(page, 'alain.gagnon@innovactione.example');
      await page.getByRole('link', { name: 'Administration' }).filter({ visible: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Tableau de bord' }).waitFor();
      await look(page, `admin-${name}-1-tableau`);

      const address = `lucie.${name}@innovactione.example`;
      await section(page, 'Collaborateurs');
      await page.getByRole('textbox', { name: 'Nom de la personne' }).fill('Lucie Fortin');
      await page.getByRole('textbox', { name: 'Adresse de courriel' }).fill('lucie');
      await page.getByRole('button', { name: 'Donner cet accès' }).click();
      await page.getByRole('alert').first().waitFor();
      await look(page, `admin-${name}-2-refus`);
      await page.getByRole('textbox', { name: 'Adresse de courriel' }).fill(address);
      await page.getByRole('button', { name: 'Donner cet accès' }).click();
      await succeeded(page);
      await look(page, `admin-${name}-3-membre`);
      const invitation = await nextMail(here.url, { to: address, kind: 'invitation' });
      expect(invitation.code).toBeNull();
      expect(invitation.links.some((link) => link.endsWith('/ouvrir-une-session'))).toBe(true);

      await page.getByRole('button', { name: 'Suspendre le compte' }).click();
      await page.getByText('Suspendu', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Rouvrir le compte' }).click();
      await page.getByText('Invité, pas encore venu').first().waitFor();
      await page.getByRole('textbox', { name: 'Adresse du collègue' }).fill('paul.tremblay@innovactione.example');
      await page.getByRole('button', { name: 'Transférer ses conversations' }).click();
      await page.getByText('aucune conversation à transférer').waitFor();
      await page.getByRole('link', { name: 'Supprimer ce compte…' }).click();
      await page.getByRole('heading', { name: 'Supprimer le compte de Lucie Fortin' }).waitFor();
      await look(page, `admin-${name}-4-supprimer`);
      await page.getByRole('button', { name: 'Supprimer le compte' }).click();
      await page.getByRole('link', { name: 'Voir les comptes supprimés' }).click();
      await page.getByRole('link', { name: address }).waitFor();
      await look(page, `admin-${name}-5-anciens`);

      await section(page, 'Journal');
      await page.getByRole('combobox', { name: 'Acte' }).selectOption('person.deleted');
      await page
        .getByRole('textbox', { name: "Adresse d'une personne" })
        .or(page.getByRole('textbox', { name: 'Adresse d’une personne' }))
        .fill(address);
      await page.getByRole('button', { name: 'Chercher' }).click();
      await page.waitForURL(/acte=person\.deleted/u);
      await page.getByRole('cell', { name: 'Compte supprimé' }).waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
      await look(page, `admin-${name}-6-journal`);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Exporter en CSV' }).click();
      expect(readFileSync(await (await download).path(), 'utf8')).toContain(`"person.deleted","alain.gagnon@innovactione.example","${address}"`);
      // A form that was refused is what the test wanted; the browser says so on its console.
      expect(complaints.filter((line) => !line.includes('status of 422'))).toEqual([]);
      await context.close();
    },
  );

  test('000-A3 000-51: what Alain decides is said where Marie writes, and a document of another type does not leave', async () => {
    const { page: alain, context } = await here.open({ width: 1280, scripts: true });
    await signIn(alain, 'alain.gagnon@innovactione.example');
    await alain.goto('/administration/innovactione/politique');
    await look(alain, 'admin-1280-7-politique');
    await alain.getByRole('textbox', { name: 'Types de documents permis' }).fill('pdf');
    await alain.getByRole('radio', { name: 'Celles de l’organisation' }).check();
    await alain.getByLabel('Liens et boutons sur fond clair').fill('#ffcc00');
    await alain.getByRole('button', { name: 'Enregistrer la politique' }).click();
    await alain.getByRole('alert').first().waitFor();
    await look(alain, 'admin-1280-8-contraste');
    await alain.getByLabel('Liens et boutons sur fond clair').fill('#7a1f5c');
    await alain.getByLabel('Bandeau du haut').fill('#4a0f36');
    await alain.getByRole('button', { name: 'Enregistrer la politique' }).click();
    await succeeded(alain);
    await alain.reload();
    expect(await alain.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--brand').trim())).toBe('#7a1f5c');
    await look(alain, 'admin-1280-9-couleurs');

    const marie = await here.open({ width: 390, scripts: true });
    await signIn(marie.page, 'marie.unetelle@innovactione.example');
    await marie.page.goto('/connexion/nouvelle');
    await marie.page.getByText('Types permis').waitFor();
    await marie.page.getByLabel('Parcourir').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await marie.page.getByText('ne permet que ces types de documents').waitFor();
    await look(marie.page, 'admin-390-10-type-refuse');
    await marie.context.close();
    await context.close();
  });

  test('000-A3 S-17: the pages speak English, count without showing, and are nobody else’s', async () => {
    const moved = await fetch(`${here.url}/demo/horloge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ avance: 'PT1H' }),
    });
    expect(moved.status).toBe(200);
    const { page, context } = await here.open({ width: 1280, scripts: true, scheme: 'dark', locale: 'en-CA' });
    await page.goto('/ouvrir-une-session');
    await page.getByRole('textbox', { name: 'Username' }).fill('alain.gagnon@innovactione.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill(demonstrationPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Conversations inbox' }).waitFor();
    await page.goto('/administration');
    await page.getByText('Messages posted').waitFor();
    await look(page, 'admin-en-sombre-tableau');
    for (const [path, title] of [
      ['collaborateurs', 'Collaborators'],
      ['politique', 'Policy'],
      ['journal', 'Journal'],
    ]) {
      await page.goto(`/administration/innovactione/${path}`);
      await page.getByRole('heading', { level: 1, name: title ?? '' }).waitFor();
      await look(page, `admin-en-sombre-${path}`);
    }
    await context.close();
    const jean = await here.open({ width: 390, scripts: true });
    await signIn(jean.page, 'jeand@courriel.example');
    expect(await jean.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    expect((await jean.page.goto('/administration/innovactione/journal'))?.status()).toBe(404);
    await jean.context.close();
  });
});

async function section(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages de l’administration' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
