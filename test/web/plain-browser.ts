/** A browser without JavaScript: keeps cookies, sends forms as browsers do, follows nothing by itself. */
export interface PlainBrowser {
  get(url: string): Promise<SeenPage>;
  post(
    url: string,
    values?: readonly (readonly [string, string])[],
    headers?: Record<string, string>,
  ): Promise<SeenPage>;
}

export interface SeenPage {
  status: number;
  location: string | null;
  headers: Headers;
  html: string;
  /** What a person reads. */
  text: string;
}

export function openBrowser(): PlainBrowser {
  const jar = new Map<string, string>();
  const visit = async (url: string, init: RequestInit): Promise<SeenPage> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, ...init.headers } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      jar.set(name!, value!);
    }
    const html = await response.text();
    const { status, headers } = response;
    return { status, headers, html, location: headers.get('location'), text: readable(html) };
  };
  return {
    get: (url) => visit(url, {}),
    post: (url, values = [], headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }) =>
      visit(url, {
        method: 'POST',
        headers,
        body: new URLSearchParams(values.map(([name, value]): [string, string] => [name, value])),
      }),
  };
}

function readable(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
}
