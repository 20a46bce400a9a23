import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where everything of the embedded PostgreSQL lies, under the data folder. */
export type Folders = {
  /** `<PLI_DATA>/postgres` */
  base: string;
  /** What PostgreSQL calls its data directory; owned by the account it runs under, 0700. */
  cluster: string;
  lock: string;
  password: string;
  /** How the commands of `bin/pli` find the server of the Pli that is running. */
  url: string;
  log: string;
  /** A mark on the command line of our server and its children, by which they are recognised when a sudden end leaves some behind. */
  clusterName: string;
};

export function foldersIn(dataDir: string): Folders {
  const base = join(dataDir, 'postgres');
  const cluster = join(base, 'cluster');
  return {
    base,
    cluster,
    lock: join(base, 'lock'),
    password: join(base, 'password'),
    url: join(base, 'url'),
    log: join(base, 'postgres.log'),
    clusterName: `pli-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`,
  };
}
