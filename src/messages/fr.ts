import type { Catalogue } from './catalogue.ts';
import { administration } from './fr/administration.ts';
import { components } from './fr/components.ts';
import { connexion } from './fr/connexion.ts';
import { demo } from './fr/demo.ts';
import { frame } from './fr/frame.ts';
import { frontDoor } from './fr/front-door.ts';
import { help } from './fr/help.ts';
import { kit } from './fr/kit.ts';
import { life } from './fr/life.ts';
import { mail } from './fr/mail.ts';
import { manage } from './fr/manage.ts';
import { profile } from './fr/profile.ts';
import { recovery } from './fr/recovery.ts';
import { signIn } from './fr/sign-in.ts';
import { uploads } from './fr/uploads.ts';

/** French as it is written in Québec, the default of the product; `fr-france.ts` holds only what differs in France. */
export const fr = {
  ...kit,
  ...frame,
  ...frontDoor,
  ...help,
  ...signIn,
  ...profile,
  ...recovery,
  ...connexion,
  ...life,
  ...manage,
  ...administration,
  ...mail,
  ...demo,
  ...uploads,
  ...mail,
  ...demo,
  ...components,
} as const satisfies Catalogue;
