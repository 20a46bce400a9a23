import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conversationLimits, richTextField } from '#shared/conversations.ts';
import type { RichText } from '#shared/rich-text.ts';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Answer, type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;
let jean: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
  jean = await site.browserOf(world.jean.profileId);
});
afterEach(() => world.dispose());

const document: RichText = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Voici ' },
        { type: 'text', text: 'le <relevé>', marks: [{ type: 'bold' }] },
      ],
    },
    { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'un point' }] }] }] },
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'plan', marks: [{ type: 'link', href: 'https://innovactione.example/plan?a=1&b="2"'.replaceAll('"', '%22') }] }],
    },
  ],
};
const text = 'Voici le <relevé>\n\n- un point\n\nplan (https://innovactione.example/plan?a=1&b=%222%22)';

const letter = (tree: unknown = document, message = text) => ({
  titulaire: world.marie.personaId,
  titre: 'Relevé de placement',
  participants: world.jean.address,
  message,
  [richTextField]: typeof tree === 'string' ? tree : JSON.stringify(tree),
  cle: world.ctx.newId(),
});

const unescaped = (address: string) => address.replaceAll('&amp;', '&');
const addressOf = (answer: Answer) => (answer.headers.get('location') ?? '').split('#')[0] ?? '';

async function openFirst(browser: Browser, address: string) {
  const page = await (await browser.get(address)).page();
  const opened = await browser.post(unescaped(page.querySelector('.env form')?.getAttribute('action') ?? ''), {});
  return (await browser.get(addressOf(opened))).page();
}

