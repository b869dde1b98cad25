// Checks statement.sigstore.json of an unpacked packet with Sigstore's own verifier, and every file that it names.
//
//   npm ci && node verify-statement.mjs PACKET_DIR PUBLIC_KEY.pem
//
// PUBLIC_KEY.pem comes from outside the packet, or is keys/statement.pem once the log's key vouches for it (VERIFY.md,
// step 4). Exit status: 0 holds, 1 does not hold, 2 wrong use.
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';

const [folder, keyFile] = process.argv.slice(2);
if (!folder || !keyFile) {
  console.error('usage: node verify-statement.mjs PACKET_DIR PUBLIC_KEY.pem');
  process.exit(2);
}

try {
  const bundle = bundleFromJSON(JSON.parse(readFileSync(join(folder, 'statement.sigstore.json'), 'utf8')));
  const key = createPublicKey(readFileSync(keyFile));
  const nothing = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
  const material = toTrustMaterial(nothing, () => ({ publicKey: key, validFor: () => true }));
  // The packet carries its own log's proofs, so neither Rekor nor a timestamp authority is asked for.
  const thresholds = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
  new Verifier(material, thresholds).verify(toSignedEntity(bundle));

  const statement = JSON.parse(Buffer.from(bundle.content.dsseEnvelope.payload).toString('utf8'));
  if (statement._type !== 'https://in-toto.io/Statement/v1') throw new Error(`statement of type ${statement._type}`);
  if (statement.predicateType !== 'https://averment.dev/page-evidence/v1') throw new Error(statement.predicateType);
  const named = new Map(statement.subject.map((subject) => [subject.name, subject.digest.sha256]));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((name) => name !== 'statement.sigstore.json');
  for (const name of files) {
    const digest = createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
    if (named.get(name) !== digest) throw new Error(`${name} is not what the statement says`);
  }
  if (named.size !== files.length) throw new Error('the statement names files that are not there');
  console.log(`HOLDS: ${files.length} files, ${statement.predicate.claims.length} claims`);
} catch (error) {
  console.log(`DOES NOT HOLD: ${error.code ?? ''} ${error.message}`);
  process.exit(1);
}
