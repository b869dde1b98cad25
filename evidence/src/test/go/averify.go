// Averify checks an evidence log or an unpacked packet with Go's own implementation of signed notes and
// transparency logs (golang.org/x/mod/sumdb), which shares no line with ours.
//
//	averify log DIR VKEY [OLD_CHECKPOINT...]   root over all entries, tiles, consistency with each old checkpoint
//	averify packet DIR VKEY                    checkpoint, seal, every entry's proof, earlier checkpoints, anchor
//
// VKEY is the log's verifier key, from outside. Build without modules, with Debian's packages:
//
//	apt-get install golang-go golang-golang-x-mod-dev
//	GO111MODULE=off GOPATH=/usr/share/gocode go build averify.go
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) < 4 || (os.Args[1] != "log" && os.Args[1] != "packet") {
		fmt.Fprintln(os.Stderr, "usage: averify log DIR VKEY [OLD_CHECKPOINT...] | averify packet DIR VKEY")
		os.Exit(2)
	}
	dir, vkey := os.Args[2], os.Args[3]
	var err error
	if os.Args[1] == "log" {
		err = verifyLog(dir, vkey, os.Args[4:])
	} else {
		err = verifyPacket(dir, vkey)
	}
	if err != nil {
		fmt.Println("DOES NOT HOLD:", err)
		os.Exit(1)
	}
	fmt.Println("HOLDS")
}

// open checks a signed note and returns its lines.
func open(file, vkey string) ([]string, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return openBytes(file, signed, vkey)
}

func openBytes(file string, signed []byte, vkey string) ([]string, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return strings.Split(strings.TrimSuffix(opened.Text, "\n"), "\n"), nil
}

// checkpoint opens a checkpoint. The package's own ParseTree knows the Go checksum database only.
func checkpoint(file, vkey string) (tlog.Tree, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return openCheckpoint(file, signed, vkey)
}

func openCheckpoint(file string, signed []byte, vkey string) (tlog.Tree, error) {
	lines, err := openBytes(file, signed, vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(lines) != 3 || lines[0] != strings.SplitN(vkey, "+", 2)[0] {
		return tlog.Tree{}, fmt.Errorf("%s: not a checkpoint of this log", file)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles reads tiles from a directory in the layout of tlog-tiles, which leaves out the height.
type tiles struct{ dir string }

func (t tiles) Height() int                         { return tileHeight }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range list {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.dir, path))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// memory is the tree rebuilt from the entries, in the package's own storage order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, index := range indexes {
		out = append(out, m[index])
	}
	return out, nil
}

func verifyLog(dir, vkey string, olds []string) error {
	tree, err := checkpoint(filepath.Join(dir, "checkpoint"), vkey)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles{dir})
	var stored memory
	for n := int64(0); n < tree.N; {
		width := tree.N - n
		if width > 256 {
			width = 256
		}
		path := strings.Replace((tlog.Tile{H: tileHeight, L: -1, N: n / 256, W: int(width)}).Path(),
			fmt.Sprintf("tile/%d/data/", tileHeight), "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("%s is cut short", path)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			more, err := tlog.StoredHashes(n+i, entry, stored)
			if err != nil {
				return err
			}
			stored = append(stored, more...)
			if tree.N > 1000 && (n+i)%64 != 0 && n+i != tree.N-1 {
				continue // the root covers the rest; four proofs a tile see each tile authenticated
			}
			proof, err := tlog.ProveRecord(tree.N, n+i, reader)
			if err != nil {
				return err
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n+i, tlog.RecordHash(entry)); err != nil {
				return fmt.Errorf("entry %d: %w", n+i, err)
			}
		}
		if len(bundle) != 0 {
			return fmt.Errorf("%s is too long", path)
		}
		n += width
	}
	if root, err := tlog.TreeHash(tree.N, stored); err != nil || root != tree.Hash {
		return fmt.Errorf("the entries come to root %v, not to the checkpoint's %v (%v)", root, tree.Hash, err)
	}
	for _, file := range olds {
		old, err := checkpoint(file, vkey)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, old.N, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return fmt.Errorf("from size %d: %w", old.N, err)
		}
	}
	fmt.Printf("%d entries, %d old checkpoints\n", tree.N, len(olds))
	return nil
}

