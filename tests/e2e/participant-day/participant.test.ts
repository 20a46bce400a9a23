import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look, signIn } from '../../support/demonstration.ts';
import { nextMail } from '../../support/outbox.ts';

const here = demonstration();

const screens: { name: string; screen: Screen }[] = [
  { name: 'participant-1280', screen: { width: 1280, scripts: true } },
  { name: 'participant-390-sombre', screen: { width: 390, scripts: true, scheme: 'dark' } },
  { name: 'participant-390-sans-scripts', screen: { width: 390, scripts: false } },
];

describe.skipIf(!chromiumPath)('a participant and what they decide for themselves', () => {
  test.each(screens)('000-19 000-Y1 000-Y2 000-32 000-35: Jean joins an address, mutes, leaves, checks his notices, at $name', async ({ name, screen }) => {
    const { page, context, complaints } = await here.open(screen);
    await signIn(page, 'jeand@courriel.example');
    if (screen.width === 390) await sort(page, name);
    const address = `jean.${name}@atelier.example`;
    await join(page, address, name);

    await page.goto('/connexion');
    await page.locator('tr', { hasNotText: 'Lecture seule' }).locator('a.ttl').first().click();
    await page.getByRole('button', { name: 'Mettre en sourdine' }).click();
    await page.getByText('En sourdine', { exact: true }).waitFor();
    await look(page, `${name}-3-en-sourdine`);
    await page.getByRole('button', { name: 'Recevoir de nouveau les avis' }).click();
    await page.getByRole('button', { name: 'Mettre en sourdine' }).waitFor();
    await page.getByRole('link', { name: 'Quitter la conversation' }).click();
    await page.getByRole('heading', { name: 'Quitter la conversation?' }).waitFor();
    await look(page, `${name}-4-quitter`);
    await page.getByRole('button', { name: 'Quitter' }).click();
    await page.getByText('Vous avez quitté la conversation.').waitFor();

    await page.goto('/profil/avis');
    await page.getByRole('heading', { name: 'Avis envoyés' }).waitFor();
    await look(page, `${name}-5-avis`);
    await page.goto('/profil/avis/reglages');
    await page.getByLabel('De', { exact: true }).fill('22:00');
    await page.getByLabel('À', { exact: true }).fill('07:00');
    await page.getByLabel('lundi').check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Vos réglages des avis sont enregistrés.').waitFor();
    await look(page, `${name}-6-heures-calmes`);
    // The page that was open when one left looked once more, and found nothing.
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
    await context.close();
  });
});

/** On a phone the head of the table is not there: «Trier par» is, and the order is remembered. */
async function sort(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Trier par' }).selectOption('Plus ancienne en premier');
  await page.getByRole('button', { name: 'Trier' }).click();
  await page.waitForURL(/ordre=ancien/u);
  await page.goto('/connexion');
  expect(await page.getByRole('combobox', { name: 'Trier par' }).inputValue()).toBe('ancien');
  await look(page, `${name}-1-trier`);
}

async function join(page: Page, address: string, name: string): Promise<void> {
  await page.goto('/profil/adresses');
  await page.getByRole('textbox', { name: 'Adresse de courriel' }).fill(address);
  await page.getByRole('button', { name: 'Recevoir un code' }).click();
  await page.getByRole('textbox', { name: 'Code' }).waitFor();
  await look(page, `${name}-2-code`);
  const { code } = await nextMail(here.url, { to: address, kind: 'code' });
  await page.getByRole('textbox', { name: 'Code' }).fill(code ?? '');
  await page.getByRole('button', { name: 'Joindre l’adresse' }).click();
  await page.getByText('est jointe à votre profil').waitFor();
  await look(page, `${name}-2-adresses`);
}
