/** Programs by others judge what we write: Go's tlog package, Sigstore's verifier, OpenSSH and OpenSSL. */
package dev.averment.evidence.crosscheck;
