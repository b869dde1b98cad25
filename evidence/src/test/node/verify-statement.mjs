// Checks statement.sigstore.json of an unpacked packet with Sigstore's own verifier, every file that it names, and with
// Sigstore's Merkle code that every entry stands in the log and one of the packet's checkpoints in the anchor log. Who
// signed those checkpoints, and that the log only grew, is for VERIFY.md and averify.go.
//
//   npm ci && node verify-statement.mjs PACKET_DIR PUBLIC_KEY.pem
//
// PUBLIC_KEY.pem comes from outside the packet, or is keys/statement.pem once the log's key vouches for it (VERIFY.md,
// step 4). Exit status: 0 holds, 1 does not hold, 2 wrong use.
import { createHash, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';

const [folder, keyFile] = process.argv.slice(2);
if (!folder || !keyFile) {
  console.error('usage: node verify-statement.mjs PACKET_DIR PUBLIC_KEY.pem');
  process.exit(2);
}

/** Checks that FILE is the entry that PROOF, a c2sp.org/tlog-proof@v1, says, under the checkpoint that it bears. */
function included(file, proof) {
  const [head, checkpoint] = readFileSync(proof, 'utf8').split('\n\n');
  const lines = head.split('\n').filter((line) => !line.startsWith('extra '));
  if (lines[0] !== 'c2sp.org/tlog-proof@v1' || !lines[1].startsWith('index ')) throw new Error(`${proof} is no proof`);
  const [, size, root] = checkpoint.split('\n');
  verifyMerkleInclusion(
    {
      canonicalizedBody: readFileSync(file),
      inclusionProof: {
        logIndex: lines[1].slice('index '.length),
        hashes: lines.slice(2).map((line) => Buffer.from(line, 'base64')),
      },
    },
    { logSize: BigInt(size), logHash: Buffer.from(root, 'base64') },
  );
}

/** The files in a folder of the packet, by their names without their ending. */
function numbered(below) {
  const at = join(folder, below);
  return existsSync(at) ? readdirSync(at).map((name) => [basename(name).replace(/\.[a-z-]+$/, ''), join(at, name)]) : [];
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

  const entries = numbered('evidence/entries');
  for (const [seq, file] of entries) included(file, join(folder, `evidence/proofs/${seq}.tlog-proof`));
  const anchors = numbered('evidence/anchor');
  for (const [size, proof] of anchors) {
    const own = Number(size) === statement.predicate.log.size;
    included(join(folder, own ? 'evidence/checkpoint' : `evidence/earlier/${size}.checkpoint`), proof);
  }
  console.log(
    `HOLDS: ${files.length} files, ${statement.predicate.claims.length} claims, ` +
      `${entries.length} entries, ${anchors.length} anchors`,
  );
} catch (error) {
  console.log(`DOES NOT HOLD: ${error.code ?? ''} ${error.message}`);
  process.exit(1);
}
