const password = 'Pli-demonstration-2026';

/** A signed-in visitor of a started demonstration. */
export type Visit = { cookie: string; page(path: string): Promise<string> };

/** Signs in by password as the pages do, and keeps the cookies. */
export async function signIn(url: string, address: string): Promise<Visit> {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  async function post(path: string, fields: Record<string, string>): Promise<void> {
    const answer = await fetch(url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      headers: { cookie: header(), origin: url },
    });
    await answer.text();
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  }
  await post('/ouvrir-une-session', { identifiant: address });
  await post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
  if (![...cookies.keys()].some((name) => name.endsWith('pli-session'))) throw new Error(`${address} could not sign in`);
  return { cookie: header(), page: async (path) => (await fetch(url + path, { headers: { cookie: header(), 'accept-language': 'fr-CA' } })).text() };
}
