/**
 * The packet: the evidence that a buyer downloads and verifies offline.
 *
 * <p>A packet is a ZIP file of stored (uncompressed) files in name order with fixed times, so that one set of files has
 * exactly one encoding, which the reader insists on:
 *
 * <pre>
 * page.json                         the page's verdicts: per claim text, verdict, collected, expires, entries
 * page.yaml                         the page file that was in force
 * claims/ID.json                    the same claim, with its parameters and checks
 * declarations.cdx.json             the same content as CycloneDX 1.6 declarations
 * evidence/checkpoint               the log's signed checkpoint (c2sp.org/tlog-checkpoint)
 * evidence/entries/SEQ.json         exact bytes of entry SEQ of the log
 * evidence/proofs/SEQ.tlog-proof    its inclusion proof (c2sp.org/tlog-proof@v1); extra = disclosures, if any
 * evidence/earlier/SIZE.checkpoint  an earlier signed checkpoint, as published then
 * evidence/earlier/SIZE.proof       consistency proof from it to evidence/checkpoint, one base64 hash a line
 * evidence/anchor/SIZE.tlog-proof   inclusion in the anchor log of the checkpoint of that size, as an entry: of
 *                                   evidence/checkpoint, or of evidence/earlier/SIZE.checkpoint
 * keys/log.vkey                     the log's verifier key
 * keys/anchor.vkey                  the anchor log's verifier key
 * keys/statement.pem                the statement's public key
 * VERIFY.md                         how to verify all this with sha256sum, openssl and ssh-keygen
 * allowed_signers                   the SSH key for sha256sums.txt.sig
 * sha256sums.txt                    SHA-256 of every file above
 * sha256sums.txt.sig                SSH signature over it, namespace averment-packet
 * seal.note                         signed note by the log key over sha256sums.txt's digest and the other keys
 * statement.sigstore.json           in-toto statement whose subjects are all other files, as a Sigstore bundle v0.3
 * </pre>
 *
 * <p>How one pinned key covers it all is told in {@link dev.averment.evidence.packet.Seal}.
 */
@NullMarked
package dev.averment.evidence.packet;

import org.jspecify.annotations.NullMarked;
