package dev.averment.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {

    /** RFC 6962 section 2.1, word for word: what everything else is measured against. */
    static Hash definition(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return TreeHash.EMPTY_ROOT;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.node(definition(leaves.subList(0, k)), definition(leaves.subList(k, leaves.size())));
    }

    @Test
    void known_answers() {
        assertThat(TreeHash.EMPTY_ROOT.base64()).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assertThat(TreeHash.leaf(new byte[0]).hex())
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        // The tree of the Certificate Transparency reference tests: eight leaves of hex bytes.
        String[] inputs = {
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
        };
        String[] roots = {
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        };
        Frontier frontier = new Frontier();
        for (int i = 0; i < inputs.length; i++) {
            frontier.append(TreeHash.leaf(HexFormat.of().parseHex(inputs[i])));
            assertThat(frontier.root().hex()).isEqualTo(roots[i]);
        }
    }

    @Test
    void frontier_and_edge_agree_with_the_definition_at_every_small_size() throws Exception {
        Frontier frontier = new Frontier();
        TreeEdge edge = TreeEdge.empty();
        List<Hash> leaves = new ArrayList<>();
        for (int size = 0; size <= 700; size++) {
            Hash expected = definition(leaves);
            assertThat(frontier.root()).isEqualTo(expected);
            assertThat(edge.root()).isEqualTo(expected);
            assertThat(edge.frontier().toBytes()).isEqualTo(frontier.toBytes());
            assertThat(Frontier.parse(frontier.toBytes()).root()).isEqualTo(expected);
            Hash leaf = InMemoryLog.leaf(size);
            leaves.add(leaf);
            frontier.append(leaf);
            edge = edge.append(List.of(leaf)).edge();
        }
    }

    @Test
    void every_inclusion_proof_of_every_small_tree_verifies_and_only_in_its_place() throws Exception {
        InMemoryLog log = new InMemoryLog();
        List<Hash> leaves = InMemoryLog.leaves(0, 40);
        for (int size = 1; size <= 40; size++) {
            Hash root = log.append(leaves.subList(size - 1, size)).root();
            Prover prover = new Prover(log, size);
            assertThat(prover.root()).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = prover.inclusion(index);
                assertThat(Proofs.inclusion(leaves.get(index), index, size, proof, root))
                        .isTrue();
                for (int other = -1; other <= size + 1; other++) {
                    assertThat(Proofs.inclusion(leaves.get(index), other, size, proof, root))
                            .isEqualTo(other == index);
                }
                assertThat(Proofs.inclusion(leaves.get((index + 1) % 40), index, size, proof, root))
                        .isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    List<Hash> shorter = new ArrayList<>(proof);
                    shorter.remove(i);
                    assertThat(Proofs.inclusion(leaves.get(index), index, size, shorter, root))
                            .isFalse();
                }
                List<Hash> longer = new ArrayList<>(proof);
                longer.add(root);
                assertThat(Proofs.inclusion(leaves.get(index), index, size, longer, root))
                        .isFalse();
            }
        }
    }

    @Test
    void every_consistency_proof_of_every_small_tree_verifies_and_only_for_its_sizes() throws Exception {
        InMemoryLog log = new InMemoryLog();
        List<Hash> roots = new ArrayList<>(List.of(TreeHash.EMPTY_ROOT));
        for (int size = 1; size <= 40; size++) {
            roots.add(log.append(InMemoryLog.leaves(size - 1, 1)).root());
        }
        for (int size = 1; size <= 40; size++) {
            Prover prover = new Prover(log, size);
            for (int old = 0; old <= size; old++) {
                List<Hash> proof = prover.consistency(old);
                assertThat(Proofs.consistency(old, roots.get(old), size, roots.get(size), proof))
                        .isTrue();
                if (old == 0 || old == size) {
                    assertThat(proof).isEmpty();
                    assertThat(Proofs.consistency(old, roots.get(old), size, roots.get(size), List.of(roots.get(1))))
                            .isFalse();
                }
                assertThat(Proofs.consistency(old, InMemoryLog.leaf(99), size, roots.get(size), proof))
                        .isFalse();
                if (old > 0) {
                    assertThat(Proofs.consistency(old, roots.get(old), size, InMemoryLog.leaf(99), proof))
                            .isFalse();
                }
                assertThat(Proofs.consistency(size + 1, roots.get(size), size, roots.get(size), proof))
                        .isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    List<Hash> altered = new ArrayList<>(proof);
                    altered.set(i, InMemoryLog.leaf(77));
                    assertThat(Proofs.consistency(old, roots.get(old), size, roots.get(size), altered))
                            .isFalse();
                    altered.remove(i);
                    assertThat(Proofs.consistency(old, roots.get(old), size, roots.get(size), altered))
                            .isFalse();
                }
            }
        }
        assertThat(Proofs.consistency(0, roots.get(3), 5, roots.get(5), List.of()))
                .isFalse();
        assertThat(Proofs.consistency(-1, roots.get(0), 5, roots.get(5), List.of()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,256,tile/0/000",
        "0,1234067,256,tile/0/x001/x234/067",
        "0,1234067,8,tile/0/x001/x234/067.p/8",
        "1,273,112,tile/1/273.p/112",
        "2,1000,255,tile/2/x001/000.p/255",
        "7,0,1,tile/7/000.p/1"
    })
    void tile_paths_are_those_of_tlog_tiles(int level, long index, int width, String path) throws MerkleException {
        assertThat(new Tile(level, index, width).path()).isEqualTo(path);
        assertThat(Tile.parse(path)).isEqualTo(new Tile(level, index, width));
    }

    @Test
    void entry_bundle_paths_are_those_of_tlog_tiles() throws MerkleException {
        assertThat(new Tile(0, 1234067, 8).entriesPath()).isEqualTo("tile/entries/x001/x234/067.p/8");
        assertThat(Tile.parseEntries("tile/entries/x001/x234/067")).isEqualTo(new Tile(0, 1234067, 256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "tile/0/0", "tile/0/1234", "tile/0/x000/001", "tile/0/001.p/0", "tile/0/001.p/256",
                        "tile/0/001.p/01",
                "tile/8/001", "tile/0/../001", "/tile/0/001", "tile/0/001/", "tile/0/x1/001", "tile/00/001",
                        "tile/0/001.p/999",
                "tile/entries/001", "tile/0/x001/x001/x001/x001/x001/x001/001", "tile/0/\u0661\u0661\u0661"
            })
    void other_spellings_of_a_path_are_refused(String path) {
        assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(MerkleException.class);
    }

    @Test
    void the_layout_of_70000_leaves_is_the_one_the_standard_gives() {
        InMemoryLog log = new InMemoryLog();
        log.append(InMemoryLog.leaves(0, 70_000));
        assertThat(log.tiles.keySet().stream().filter(t -> t.level() == 0 && t.isFull()))
                .hasSize(273);
        assertThat(log.tiles)
                .containsKeys(new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(log.tiles).hasSize(273 + 1 + 2 + 1);
    }

    @Test
    void a_tree_of_exactly_one_tile_has_no_empty_partial() {
        InMemoryLog log = new InMemoryLog();
        log.append(InMemoryLog.leaves(0, 256));
        assertThat(log.tiles.keySet()).containsExactlyInAnyOrder(new Tile(0, 0, 256), new Tile(1, 0, 1));
    }

    @Test
    void an_append_leaves_the_edge_it_started_from_as_it_was() {
        TreeEdge before = TreeEdge.empty().append(InMemoryLog.leaves(0, 300)).edge();
        Hash root = before.root();
        before.append(InMemoryLog.leaves(300, 1000));
        assertThat(before.root()).isEqualTo(root);
        assertThat(before.size()).isEqualTo(300);
    }

    @Test
    void an_edge_read_back_from_tiles_goes_on_where_it_stopped() throws Exception {
        InMemoryLog log = new InMemoryLog();
        TreeUpdate first = log.append(InMemoryLog.leaves(0, 70_001));
        TreeEdge read = TreeEdge.read(70_001, first.root(), log);
        assertThat(read.append(InMemoryLog.leaves(70_001, 500)).root())
                .isEqualTo(log.append(InMemoryLog.leaves(70_001, 500)).root());
    }

    @Test
    void tiles_of_another_history_are_refused() {
        InMemoryLog log = new InMemoryLog();
        TreeUpdate update = log.append(InMemoryLog.leaves(0, 300));
        log.tiles.get(new Tile(0, 1, 44))[0] ^= 1;
        assertThatThrownBy(() -> TreeEdge.read(300, update.root(), log))
                .isInstanceOf(MerkleException.class)
                .hasMessageContaining("another history");
    }

    @Test
    void a_tile_that_is_too_short_is_refused_and_a_wider_one_is_cut() throws Exception {
        InMemoryLog log = new InMemoryLog();
        Hash root = log.append(InMemoryLog.leaves(0, 10)).root();
        assertThatThrownBy(() -> new Prover(tile -> new byte[31], 10).root())
                .hasMessageContaining("31 bytes, expected 320");
        log.append(InMemoryLog.leaves(10, 20));
        log.tiles.remove(new Tile(0, 0, 10));
        assertThat(new Prover(log, 10).root()).isEqualTo(root);
    }

    @Test
    void a_frontier_that_is_cut_or_impossible_is_refused() {
        byte[] good = TreeEdge.empty()
                .append(InMemoryLog.leaves(0, 7))
                .edge()
                .frontier()
                .toBytes();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThatThrownBy(() -> Frontier.parse(cut)).isInstanceOf(MerkleException.class);
        }
        byte[] negative = good.clone();
        negative[0] = (byte) 0x80;
        assertThatThrownBy(() -> Frontier.parse(negative)).isInstanceOf(MerkleException.class);
    }

    @Test
    void proofs_outside_the_tree_are_refused() {
        Prover prover = new Prover(new InMemoryLog(), 5);
        assertThatThrownBy(() -> prover.inclusion(5)).hasMessageContaining("no leaf 5 in a tree of 5");
        assertThatThrownBy(() -> prover.inclusion(-1)).isInstanceOf(MerkleException.class);
        assertThatThrownBy(() -> prover.consistency(6)).isInstanceOf(MerkleException.class);
        assertThatThrownBy(() -> prover.leafHash(5)).isInstanceOf(MerkleException.class);
    }

    @Test
    void a_hash_has_one_base64_spelling() {
        for (String bad : List.of(
                "",
                "AAAA",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")) {
            assertThatThrownBy(() -> Hash.fromBase64(bad)).isInstanceOf(MerkleException.class);
        }
    }
}
