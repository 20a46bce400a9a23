import { benchPassword } from '../seed/prepare-data.ts';
import { type Answer, headerOf } from './answer-reader.ts';
import { type Connection, formRequest, type Target } from './connection.ts';

/** What a browser does at the door, without fetching the forms: who it is, then the password. */
export const passwordFields = { methode: 'password', 'mot-de-passe': benchPassword };

/** Says who one is; answers the cookie of the flow that the password is then given in. */
export async function beginSignIn(connection: Connection, target: Target, address: string): Promise<string> {
  const answer = await connection.ask(formRequest({ path: '/ouvrir-une-session', target, fields: { identifiant: address } }));
  return cookieOf(expectStatus(answer, 303), 'pli-demarche');
}

export function givePassword(connection: Connection, target: Target, flow: string): Promise<Answer> {
  return connection.ask(formRequest({ path: '/ouvrir-une-session/methode', target, cookie: flow, fields: passwordFields }));
}

/** A real sign-in; answers the cookie of the session. */
export async function signIn(connection: Connection, target: Target, address: string): Promise<string> {
  const answer = await givePassword(connection, target, await beginSignIn(connection, target, address));
  return cookieOf(expectStatus(answer, 303), 'pli-session');
}

export function expectStatus(answer: Answer, ...expected: number[]): Answer {
  if (!expected.includes(answer.status)) throw new Error(`Answered ${answer.status}, expected ${expected.join(' or ')}:\n${answer.head}`);
  return answer;
}

function cookieOf({ head }: Answer, name: string): string {
  const value = new RegExp(`^set-cookie: *((?:__Host-)?${name}=[^;]+)`, 'imu').exec(head)?.[1];
  if (!value) throw new Error(`No cookie ${name}, but ${headerOf(head, 'location') ?? 'nothing'}`);
  return value;
}
