/** Somebody with a browser before a started Pli: keeps cookies, follows nothing by itself. */
export type WebVisitor = {
  get(path: string): Promise<Response>;
  post(path: string, fields: Record<string, string> | FormData): Promise<Response>;
  /** What a script of the page asks for: any method, with headers of its own. */
  ask(path: string, init: { method: string; headers: Record<string, string>; body?: BodyInit }): Promise<Response>;
  /** The same browser, sent by a proxy to another Pli that stands for the same address. */
  through(url: string): WebVisitor;
  /** Another browser with the same cookies, from now on its own. */
  copy(): WebVisitor;
  /** What this browser sends as `Cookie`. */
  cookie(): string;
};

export function webVisitor(url: string, cookies = new Map<string, string>()): WebVisitor {
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  async function ask(path: string, init: { method?: string; headers?: Record<string, string>; body?: BodyInit } = {}): Promise<Response> {
    const answer = await fetch(new URL(path, url), {
      ...init,
      redirect: 'manual',
      headers: { cookie: cookie(), origin: url, 'accept-language': 'fr-CA', ...init.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }
  return {
    ask,
    cookie,
    get: (path) => ask(path),
    copy: () => webVisitor(url, new Map(cookies)),
    through: (other) => webVisitor(other, cookies),
    post: (path, fields) => ask(path, { method: 'POST', body: fields instanceof FormData ? fields : new URLSearchParams(fields) }),
  };
}
