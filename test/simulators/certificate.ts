import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key with a self-signed certificate, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Whether this machine can make certificates; Node itself cannot. */
export const canCertify: boolean = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A certificate for a `subjectAltName` (`IP:127.0.0.1`, `DNS:example.com`), valid or long over. */
export function certificate(name: string, validity: 'valid' | 'expired' = 'valid'): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const openssl = (command: string): void => {
    execFileSync('openssl', command.split(' '), {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  };
  // `openssl req -x509` makes none that is over already; a certificate authority does.
  const until = validity === 'valid' ? '20480101000000Z' : '20200102000000Z';
  try {
    writeFileSync(join(folder, 'index'), '');
    writeFileSync(join(folder, 'config'), authority(name));
    openssl(
      // Authorities are told apart by their names.
      `req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -subj /CN=${randomUUID()} -out request`,
    );
    openssl(
      `ca -batch -config config -selfsign -in request -keyfile key -startdate 20200101000000Z -enddate ${until} -notext -out cert`,
    );
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    return { key: read('key'), cert: read('cert') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function authority(name: string): string {
  return `[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = ${name}
`;
}
