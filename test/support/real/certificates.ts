// A certificate authority and a server certificate of it, made by openssl at test time, good for two days.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** Files in PEM. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;
const DAYS = ['-days', '2'] as const;

/** @param names host names the certificate is for; 127.0.0.1 always is one more */
export function makeCertificates(folder: string, names: readonly string[]): Certificates {
  mkdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const authority = ['-subj', '/CN=enode2mqtt tests', '-addext', 'keyUsage=keyCertSign'];
  openssl('req', '-x509', ...NEW_KEY, ...DAYS, ...authority, '-keyout', at('ca.key'), '-out', at('ca.crt'));
  openssl('req', ...NEW_KEY, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=enode2mqtt broker');
  writeFileSync(
    at('server.ext'),
    `subjectAltName=${[...names.map((name) => `DNS:${name}`), 'IP:127.0.0.1'].join(',')}\n`,
  );
  const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    at('server.csr'),
    ...signer,
    '-out',
    at('server.crt'),
    ...DAYS,
    '-extfile',
    at('server.ext'),
  );
  return { authority: at('ca.crt'), certificate: at('server.crt'), key: at('server.key') };
}
