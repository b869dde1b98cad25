package dev.averment.evidence.packet;

import java.nio.charset.StandardCharsets;

/**
 * How to verify a packet by hand: the text of {@code VERIFY.md}, the same in every packet, and of {@code
 * docs/verify-by-hand.md}. It takes nothing from a packet, so that the commands can come from where the reader trusts. A test
 * runs every block of it in a shell, on good packets and on altered ones.
 */
public final class VerifyGuide {

    private VerifyGuide() {}

    /** CommonMark; the blocks marked {@code sh} are one script, which wants {@code VKEY} set. */
    public static String text() {
        return GUIDE;
    }

    static byte[] bytes() {
        return GUIDE.getBytes(StandardCharsets.UTF_8);
    }

    private static final String GUIDE = """
            # How to verify this packet

            **If this file came with a packet, read it and do not run it**: whoever made the packet could have written anything here.
            The same text is in the documentation of Averment (`docs/verify-by-hand.md`), and `aver verify --print-guide` prints it.
            Take the commands from there.

            `aver verify PACKET --key VKEY` does all of this and judges freshness besides. The steps below need only
            `sha256sum`, `openssl` (3.0 or later) and `ssh-keygen`. Run them in order, in one shell, in the folder into which you
            unpacked the packet. A step that fails stops the shell.

            ## 1. The key, from elsewhere

            Get the log's verifier key from outside this packet: from the contract, from the log's `/log/…/vkey` address, from a
            person. A packet that brings its own key proves only that it was not damaged on the way. Put it here:

                VKEY='averment/1fa30540fb6d/w/...+1a2b3c4d+...'

            ```sh
            set -eu
            work=$(mktemp -d)
            origin=${VKEY%%+*}
            [ "$VKEY" = "$(cat keys/log.vkey)" ]
            { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
              printf '%s' "$VKEY" | cut -d + -f 3- | base64 -d | tail -c +2; } |
              openssl pkey -pubin -inform DER -out "$work/log.pem"
            note() { # note FILE KEY NAME: checks NAME's signature of a signed note, leaves its text in $work/text
              sed '/^$/,$d' "$1" > "$work/text"
              grep -F "\u2014 $3 " "$1" | head -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c +5 > "$work/sig"
              openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in "$work/text" -sigfile "$work/sig"
            }
            ```

            ## 2. The files

            ```sh
            sha256sum --strict --quiet -c sha256sums.txt
            note seal.note "$work/log.pem" "$origin"
            cp "$work/text" "$work/seal"
            grep -qxF "origin $origin" "$work/seal"
            grep -qxF "sha256sums.txt $(sha256sum sha256sums.txt | cut -d ' ' -f 1)" "$work/seal"
            ```

            The log's key has sealed the list of files, and the keys that the next two steps use.

            ## 3. The same by SSH

            ```sh
            grep -qxF "ssh $(cut -d ' ' -f 4 allowed_signers)" "$work/seal"
            ssh-keygen -Y verify -f allowed_signers -I "$origin" -n averment-packet \\
              -s sha256sums.txt.sig < sha256sums.txt
            ```

            ## 4. The statement

            ```sh
            sed -n 's/^statement //p' "$work/seal" | base64 -d | openssl pkey -pubin -inform DER -out "$work/statement.pem"
            cmp "$work/statement.pem" keys/statement.pem
            sed 's/.*"payload":"\\([^"]*\\)".*/\\1/' statement.sigstore.json | base64 -d > "$work/statement.json"
            sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' statement.sigstore.json | base64 -d > "$work/statement.sig"
            { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$work/statement.json")"
              cat "$work/statement.json"; } > "$work/pae"
            case $(openssl pkey -pubin -in "$work/statement.pem" -noout -text) in
              ED25519*) openssl pkeyutl -verify -pubin -inkey "$work/statement.pem" -rawin -in "$work/pae" \\
                -sigfile "$work/statement.sig" ;;
              *) openssl dgst -sha256 -verify "$work/statement.pem" -signature "$work/statement.sig" "$work/pae" ;;
            esac
            grep -o '"sha256":"[0-9a-f]*"},"name":"[^"]*"' "$work/statement.json" |
              sed 's/"sha256":"\\([0-9a-f]*\\)"},"name":"\\(.*\\)"/\\1  \\2/' > "$work/subjects"
            sha256sum --strict --quiet -c "$work/subjects"
            ```

            ## 5. The entries stand in the log

            ```sh
            note evidence/checkpoint "$work/log.pem" "$origin"
            [ "$(sed -n 1p "$work/text")" = "$origin" ]
            size=$(sed -n 2p "$work/text")
            root=$(sed -n 3p "$work/text")
            hash() { openssl dgst -sha256 -binary; }
            inclusion() { # inclusion ENTRY PROOF INDEX SIZE ROOT (RFC 9162, 2.1.3.2)
              fn=$3
              sn=$(($4 - 1))
              [ "$fn" -le "$sn" ]
              grep -qxF "index $3" "$2"
              { printf '\\000'; cat "$1"; } | hash > "$work/h"
              sed -n '/^index /,/^$/p' "$2" | sed '1d;$d' > "$work/path"
              while read -r line; do
                [ "$sn" -ne 0 ]
                printf '%s' "$line" | base64 -d > "$work/s"
                if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
                  { printf '\\001'; cat "$work/s" "$work/h"; } | hash > "$work/n"
                  while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)); sn=$((sn / 2)); done
                else
                  { printf '\\001'; cat "$work/h" "$work/s"; } | hash > "$work/n"
                fi
                mv "$work/n" "$work/h"
                fn=$((fn / 2))
                sn=$((sn / 2))
              done < "$work/path"
              [ "$sn" -eq 0 ]
              [ "$(base64 < "$work/h")" = "$5" ]
            }
            for entry in evidence/entries/*.json; do
              [ -e "$entry" ] || continue
              seq=$(basename "$entry" .json)
              inclusion "$entry" "evidence/proofs/$seq.tlog-proof" "$seq" "$size" "$root"
            done
            ```

            ## 6. The log only grew

            Each file in `evidence/earlier` is a checkpoint that the log signed before. The proof beside it shows that the log as
            it was then is the beginning of the log as it is in this packet: nothing was taken out or altered in between.

            ```sh
            consistency() { # consistency OLD_SIZE OLD_ROOT SIZE ROOT PROOF (RFC 9162, 2.1.4.2)
              [ "$1" -gt 0 ]
              [ "$1" -lt "$3" ]
              cp "$5" "$work/path"
              if [ $(($1 & ($1 - 1))) -eq 0 ]; then
                printf '%s' "$2" | base64 -d > "$work/o"
              else
                head -n 1 "$5" | base64 -d > "$work/o"
                sed 1d "$5" > "$work/path"
              fi
              cp "$work/o" "$work/h"
              fn=$(($1 - 1))
              sn=$(($3 - 1))
              while [ $((fn % 2)) -eq 1 ]; do fn=$((fn / 2)); sn=$((sn / 2)); done
              while read -r line; do
                [ "$sn" -ne 0 ]
                printf '%s' "$line" | base64 -d > "$work/s"
                if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
                  { printf '\\001'; cat "$work/s" "$work/o"; } | hash > "$work/n"
                  mv "$work/n" "$work/o"
                  { printf '\\001'; cat "$work/s" "$work/h"; } | hash > "$work/n"
                  while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)); sn=$((sn / 2)); done
                else
                  { printf '\\001'; cat "$work/h" "$work/s"; } | hash > "$work/n"
                fi
                mv "$work/n" "$work/h"
                fn=$((fn / 2))
                sn=$((sn / 2))
              done < "$work/path"
              [ "$sn" -eq 0 ]
              [ "$(base64 < "$work/o")" = "$2" ]
              [ "$(base64 < "$work/h")" = "$4" ]
            }
            for earlier in evidence/earlier/*.checkpoint; do
              [ -e "$earlier" ] || continue
              old=$(basename "$earlier" .checkpoint)
              note "$earlier" "$work/log.pem" "$origin"
              [ "$(sed -n 1p "$work/text")" = "$origin" ]
              [ "$(sed -n 2p "$work/text")" = "$old" ]
              consistency "$old" "$(sed -n 3p "$work/text")" "$size" "$root" "evidence/earlier/$old.proof"
            done
            ```

            ## 7. The anchor

            The log's checkpoint, or one of step 6, stands in the anchor log, which anybody may watch; what came after it is not
            anchored yet. A packet may have no anchor: then its seal names none.

            ```sh
            anchor=$(sed -n 's/^anchor //p' "$work/seal")
            if [ -z "$anchor" ]; then
              [ ! -e keys/anchor.vkey ]
              [ ! -e evidence/anchor ]
            else
              [ "$anchor" = "$(cat keys/anchor.vkey)" ]
              [ "${anchor%%+*}" != "$origin" ]
              { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
                printf '%s' "$anchor" | cut -d + -f 3- | base64 -d | tail -c +2; } |
                openssl pkey -pubin -inform DER -out "$work/anchor.pem"
              [ "$(ls evidence/anchor | wc -l)" -eq 1 ]
              proof=evidence/anchor/$(ls evidence/anchor)
              anchored=evidence/earlier/$(basename "$proof" .tlog-proof).checkpoint
              if [ "$(basename "$proof" .tlog-proof)" = "$size" ]; then anchored=evidence/checkpoint; fi
              sed '1,/^$/d' "$proof" > "$work/anchor-checkpoint"
              note "$work/anchor-checkpoint" "$work/anchor.pem" "${anchor%%+*}"
              [ "$(sed -n 1p "$work/text")" = "${anchor%%+*}" ]
              index=$(sed -n 's/^index //p' "$proof")
              inclusion "$anchored" "$proof" "$index" "$(sed -n 2p "$work/text")" "$(sed -n 3p "$work/text")"
            fi
            ```

            ## 8. What to read, and what this does not prove

            `page.json` has each claim's verdict, with `collected` and `expires`. Judge freshness by your own clock: a verdict whose
            `expires` has passed has lapsed, whatever else holds.

            ```sh
            rm -r "$work"
            echo verified
            ```

            All this proves that the holder of the log's key vouches for these files, and that these entries stand in a log that he
            has committed to. It does not prove that an entry was true when it was written, nor that a server was not taken over before
            it signed. The earlier checkpoints come from the same hand: that history was not rewritten is proven only against a
            checkpoint that you kept yourself, or against an anchor log that somebody else watches. Keep `evidence/checkpoint`, and
            hand it to `aver verify --seen` with the next packet. If that packet has no proof from your checkpoint, whose size is its
            second line, ask for one: `packet.zip?seen=SIZE` at the address where you got this.
            """;
}
