package dev.averment.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MerklePropertiesTest {

    @Property(tries = 60)
    void however_the_leaves_are_batched_the_tree_is_the_same(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 900) Integer> batches) throws Exception {
        InMemoryLog log = new InMemoryLog();
        Frontier frontier = new Frontier();
        long size = 0;
        Hash root = TreeHash.EMPTY_ROOT;
        for (int batch : batches) {
            List<Hash> leaves = InMemoryLog.leaves(size, batch);
            leaves.forEach(frontier::append);
            root = log.append(leaves).root();
            size += batch;
            assertThat(root).isEqualTo(frontier.root());
        }
        assertThat(new Prover(log, size).root()).isEqualTo(root);
        InMemoryLog whole = new InMemoryLog();
        whole.append(InMemoryLog.leaves(0, (int) size));
        whole.tiles.forEach((tile, bytes) -> assertThat(log.tiles.get(tile)).isEqualTo(bytes));
    }

    @Property(tries = 80)
    void proofs_verify_and_altered_proofs_do_not(
            @ForAll @IntRange(min = 1, max = 70_000) int size, @ForAll int at, @ForAll int before, @ForAll int flip)
            throws Exception {
        InMemoryLog log = new InMemoryLog();
        Hash root = log.append(InMemoryLog.leaves(0, size)).root();
        Prover prover = new Prover(log, size);
        long index = Math.floorMod(at, size);
        List<Hash> inclusion = prover.inclusion(index);
        assertThat(prover.leafHash(index)).isEqualTo(InMemoryLog.leaf(index));
        assertThat(Proofs.inclusion(InMemoryLog.leaf(index), index, size, inclusion, root))
                .isTrue();
        if (!inclusion.isEmpty()) {
            assertThat(Proofs.inclusion(InMemoryLog.leaf(index), index, size, flipped(inclusion, flip), root))
                    .isFalse();
        }
        int old = 1 + Math.floorMod(before, size);
        TreeUpdate oldTree = TreeEdge.empty().append(InMemoryLog.leaves(0, old));
        List<Hash> consistency = prover.consistency(old);
        assertThat(Proofs.consistency(old, oldTree.root(), size, root, consistency))
                .isTrue();
        if (!consistency.isEmpty()) {
            assertThat(Proofs.consistency(old, oldTree.root(), size, root, flipped(consistency, flip)))
                    .isFalse();
        }
    }

    private static List<Hash> flipped(List<Hash> proof, int flip) {
        List<Hash> altered = new ArrayList<>(proof);
        int which = Math.floorMod(flip, altered.size());
        byte[] bytes = altered.get(which).bytes();
        bytes[Math.floorMod(flip >> 8, 32)] ^= (byte) (1 << Math.floorMod(flip, 8));
        altered.set(which, Hash.of(bytes));
        return altered;
    }
}
