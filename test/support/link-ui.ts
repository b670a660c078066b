// A person in the Link UI: chooses the brand, logs in, allows, and is sent back; over HTTP, without a script.

type Ask = (url: string, init?: RequestInit) => Response | Promise<Response>;

/** Walks through to the end. @returns where the browser is sent, or the page that did not let it on */
export async function walkThrough(
  ask: Ask,
  link: string,
  who: { readonly vendor?: string; readonly username: string; readonly password?: string },
): Promise<{ readonly status: number; readonly to: string | null; readonly page: string }> {
  const press = async (step: string, form: Record<string, string> = {}) =>
    ask(`${link}/${step}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const steps: [string, Record<string, string>?][] = [
    ...(who.vendor === undefined ? [] : [['brand', { vendor: who.vendor }] as [string, Record<string, string>]]),
    ['login', { username: who.username, password: who.password ?? 'demo' }],
    ['consent'],
  ];
  let last = await ask(link);
  for (const [step, form] of steps) {
    last = await press(step, form);
    if (last.status !== 303) break;
  }
  return { status: last.status, to: last.headers.get('location'), page: await last.text() };
}
