// The way to the broker before MQTT: TCP or TLS, opened and verified first, so that no password goes to a stranger. What fails here
// is said in words of the person who set it up.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { WireClock } from '../kernel/clock.ts';
import { codeOf, messageOf, WorldError } from '../kernel/errors.ts';
import type { BrokerAddress } from './settings.ts';

/** A broker in the same house answers in milliseconds, over a slow tunnel in seconds. ms */
const CONNECT_TIMEOUT_MS = 10_000;

/** Resolves when bytes can go; rejects with a WorldError whose message is one sentence. */
export function openSocket(address: BrokerAddress, wire: WireClock, signal: AbortSignal): Promise<Socket> {
  const { host, port, tls } = address;
  return new Promise((resolve, reject) => {
    // NODELAY: a toggle's answer must not wait for the broker's acknowledgement (entities.md: 43 ms against 1.2).
    const target = { host, port, noDelay: true, keepAlive: true };
    const socket = tls
      ? connectTls({
          ...target,
          ...(tls.ca === null ? {} : { ca: tls.ca }),
          rejectUnauthorized: tls.verify,
          // Server name indication is for names only [RFC 6066 3].
          ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
        })
      : connectTcp(target);
    const settle = (): void => {
      cancel();
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', fail);
    };
    const fail = (thrown: unknown): void => {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(new WorldError(socketSentence(thrown, address), { cause: thrown }));
    };
    const abort = (): void => fail(new Error('stopped'));
    const cancel = wire.alarm('broker connect', CONNECT_TIMEOUT_MS, () =>
      fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })),
    );
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      settle();
      // Until its next owner listens: an error in between must not end the process.
      socket.on('error', () => {});
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

/** One sentence for a failure to reach or to trust the broker: cause and remedy. */
export function socketSentence(thrown: unknown, { host, port, tls }: BrokerAddress): string {
  const code = codeOf(thrown) ?? '';
  const where = `${host}:${port}`;
  switch (code) {
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'CERT_UNTRUSTED':
      return tls?.ca == null
        ? `The certificate of the broker at ${where} is signed by an authority that this machine does not know: give its CA file as broker_ca.`
        : `The certificate of the broker at ${where} is not signed by the authority in broker_ca: give the CA file that signed it.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of the broker is not for the name ${host}: use the name it is made for in broker_url, or switch broker_verify off.`;
    case 'CERT_HAS_EXPIRED':
      return `The certificate of the broker at ${where} has expired: renew it there.`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of the broker at ${where} is not valid yet: check the clock of this machine.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The broker's name ${host} is not known: check broker_url, or the network of this machine.`;
    case 'ECONNREFUSED':
      return `Nothing listens at ${where}: check broker_url, and that the broker runs.`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The broker at ${where} does not answer: check broker_url and the network.`;
    default:
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || (tls !== null && code === 'ECONNRESET')) {
    return `The broker at ${where} does not speak TLS as we do there: use its TLS port, or mqtt:// instead of mqtts:// in broker_url.`;
  }
  if (code.startsWith('ERR_OSSL_') || code === 'ERR_CRYPTO_OPERATION_FAILED') {
    return `The CA file in broker_ca cannot be read (${messageOf(thrown)}): give a PEM file.`;
  }
  return `The broker at ${where} cannot be reached (${code || messageOf(thrown)}): check broker_url.`;
}
