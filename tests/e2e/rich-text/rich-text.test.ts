import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { accessibilityFaults, overflows, picture, type Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { hostileMail, wordPage } from './pasted.ts';
import { compose, editorOf, fields, isFocused, jeanAddress, paste, send, textbox, tool, writingPeople } from './writing-people.ts';

const people = writingPeople();

describe.skipIf(!chromiumPath)('formatted messages', () => {
  test('the editor is fetched when somebody is about to write, weighs at most 140 kB compressed, and by no other page', async () => {
    const { marie, complaints } = people.now;
    // The parts of our scripts that are fetched when they are needed.
    const asked: string[] = [];
    marie.on('request', (request) => {
      if (request.url().includes('/statique/part-')) asked.push(request.url());
    });
    for (const path of ['/connexion', '/profil', '/aide']) await marie.goto(path);
    await people.toConversation(marie);
    await marie.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
    expect(asked).toEqual([]);
    await compose(marie);
    expect(asked).toHaveLength(1);
    const body = Buffer.from(await (await fetch(asked[0] ?? '')).arrayBuffer());
    expect(body.toString()).toContain('ProseMirror');
    const weight = gzipSync(body, { level: 9 }).length;
    process.stdout.write(`editor: ${Math.round(weight / 100) / 10} kB compressed (gzip)\n`);
    expect(weight).toBeLessThanOrEqual(140_000);
    await marie.goto('/connexion/nouvelle');
    await editorOf(marie).waitFor();
    expect(await textbox(marie).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('000-53 000-54: Marie formats by mouse; Jean opens the envelope and reads it as she wrote it', async () => {
    const { marie, complaints } = people.now;
    await compose(marie);
    expect(await textbox(marie).count()).toBe(1);
    await editorOf(marie).click();
    await marie.keyboard.type('Bonjour Jean, ');
    await tool(marie, 'Gras').click();
    expect(await tool(marie, 'Gras').getAttribute('aria-pressed')).toBe('true');
    await marie.keyboard.type('important');
    await tool(marie, 'Gras').click();
    await marie.keyboard.type(' :');
    await marie.keyboard.press('Enter');
    await tool(marie, 'Liste à puces').click();
    await marie.keyboard.type('le relevé');
    await marie.keyboard.press('Enter');
    await marie.keyboard.type('le plan');
    await marie.keyboard.press('Enter');
    await marie.keyboard.press('Enter');
    await tool(marie, 'Citation').click();
    await marie.keyboard.type('Comme convenu.');
    await marie.keyboard.press('Enter');
    await marie.keyboard.press('Enter');
    await tool(marie, 'Lien').click();
    await marie.getByRole('textbox', { name: 'Adresse du lien' }).fill('innovactione.example/plan');
    await marie.getByRole('button', { name: 'Poser le lien' }).click();
    expect((await fields(marie)).text).toBe('Bonjour Jean, important :\n\n- le relevé\n- le plan\n\n> Comme convenu.\n\ninnovactione.example/plan');
    await picture(marie, 'rich-marie-ecrit');
    expect(await accessibilityFaults(marie)).toEqual([]);
    await send(marie);
    expect(await marie.getByRole('button', { name: 'Afficher un message' }).isVisible()).toBe(true);

    const { page: jean, complaints: jeans } = await people.signedIn(jeanAddress);
    await people.toConversation(jean);
    await jean.getByRole('button', { name: 'Ouvrir' }).nth(1).click();
    const said = jean.locator('.rich').last();
    await said.waitFor();
    expect(await said.locator('strong').innerText()).toBe('important');
    expect(await said.locator('ul > li').allInnerTexts()).toEqual(['le relevé', 'le plan']);
    expect(await said.locator('blockquote').innerText()).toBe('Comme convenu.');
    const link = said.getByRole('link');
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual(['https://innovactione.example/plan', 'noopener noreferrer']);
    expect(await accessibilityFaults(jean)).toEqual([]);
    expect([...complaints, ...jeans]).toEqual([]);
  });

  test('what is typed at the very instant when the editor takes the place of the field is not lost', async () => {
    const { marie, complaints } = people.now;
    await people.toConversation(marie);
    // Frames that hardly come, as on a machine with much to do.
    await marie.evaluate('window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 1500)');
    const held = Promise.withResolvers<void>();
    await marie.context().route('**/statique/part-*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await marie.getByRole('button', { name: 'Afficher un message' }).click();
    await textbox(marie).fill('Avant');
    // As soon as the field is gone, in the same breath.
    const typed = marie.evaluate(`new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector('.compose [contenteditable=true]')) return;
        observer.disconnect();
        resolve(document.activeElement?.getAttribute('contenteditable'));
      }).observe(document.querySelector('.compose'), { childList: true, subtree: true });
    })`);
    held.resolve();
    expect(await typed).toBe('true');
    await marie.keyboard.insertText(' et après');
    expect((await fields(marie)).text).toBe('Avant et après');
    await marie.context().unroute('**/statique/part-*');
    expect(complaints).toEqual([]);
  });

  test('by keyboard alone: arrows go along the toolbar, Tab leaves it and the list, shortcuts format, undo and redo', async () => {
    const { marie, complaints } = people.now;
    await compose(marie);
    await editorOf(marie).focus();
    await marie.keyboard.type('Un mot');
    await marie.keyboard.press('Shift+Control+ArrowLeft');
    await marie.keyboard.press('Alt+F10');
    expect(await isFocused(marie, tool(marie, 'Gras'))).toBe(true);
    await marie.keyboard.press('ArrowRight');
    expect(await isFocused(marie, tool(marie, 'Italique'))).toBe(true);
    await marie.keyboard.press('Enter');
    expect(await tool(marie, 'Italique').getAttribute('aria-pressed')).toBe('true');
    await marie.keyboard.press('End');
    expect(await isFocused(marie, tool(marie, 'Rétablir la frappe'))).toBe(true);
    expect(await tool(marie, 'Rétablir la frappe').getAttribute('aria-disabled')).toBe('true');
    await marie.keyboard.press('ArrowLeft');
    await marie.keyboard.press('Enter');
    expect(await editorOf(marie).locator('em').count()).toBe(0);
    await marie.keyboard.press('ArrowRight');
    await marie.keyboard.press('Enter');
    expect(await editorOf(marie).locator('em').innerText()).toBe('mot');
    await marie.keyboard.press('Escape');
    await expect.poll(() => isFocused(marie)).toBe(true);
    await marie.keyboard.press('Control+a');
    await marie.keyboard.press('Control+b');
    expect((await editorOf(marie).locator('strong').allInnerTexts()).join('')).toBe('Un mot');
    await marie.keyboard.press('End');
    // The browser tells the editor some instants later; no hand is that fast.
    await expect.poll(() => marie.evaluate('document.querySelector("[contenteditable=true]").editor.state.selection.empty')).toBe(true);
    await marie.keyboard.press('Enter');
    await marie.keyboard.type('- un élément');
    expect(await editorOf(marie).locator('ul > li').count()).toBe(1);
    await marie.keyboard.press('Tab');
    expect(await isFocused(marie)).toBe(false);
    await marie.keyboard.press('Shift+Tab');
    expect(await isFocused(marie)).toBe(true);
    // One stop of the Tab key for the whole toolbar.
    await marie.keyboard.press('Shift+Tab');
    expect(await marie.evaluate('document.activeElement.closest("[role=toolbar]") !== null')).toBe(true);
    await marie.keyboard.press('Shift+Tab');
    expect(await marie.evaluate('document.activeElement.closest("[role=toolbar]") === null')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('a link that runs is refused with a sentence; Enter sets a link and does not send the form; Escape goes back', async () => {
    const { marie, complaints } = people.now;
    await compose(marie);
    await editorOf(marie).focus();
    await marie.keyboard.type('notre plan');
    await marie.keyboard.press('Shift+Control+ArrowLeft');
    await marie.keyboard.press('Control+k');
    const address = marie.getByRole('textbox', { name: 'Adresse du lien' });
    await address.fill('javascript:alert(1)');
    await address.press('Enter');
    expect(await marie.getByRole('alert').filter({ visible: true }).innerText()).toContain('ne peut pas devenir un lien');
    expect(await accessibilityFaults(marie)).toEqual([]);
    await picture(marie, 'rich-lien-refuse');
    await address.fill('https://innovactione.example/');
    await address.press('Enter');
    expect(await editorOf(marie).locator('a').getAttribute('href')).toBe('https://innovactione.example/');
    expect((await fields(marie)).text).toBe('notre plan (https://innovactione.example/)');
    await marie.keyboard.press('Control+k');
    expect(await address.inputValue()).toBe('https://innovactione.example/');
    await address.press('Escape');
    expect(await address.isVisible()).toBe(false);
    await marie.keyboard.press('Control+k');
    await marie.getByRole('button', { name: 'Retirer le lien' }).click();
    expect((await fields(marie)).text).toBe('notre plan');
    expect(complaints).toEqual([]);
  });

  test('what is pasted keeps what a message may hold, and nothing that runs, loads or decorates', async () => {
    const { marie, complaints } = people.now;
    await compose(marie);
    await editorOf(marie).focus();
    const asked: string[] = [];
    marie.on('request', (request) => asked.push(request.url()));
    await paste(marie, { html: hostileMail });
    const html = await editorOf(marie).innerHTML();
    expect(html).not.toMatch(/script|onerror|onclick|style=|<img|<iframe|<svg|<form|<input|javascript:|data:|evil/iu);
    expect(await marie.evaluate('"pwned" in window')).toBe(false);
    // The page itself may be looked at again, and its draft be saved, at any moment.
    const own = new URL(marie.url());
    expect(asked.filter((url) => !url.startsWith(own.origin + own.pathname))).toEqual([]);
    expect(await editorOf(marie).locator('strong').allInnerTexts()).toEqual(['gras']);
    await marie.keyboard.press('Control+a');
    await paste(marie, { html: wordPage });
    const { text } = await fields(marie);
    expect(text).toContain('- Premier point');
    expect(text).toContain('Titre de Word');
    expect(text).not.toMatch(/mso|<o:p>|normal\.dotm/iu);
    await marie.keyboard.press('Control+a');
    await paste(marie, { text: 'une ligne\nla suivante\n\nun paragraphe' });
    expect(await fields(marie)).toEqual({ text: 'une ligne\nla suivante\n\nun paragraphe', rich: '' });
    expect(await editorOf(marie).locator('p').count()).toBe(2);
    // The browser tells that our policy refused what the clipboard held, a second time.
    expect(complaints.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
  });

  test('it looks right at 390 and 1280 px, in light and dark, French and English, with more contrast and forced colours', async () => {
    const { marie } = people.now;
    const looks: [string, Partial<Screen>][] = [
      ['390', { width: 390 }],
      ['390-sombre', { width: 390, scheme: 'dark' }],
      ['1280', {}],
      ['1280-sombre-en', { scheme: 'dark', locale: 'en-CA' }],
    ];
    await compose(marie);
    await paste(marie, { html: wordPage });
    await send(marie);
    const address = marie.url();
    for (const [name, screen] of looks) {
      const english = screen.locale?.startsWith('en') ?? false;
      const { page, context } = await people.browse(screen);
      await context.addCookies(await marie.context().cookies());
      await page.goto(address);
      // What was pasted on the screen before is kept: the composer may be open already.
      if (!(await page.locator('details.compose[open]').count())) await page.locator('details.compose > summary').click();
      await editorOf(page).waitFor();
      await paste(page, { html: wordPage });
      await page.getByRole('button', { name: english ? 'Link' : 'Lien', exact: true }).click();
      await picture(page, `rich-${name}`);
      expect(await accessibilityFaults(page), name).toEqual([]);
      expect(await overflows(page), `${name} scrolls sideways`).toBe(false);
      if (name === '1280') {
        await page.emulateMedia({ forcedColors: 'active' });
        await picture(page, 'rich-couleurs-forcees');
        await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
        await picture(page, 'rich-contraste');
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    }
  });
});
