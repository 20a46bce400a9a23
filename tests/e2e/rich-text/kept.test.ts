import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { post } from '../live/people-online.ts';
import { compose, editorOf, fields, isFocused, jeanAddress, marieAddress, send, textbox, tool, writingPeople } from './writing-people.ts';

const people = writingPeople();

describe.skipIf(!chromiumPath)('formatted messages are kept', () => {
  test('a live refresh while writing takes nothing: words, formatting, caret, undo', async () => {
    const { marie } = people.now;
    const { page: jean } = await people.signedIn(jeanAddress);
    await people.toConversation(jean);
    await compose(jean);
    await editorOf(jean).focus();
    await jean.keyboard.type('Je suis ');
    await jean.keyboard.press('Control+b');
    await jean.keyboard.type('en train');
    for (let n = 0; n < 3; n++) await jean.keyboard.press('ArrowLeft');
    const before = await fields(jean);
    await post(marie, 'Deuxième message.');
    await jean.getByRole('button', { name: 'Ouvrir' }).nth(1).waitFor();
    expect(await fields(jean)).toEqual(before);
    await jean.keyboard.type('X');
    expect((await fields(jean)).text).toBe('Je suis en trXain');
    await jean.keyboard.press('Control+z');
    await tool(jean, 'Annuler la frappe').waitFor();
    await post(marie, 'Troisième message.');
    await jean.getByRole('button', { name: 'Ouvrir' }).nth(2).waitFor();
    await send(jean);
    await jean.locator('.rich strong').filter({ hasText: 'en train' }).waitFor();
    // Sent: the editor is empty again, and nothing brings the message back into it.
    await compose(jean);
    expect(await fields(jean)).toEqual({ text: '', rich: '' });
    await editorOf(jean).focus();
    await jean.keyboard.press('Control+z');
    expect(await editorOf(jean).innerText()).toBe('\n');
  });

  test('formatting alone counts as written: leaving is asked first; a refused form gives the editor back', async () => {
    const { marie } = people.now;
    await compose(marie);
    await textbox(marie).fill('Gras');
    await marie.keyboard.press('Control+a');
    await marie.keyboard.press('Control+b');
    await marie.route('**/messages?**', async (route) => {
      // A program in between that writes a mark of its own.
      const body = route.request().postDataBuffer()?.toString('latin1').replace('"type":"bold"', '"type":"evil"') ?? '';
      await route.continue({ postData: Buffer.from(body, 'latin1') });
    });
    await marie.getByRole('button', { name: 'Soumettre' }).click();
    await marie.getByRole('alert').filter({ hasText: 'La mise en forme reçue' }).first().waitFor();
    await editorOf(marie).waitFor();
    expect((await fields(marie)).text).toBe('Gras');
    expect(await editorOf(marie).getAttribute('aria-invalid')).toBe('true');
    expect(await editorOf(marie).getAttribute('aria-describedby')).toContain('message-error');
    await marie.unroute('**/messages?**');
    await marie.getByRole('link', { name: 'La mise en forme reçue' }).click();
    await expect.poll(() => isFocused(marie)).toBe(true);
    await marie.keyboard.press('Control+a');
    await marie.keyboard.press('Control+i');
    const questions: string[] = [];
    marie.once('dialog', (dialog) => {
      questions.push(dialog.message());
      return dialog.dismiss();
    });
    await marie.getByRole('link', { name: 'Boîte de conversations' }).first().click();
    await expect.poll(() => questions).toHaveLength(1);
    await send(marie);
    await marie.locator('.rich em').filter({ hasText: 'Gras' }).waitFor();
  });

  test('what is typed before the editor comes is kept, with the caret; if it never comes the text is sent all the same', async () => {
    const { marie } = people.now;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await marie.route('**/statique/part-*', async (route) => {
      await held;
      await route.continue();
    });
    await marie.getByRole('button', { name: 'Afficher un message' }).click();
    await textbox(marie).fill('Première ligne\n\nSeconde');
    await marie.keyboard.press('ArrowUp');
    await marie.keyboard.press('ArrowUp');
    await marie.keyboard.press('End');
    release();
    await editorOf(marie).waitFor();
    await marie.keyboard.type('!');
    expect((await fields(marie)).text).toBe('Première ligne!\n\nSeconde');
    await marie.unroute('**/statique/part-*');

    const { page: jean } = await people.signedIn(jeanAddress);
    await jean.route('**/statique/part-*', (route) => route.abort());
    await people.toConversation(jean);
    await jean.getByRole('button', { name: 'Afficher un message' }).click();
    await textbox(jean).fill('Sans éditeur');
    await expect.poll(() => jean.getByRole('toolbar').count()).toBe(0);
    await jean.getByRole('button', { name: 'Soumettre' }).click();
    await jean.getByText('Sans éditeur').waitFor();
  });

  test('without scripts the text is written, sent and read as plain text; a formatted one is read whole', async () => {
    const { marie } = people.now;
    await compose(marie);
    await textbox(marie).fill('En gras');
    await marie.keyboard.press('Control+a');
    await marie.keyboard.press('Control+b');
    await send(marie);
    const { page } = await people.signedIn(jeanAddress, { scripts: false });
    await people.toConversation(page);
    await page.getByRole('button', { name: 'Ouvrir' }).nth(1).click();
    expect(await page.locator('.rich strong').innerText()).toBe('En gras');
    await page.getByText('Afficher un message').click();
    expect(await page.getByRole('toolbar').count()).toBe(0);
    await textbox(page).fill('- Réponse\n\n<b>simple</b>');
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByText('<b>simple</b>').waitFor();
  });

  test('000-Y3: a session that ended while writing gives the formatted message back after signing in', async () => {
    const { marie } = people.now;
    await marie.goto('/connexion/nouvelle');
    await editorOf(marie).waitFor();
    await marie.getByRole('textbox', { name: 'Titre' }).fill('Reprise');
    await marie.getByRole('textbox', { name: 'Participants' }).fill(jeanAddress);
    await textbox(marie).fill('Ne me perdez pas');
    await marie.keyboard.press('Control+a');
    await tool(marie, 'Liste numérotée').click();
    const written = await fields(marie);
    await people.passTime({ avance: 'PT1H', sessions: true });
    await marie.getByRole('button', { name: 'Soumettre' }).click();
    await marie.getByRole('textbox', { name: 'Identifiant' }).fill(marieAddress);
    await marie.getByRole('button', { name: 'Continuer' }).click();
    await marie.getByRole('radio', { name: 'Utiliser le mot de passe' }).check();
    await marie.getByRole('textbox', { name: 'Mot de passe' }).fill('Pli-demonstration-2026');
    await marie.getByRole('button', { name: 'Se connecter' }).click();
    await editorOf(marie).locator('ol > li').waitFor();
    expect(await fields(marie)).toEqual(written);
    await marie.getByRole('button', { name: 'Soumettre' }).click();
    await marie.locator('.rich ol > li').filter({ hasText: 'Ne me perdez pas' }).waitFor();
  });
});