func verifyPacket(dir, vkey string) error {
	tree, err := checkpoint(filepath.Join(dir, "evidence/checkpoint"), vkey)
	if err != nil {
		return err
	}
	seal, err := open(filepath.Join(dir, "seal.note"), vkey)
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(dir, "sha256sums.txt"))
	if err != nil {
		return err
	}
	digest := sha256.Sum256(sums)
	if len(seal) < 4 || seal[0] != "averment.dev/packet-seal/v1" || seal[3] != "sha256sums.txt "+hex.EncodeToString(digest[:]) {
		return errors.New("the seal is for other files")
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(sums), "\n"), "\n") {
		parts := strings.SplitN(line, "  ", 2)
		if len(parts) != 2 {
			return errors.New("malformed sha256sums.txt")
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(parts[1])))
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != parts[0] {
			return fmt.Errorf("%s is altered", parts[1])
		}
	}
	entries, err := filepath.Glob(filepath.Join(dir, "evidence/entries/*.json"))
	if err != nil {
		return err
	}
	for _, file := range entries {
		seq, err := strconv.ParseInt(strings.TrimSuffix(filepath.Base(file), ".json"), 10, 64)
		if err != nil {
			return err
		}
		entry, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		proof, err := recordProof(filepath.Join(dir, fmt.Sprintf("evidence/proofs/%d.tlog-proof", seq)), seq)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, seq, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", seq, err)
		}
	}
	olds, err := filepath.Glob(filepath.Join(dir, "evidence/earlier/*.checkpoint"))
	if err != nil {
		return err
	}
	for _, file := range olds {
		old, err := checkpoint(file, vkey)
		if err != nil {
			return err
		}
		if filepath.Base(file) != fmt.Sprintf("%d.checkpoint", old.N) || old.N < 1 || old.N >= tree.N {
			return fmt.Errorf("%s is of size %d", file, old.N)
		}
		data, err := os.ReadFile(strings.TrimSuffix(file, ".checkpoint") + ".proof")
		if err != nil {
			return err
		}
		proof, err := hashes(strings.Fields(string(data)))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(tlog.TreeProof(proof), tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return fmt.Errorf("from size %d: %w", old.N, err)
		}
	}
	anchors, err := anchored(dir, seal, tree.N)
	if err != nil {
		return err
	}
	fmt.Printf("%d entries, %d earlier checkpoints, %d anchors\n", len(entries), len(olds), anchors)
	return nil
}

// anchored checks the place of one of the packet's checkpoints in the anchor log, whose key the seal names.
func anchored(dir string, seal []string, size int64) (int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "evidence/anchor/*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	last := seal[len(seal)-1]
	key, named := strings.TrimPrefix(last, "anchor "), strings.HasPrefix(last, "anchor ")
	if len(files) == 0 && !named {
		return 0, nil
	}
	if len(files) != 1 || !named {
		return 0, errors.New("an anchor is one proof and a key in the seal")
	}
	own, err := os.ReadFile(filepath.Join(dir, "keys/anchor.vkey"))
	if err != nil {
		return 0, err
	}
	if string(own) != key+"\n" || strings.HasPrefix(key, strings.TrimPrefix(seal[1], "origin ")+"+") {
		return 0, errors.New("keys/anchor.vkey is not the key of the anchor log")
	}
	name := strings.TrimSuffix(filepath.Base(files[0]), ".tlog-proof")
	signed := filepath.Join(dir, "evidence/checkpoint")
	if name != strconv.FormatInt(size, 10) {
		signed = filepath.Join(dir, "evidence/earlier", name+".checkpoint")
	}
	entry, err := os.ReadFile(signed)
	if err != nil {
		return 0, err
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		return 0, err
	}
	parts := bytes.SplitN(data, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if len(parts) != 2 || len(lines) < 2 || !strings.HasPrefix(lines[1], "index ") {
		return 0, fmt.Errorf("%s is not an anchor's proof", files[0])
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	proof, err := recordProof(files[0], index)
	if err != nil {
		return 0, err
	}
	anchor, err := openCheckpoint(files[0], parts[1], key)
	if err != nil {
		return 0, err
	}
	if index >= anchor.N {
		return 0, fmt.Errorf("entry %d of an anchor log of %d", index, anchor.N)
	}
	if err := tlog.CheckRecord(proof, anchor.N, anchor.Hash, index, tlog.RecordHash(entry)); err != nil {
		return 0, fmt.Errorf("%s in the anchor log: %w", signed, err)
	}
	return 1, nil
}

// recordProof reads a c2sp.org/tlog-proof@v1 file.
func recordProof(file string, seq int64) (tlog.RecordProof, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	head := bytes.SplitN(data, []byte("\n\n"), 2)[0]
	lines := strings.Split(string(head), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, fmt.Errorf("%s is not a tlog-proof", file)
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || lines[0] != fmt.Sprintf("index %d", seq) {
		return nil, fmt.Errorf("%s is the proof of another entry", file)
	}
	proof, err := hashes(lines[1:])
	return tlog.RecordProof(proof), err
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		out = append(out, hash)
	}
	return out, nil
}
