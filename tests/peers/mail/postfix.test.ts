import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Correspondence, makeCorrespondence, until } from './correspondence.ts';
import { makePostfix, type Postfix, postfixMissing } from './postfix.ts';

if (postfixMissing) process.stderr.write(`${postfixMissing}: the tests with a real relay are skipped (npm test -- --peers installs it)\n`);

describe.skipIf(postfixMissing !== undefined)("Debian's Postfix", () => {
  let postfix: Postfix;
  let post: Correspondence;

  beforeAll(async () => {
    postfix = await makePostfix({
      answers: { 'parti@courriel.example': '550 5.1.1 no such user', 'lent@courriel.example': '451 4.7.1 greylisted' },
    });
    await postfix.startSink();
    await postfix.start();
  });
  afterAll(() => postfix.remove());
  beforeEach(async () => {
    post = await makeCorrespondence();
    // As on a machine of its own: STARTTLS or nothing, and a certificate that is verified.
    post.through({ host: '127.0.0.1', port: postfix.port, tls: 'required', credentials: undefined }, { ca: postfix.certificate.cert, patience });
  });
  afterEach(() => post.dispose());

  const patience = { connect: 5_000, greeting: 5_000, silence: 5_000, wholeTry: 10_000 };
  const arrivedFor = (address: string) => postfix.arrived().filter((mail) => mail.includes(`\nTo: ${address}\n`));
  const messageIds = (mails: string[]) => mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);

  test('000-04 000-08: a notice goes through to the other end as it was written', async () => {
    const delivery = await post.writesTo('jeand@courriel.example');
    await post.round();
    await until(() => arrivedFor('jeand@courriel.example').length === 1);
    await until(async () => (await delivery())?.state === 'sent');
    const [mail = ''] = arrivedFor('jeand@courriel.example');
    expect(mail).toMatch(/^From: Connexion <connexion@innovactione\.example>$/m);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(mail).toMatch(/^Content-Language: fr-CA$/m);
    // Encrypted on its way to Postfix, and the sender of the envelope is the From: what SPF and DMARC align.
    expect(mail).toMatch(/using TLSv1\.[23] with cipher/);
    expect(mail).toMatch(/^X-Mail-Args: <connexion@innovactione\.example>/m);
    expect(mail).toContain('multipart/alternative');
  });

  test('a certificate that nobody vouches for: nothing is sent', async () => {
    post.through({ host: '127.0.0.1', port: postfix.port, tls: 'required', credentials: undefined }, { patience });
    const delivery = await post.writesTo('nadia.roy@courriel.example');
    await post.round();
    await until(async () => (await delivery())?.failure?.endsWith('DEPTH_ZERO_SELF_SIGNED_CERT') === true);
    expect(arrivedFor('nadia.roy@courriel.example')).toEqual([]);
  });

  test('Postfix refuses one and defers another: known, and the others go through', async () => {
    const [gone, slow, well] = [
      await post.writesTo('parti@courriel.example'),
      await post.writesTo('lent@courriel.example'),
      await post.writesTo('lou@courriel.example'),
    ];
    await post.round();
    await until(async () => (await gone())?.state === 'failed' && (await well())?.state === 'sent' && (await slow())?.failure !== null);
    expect(await gone()).toMatchObject({ state: 'failed', failure: '550 5.1.1' });
    expect(await slow()).toMatchObject({ state: 'queued', failure: '451 4.7.1' });
  });

  test('Postfix stopped in the middle of a mailing: every notice and code comes out once, when it is back', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `parent${index}@tilleuls.example`);
    const deliveries: Awaited<ReturnType<typeof post.writesTo>>[] = [];
    for (const address of people) deliveries.push(await post.writesTo(address));
    await post.round();
    postfix.stop();
    await post.sendsCode('direction@tilleuls.example', '04711842');
    await post.round();
    await postfix.start();
    const sent = async () => (await Promise.all(deliveries.map((delivery) => delivery()))).every((delivery) => delivery?.state === 'sent');
    await post.roundsUntil(async () => (await sent()) && arrivedFor('direction@tilleuls.example').length > 0);
    await until(() => people.every((address) => arrivedFor(address).length > 0));
    const arrived = [...people, 'direction@tilleuls.example'].map((address) => arrivedFor(address));
    // At least once; a double, of a mail taken just as Postfix stopped, has the same Message-ID.
    for (const mails of arrived) expect(new Set(messageIds(mails)).size).toBe(1);
    expect(new Set(messageIds(arrived.flat())).size).toBe(41);
  });

  test('the other end is down: Postfix has taken the mail, Pli sends it no more, and it arrives once', async () => {
    postfix.stopSink();
    const delivery = await post.writesTo('karim.benali@courriel.example');
    await post.round();
    await until(async () => (await delivery())?.state === 'sent');
    await until(() => postfix.waiting() > 0);
    await post.round();
    await postfix.startSink();
    await until(() => arrivedFor('karim.benali@courriel.example').length > 0 && postfix.waiting() === 0);
    expect(arrivedFor('karim.benali@courriel.example')).toHaveLength(1);
  });
});
