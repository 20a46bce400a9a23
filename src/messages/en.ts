import type { Entry } from './catalogue.ts';
import { administration } from './en/administration.ts';
import { components } from './en/components.ts';
import { connexion } from './en/connexion.ts';
import { demo } from './en/demo.ts';
import { frame } from './en/frame.ts';
import { frontDoor } from './en/front-door.ts';
import { help } from './en/help.ts';
import { kit } from './en/kit.ts';
import { life } from './en/life.ts';
import { mail } from './en/mail.ts';
import { manage } from './en/manage.ts';
import { profile } from './en/profile.ts';
import { recovery } from './en/recovery.ts';
import { signIn } from './en/sign-in.ts';
import { uploads } from './en/uploads.ts';
import type { fr } from './fr.ts';

export const en: Readonly<Record<keyof typeof fr, Entry>> = {
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
  ...components,
};
