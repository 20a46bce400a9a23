import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demonstrationPassword } from '#domain/demonstration/api.ts';
import type { Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look, signIn, succeeded } from '../../support/demonstration.ts';
import { nextMail } from '../../support/outbox.ts';

const jean = 'jeand@courriel.example';

const here = demonstration();

const screens: { name: string; screen: Screen }[] = [
  { name: 'personnes-1280', screen: { width: 1280, scripts: true } },
  { name: 'personnes-390-sombre', screen: { width: 390, scripts: true, scheme: 'dark' } },
  { name: 'personnes-1280-sans-scripts', screen: { width: 1280, scripts: false } },
  { name: 'personnes-390-sans-scripts', screen: { width: 390, scripts: false } },
];

describe.skipIf(!chromiumPath)('a collaborator and the people of a conversation', () => {
  test.each(screens)('000-C2 000-C3 000-C7 000-03: Marie adds, follows, corrects and removes people, at $name', async ({ name, screen }) => {
    const wrong = `nadai.${name}@courriel.example`;
    const right = `nadia.${name}@courriel.example`;
    const marie = await here.open(screen);
    // What stands in a form that was refused is unsent: leaving the page is asked about.
    marie.page.on('dialog', (dialog) => dialog.accept());
    await signIn(marie.page, 'marie.unetelle@innovactione.example');
    await startConversation(marie.page, name);
    await marie.page.getByText('Qui peut lire ceci?').click();
    await marie.page.getByText('Personne d’autre ne peut lire').waitFor();
    await look(marie.page, `${name}-1-qui-lit`);

    await marie.page.getByRole('link', { name: 'Gérer la conversation' }).click();
    await marie.page.getByRole('heading', { name: 'Gérer la conversation' }).waitFor();
    await add(marie.page, { address: wrong });
    await add(marie.page, { address: 'paul.tremblay@innovactione.example', past: 'Avec le passé', role: 'Collaborateur' });
    const mistaken = await nextMail(here.url, { to: wrong, kind: 'notice' });
    expect(mistaken.subject).toBe('Une conversation sécurisée vous attend');
    await marie.page.getByRole('table').getByText('Avis envoyé').first().waitFor();
    await look(marie.page, `${name}-2-gestion`);

    await add(marie.page, { address: jean }, 'déjà dans la conversation');
    await look(marie.page, `${name}-3-refus`);
    await marie.page.getByRole('link', { name: `Gérer : ${wrong}` }).click();
    await marie.page.getByRole('textbox', { name: 'Bonne adresse' }).waitFor();
    await look(marie.page, `${name}-4-personne`);
    await marie.page.getByRole('textbox', { name: 'Bonne adresse' }).fill(right);
    await marie.page.getByRole('button', { name: 'Corriger l’adresse' }).click();
    await succeeded(marie.page, `Une invitation part à ${right}`);
    await nextMail(here.url, { to: right, kind: 'notice' });

    await marie.page.getByRole('link', { name: 'Gérer : Jean Dubé' }).click();
    await marie.page.getByRole('button', { name: 'Retirer' }).click();
    await succeeded(marie.page, `${jean} ne peut plus rien lire`);
    await marie.page
      .getByRole('link', { name: `Dossier ${name}` })
      .first()
      .click();
    await marie.page.getByRole('link', { name: 'Activités' }).first().click();
    await marie.page.getByText(`${jean} retirée de la conversation`).waitFor();
    await marie.page.getByText('n•••@courriel.example ajoutée, sans le passé').waitFor();
    await look(marie.page, `${name}-5-activites`);
    // A refusal, and the page of somebody just removed that was looked at again: Chromium notes both.
    expect(marie.complaints.filter((complaint) => !/status of (409|404)/u.test(complaint))).toEqual([]);
    await marie.context.close();
  });

  test('000-C2 000-07: the one who is removed, with the page open before them, loses it without touching anything', async () => {
    const screen = { width: 1280, scripts: true };
    const marie = await here.open(screen);
    await signIn(marie.page, 'marie.unetelle@innovactione.example');
    await startConversation(marie.page, 'retrait-en-direct');
    const reader = await here.open(screen);
    await signIn(reader.page, jean);
    await reader.page.getByRole('link', { name: 'Dossier retrait-en-direct', exact: true }).click();
    await reader.page.getByRole('button', { name: 'Ouvrir' }).click();
    await reader.page.getByText('Bonjour Jean').waitFor();
    await marie.page.getByRole('link', { name: 'Gérer la conversation' }).click();
    await marie.page.getByRole('link', { name: 'Gérer : Jean Dubé' }).click();
    await marie.page.getByRole('button', { name: 'Retirer' }).click();
    await succeeded(marie.page, 'ne peut plus rien lire');
    await reader.page.getByText('Bonjour Jean').waitFor({ state: 'detached' });
    await reader.page.getByRole('heading', { name: 'Page introuvable' }).waitFor();
    await reader.page.goto('/connexion');
    await reader.page.getByRole('heading', { name: 'Boîte de conversations' }).waitFor();
    expect(await reader.page.getByText('Dossier retrait-en-direct').count()).toBe(0);
    await Promise.all([marie.context.close(), reader.context.close()]);
  });

  test('the tools speak English to whoever asks for it', async () => {
    const { page, context } = await here.open({ width: 1280, scripts: true, locale: 'en-CA' });
    await page.goto('/ouvrir-une-session');
    await page.getByRole('textbox', { name: 'Username' }).fill('marie.unetelle@innovactione.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill(demonstrationPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.ttl').first().click();
    await page.getByRole('link', { name: 'Manage the conversation' }).click();
    await page.getByRole('heading', { name: 'Who can read this?' }).waitFor();
    await look(page, 'personnes-en');
    await context.close();
  });
});

async function startConversation(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Nouvelle conversation', exact: true }).click();
  await page.getByRole('textbox', { name: 'Titre' }).fill(`Dossier ${name}`);
  await page.getByRole('textbox', { name: 'Participants' }).fill(jean);
  await page.getByRole('textbox', { name: 'Message' }).fill('Bonjour Jean, voici le dossier.');
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await succeeded(page, 'La conversation est lancée');
}

type Adding = { address: string; past?: string; role?: string };

/** Adds somebody as a person would; `refused` is a piece of the sentence expected in place of the success. */
async function add(page: Page, { address, past = 'Sans le passé', role = 'Participant' }: Adding, refused?: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Adresses' }).fill(address);
  await page.getByRole('radio', { name: past }).check();
  await page.getByRole('radio', { name: role }).check();
  await page.getByRole('button', { name: 'Ajouter' }).click();
  if (refused) await page.getByRole('alert').filter({ hasText: refused }).waitFor();
  else await page.getByRole('table').getByText(address).first().waitFor();
}