const asJean = (address: string) => address.replace(/persona=[^&#]+/u, `persona=${world.jean.personaId}`);

/** What the page gives back to the editor. */
function keptIn(page: Awaited<ReturnType<Answer['page']>>) {
  const json = page.querySelector('rich-text')?.getAttribute('data-document');
  return { document: json ? JSON.parse(json) : undefined, text: page.querySelector('textarea#message')?.text.replace(/^\n/u, '') };
}

describe('a formatted message', () => {
  test('000-53 000-54: is read as it was written, tag by tag, and a plain one as it always was', async () => {
    const started = await marie.post('/connexion/nouvelle', letter());
    expect(started.status).toBe(303);
    const read = await openFirst(jean, asJean(addressOf(started)));
    expect(read.querySelector('.said .rich')?.toString().replaceAll('\u00A0', ' ')).toBe(
      '<div class="rich"><p>Voici <strong>le &lt;relevé&gt;</strong></p><ul><li><p>un point</p></li></ul><p>' +
        '<a href="https://innovactione.example/plan?a=1&amp;b=%222%22" rel="noopener noreferrer" target="_blank" title="https://innovactione.example/plan?a=1&amp;b=%222%22">plan' +
        '<span class="to"> (innovactione.example)</span><span class="sr"> (nouvelle fenêtre)</span></a></p></div>',
    );
    const action = unescaped(read.querySelector('.compose form')?.getAttribute('action') ?? '');
    await jean.post(action, { message: '<b>simple</b>\nligne\n\nfin', cle: world.ctx.newId() });
    const answered = await (await marie.get(addressOf(started))).page();
    const opened = await marie.post(unescaped(answered.querySelector('.env form')?.getAttribute('action') ?? ''), {});
    const said = (await (await marie.get(addressOf(opened))).page()).querySelectorAll('.said').at(-1);
    expect(said?.innerHTML).toBe('<p>&lt;b&gt;simple&lt;/b&gt;\nligne</p><p>fin</p>');
  });

  test('the formatted version decides, whatever text comes beside it; formatting that says nothing is not kept', async () => {
    const started = await marie.post('/connexion/nouvelle', letter(document, 'un tout autre texte'));
    const page = await (await marie.get(addressOf(started))).page();
    expect(page.querySelector('.said')?.text).toContain('un point');
    expect(page.toString()).not.toContain('un tout autre texte');
    const plain = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'rien de plus' }] }] };
    const action = unescaped(page.querySelector('.compose form')?.getAttribute('action') ?? '');
    await marie.post(action, { message: 'x', [richTextField]: JSON.stringify(plain), cle: world.ctx.newId() });
    const last = (await (await marie.get(addressOf(started))).page()).querySelectorAll('.said').at(-1);
    expect(last?.innerHTML).toBe('<p>rien de plus</p>');
  });

  test('refused for another reason, comes back to the editor whole, with its text for browsers without scripts', async () => {
    const refused = await marie.post('/connexion/nouvelle', { ...letter(), participants: 'pas-une-adresse' });
    expect(refused.status).toBe(422);
    expect(keptIn(await refused.page())).toEqual({ document, text });
  });

  test.each([
    ['an unknown node', { type: 'doc', content: [{ type: 'heading', content: [] }] }, 'La mise en forme reçue n’est pas'],
    ['markup', '<p onclick="alert(1)">x</p>', 'La mise en forme reçue n’est pas'],
    [
      'a link that runs',
      { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'link', href: 'javascript:alert(1)' }] }] }] },
      'n’accepte pas : javascript:alert(1)',
    ],
    [
      'too much of it',
      JSON.stringify({ type: 'doc', content: Array.from({ length: 20_001 }, () => ({ type: 'paragraph' })) }),
      'trop longue ou trop imbriquée',
    ],
    ['more than a form may weigh', `"${'x'.repeat(1_100_000)}"`, 'trop longue ou trop imbriquée'],
  ])('%s refuses the whole with a sentence, and gives the text back without formatting', async (_what, tree, sentence) => {
    const refused = await marie.post('/connexion/nouvelle', letter(tree));
    expect(refused.status).toBe(422);
    const page = await refused.page();
    expect(page.querySelector('#message-error')?.text.replaceAll('\u00A0', ' ')).toContain(sentence);
    expect(page.querySelector('[data-error-summary] a')?.getAttribute('href')).toBe('#message');
    expect(keptIn(page)).toEqual({ document: undefined, text });
    expect(await world.ctx.db.selectFrom('messages').selectAll().execute()).toEqual([]);
    expect(page.toString()).not.toMatch(/href="javascript|<p onclick/u);
  });

  test('empty, is an empty message, although its lists have marks; too long, is counted by its text', async () => {
    const item = { type: 'listItem', content: [{ type: 'paragraph' }] };
    const empty = await (await marie.post('/connexion/nouvelle', letter({ type: 'doc', content: [{ type: 'bulletList', content: [item, item] }] }))).page();
    expect(empty.querySelector('#message-error')?.text).toContain('Le message est vide');
    const long = {
      type: 'doc',
      content: [{ type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x'.repeat(conversationLimits.message) }] }] }],
    };
    const page = await (await marie.post('/connexion/nouvelle', letter(long))).page();
    expect(page.querySelector('#message-error')?.text.replaceAll(/\s/gu, ' ')).toContain('Le message compte 50 002 caractères');
    expect(keptIn(page).document).toEqual(long);
  });

  test('bytes that are not UTF-8 in it are said of the message', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="';
    const parts = [`${head}message"\r\n\r\nBonjour\r\n`, `${head}${richTextField}"\r\n\r\n`];
    const body = Buffer.concat([Buffer.from(parts.join('')), Buffer.from([0xff, 0xfe]), Buffer.from('\r\n--x--\r\n')]);
    const answer = await marie.post('/connexion/nouvelle', new Uint8Array(body), { 'content-type': 'multipart/form-data; boundary=x' });
    expect((await answer.page()).querySelector('#message-error')?.text).toContain('un caractère qui ne peut pas être gardé');
  });

  test('000-Y3: a session that ends while writing gives it back with its formatting, and what is not ours without', async () => {
    world.clock.advance(13 * 3600, { sessions: true });
    const page = letter();
    const parked = await marie.post('/connexion/nouvelle', page);
    expect(parked.headers.get('location')).toBe('/ouvrir-une-session?retour=%2Fconnexion%2Fnouvelle&fin=1');
    const again = await site.browserOf(world.marie.profileId);
    expect(keptIn(await (await again.get('/connexion/nouvelle')).page())).toEqual({ document, text });
    await marie.post('/connexion/nouvelle', { ...letter({ ...document, evil: true }), cle: page.cle });
    expect(keptIn(await (await again.get('/connexion/nouvelle')).page())).toEqual({ document: undefined, text });
  });

  test('no notice holds a word of it', async () => {
    await marie.post('/connexion/nouvelle', letter());
    await world.runJobs();
    const mails = await world.ctx.db.selectFrom('outgoing_mails').selectAll().execute();
    expect(mails).toHaveLength(1);
    expect(JSON.stringify(mails)).not.toMatch(/relevé|un point|innovactione\.example\/plan/u);
  });
});
