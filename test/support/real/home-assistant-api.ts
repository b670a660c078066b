// What tests ask of a running Home Assistant, over its REST and websocket API (any installation, ours or one that exists).
import { realWire } from '../../../src/kernel/real-clock.ts';

/** A socket that does not answer for so long is given up, ms. */
const ANSWER_WITHIN = 30_000;

export interface HomeAssistantApi {
  readonly url: string;
  readonly token: string;
  /** Any websocket command; rejects with Home Assistant's own words when it refuses. */
  call<T = unknown>(type: string, body?: Readonly<Record<string, unknown>>): Promise<T>;
  /** Any REST call below `/api`; `undefined` for an empty answer. */
  rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  close(): void;
}

interface Answer {
  readonly id?: number;
  readonly type: string;
  readonly success?: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

interface Line {
  send(type: string, body: Readonly<Record<string, unknown>>): Promise<unknown>;
  isOpen(): boolean;
  close(): void;
}

export function homeAssistantApi(url: string, token: string): HomeAssistantApi {
  let line: Promise<Line> | undefined;
  const open = async (): Promise<Line> => {
    const known = await line?.catch(() => undefined);
    if (known?.isOpen()) return known;
    line = openLine(url, token);
    return line;
  };
  return {
    url,
    token,
    call: async <T>(type: string, body = {}) => (await (await open()).send(type, body)) as T,
    rest: <T>(method: string, path: string, body?: unknown) => rest<T>(url, method, path, { token, body }),
    close: () => void line?.then((open) => open.close()).catch(() => undefined),
  };
}

/** One REST call; `form` sends the body as a form instead of JSON. Rejects with status and answer on any status from 400. */
export async function rest<T>(
  url: string,
  method: string,
  path: string,
  more: { token?: string; body?: unknown; form?: boolean } = {},
): Promise<T> {
  const headers = new Headers(more.token ? { authorization: `Bearer ${more.token}` } : {});
  const init: RequestInit = { method, headers };
  if (more.form) init.body = new URLSearchParams(more.body as Record<string, string>);
  else if (more.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(more.body);
  }
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function openLine(url: string, token: string): Promise<Line> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/websocket`);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let next = 1;
  const send = (type: string, body: Readonly<Record<string, unknown>>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = next++;
      const cancel = realWire.alarm(`answer to ${type}`, ANSWER_WITHIN, () => {
        waiting.delete(id);
        reject(new Error(`${type}: no answer within ${ANSWER_WITHIN / 1000} s`));
      });
      const settled =
        <A>(settle: (value: A) => void) =>
        (value: A) => {
          cancel();
          settle(value);
        };
      waiting.set(id, {
        resolve: settled(resolve),
        reject: settled((error: Error) => reject(new Error(`${type}: ${error.message}`))),
      });
      socket.send(JSON.stringify({ ...body, id, type }));
    });
  return new Promise((resolve, reject) => {
    socket.addEventListener('message', (event: MessageEvent) => {
      const answer = JSON.parse(String(event.data)) as Answer;
      if (answer.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token }));
      else if (answer.type === 'auth_invalid')
        reject(new Error('Home Assistant refuses the token: make a new long-lived one'));
      else if (answer.type === 'auth_ok') {
        resolve({ send, isOpen: () => socket.readyState === WebSocket.OPEN, close: () => socket.close() });
      } else if (answer.type === 'result') {
        const asked = waiting.get(answer.id!);
        waiting.delete(answer.id!);
        if (answer.success) asked?.resolve(answer.result);
        else asked?.reject(new Error(`${answer.error?.code}: ${answer.error?.message}`));
      }
    });
    const broken = (): void => {
      const error = new Error('the connection to Home Assistant broke');
      reject(error);
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    socket.addEventListener('close', broken);
    socket.addEventListener('error', broken);
  });
}
