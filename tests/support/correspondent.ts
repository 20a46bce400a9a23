import { randomUUID } from 'node:crypto';
import { parse } from 'node-html-parser';
import { expect } from 'vitest';
import { type WebVisitor, webVisitor } from './web-visitor.ts';

const password = 'Pli-demonstration-2026';

/** Somebody of the demonstration's world, signed in, over HTTP and without scripts. */
export type Correspondent = WebVisitor & {
  /** Starts a conversation and answers the address of its page. */
  startsWith(to: string, title: string): Promise<string>;
  /** Posts on that page; answers the status: 303 once it is acknowledged. The same `key` is the same message. */
  posts(page: string, text: string, key?: string, file?: File): Promise<number>;
  reads(page: string): Promise<string>;
};

export async function correspondent(url: string, address: string, visitor = webVisitor(url)): Promise<Correspondent> {
  await visitor.post('/ouvrir-une-session', { identifiant: address });
  const answer = await visitor.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/connexion']);
  return {
    ...visitor,
    async startsWith(to, title) {
      const form = parse(await (await visitor.get('/connexion/nouvelle')).text());
      const fieldValue = (name: string) => {
        const field = form.querySelector(`[name=${name}]`);
        return field?.getAttribute('value') ?? field?.querySelector('option[selected], option')?.getAttribute('value') ?? '';
      };
      const fields = { cle: fieldValue('cle'), titulaire: fieldValue('titulaire'), expire: fieldValue('expire') };
      const started = await visitor.post('/connexion/nouvelle', { ...fields, titre: title, participants: to, message: 'Premier message.' });
      expect(started.status).toBe(303);
      return started.headers.get('location') ?? '';
    },
    async posts(page, text, key, file) {
      const fields = { message: text, cle: key ?? randomUUID() };
      const posted = await visitor.post(page.replace(/#.*$/, '').replace('?', '/messages?'), file ? formOf(fields, file) : fields);
      await posted.arrayBuffer();
      return posted.status;
    },
    reads: async (page) => (await visitor.get(page)).text(),
  };
}

function formOf(fields: Record<string, string>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('fichiers', file);
  return form;
}
