package dev.averment.server.identity.password;

import java.util.Optional;

/** Hashes and compares passwords under the policy in force, through the bounded pool. */
public final class Passwords {
    private final PasswordPolicy policy;
    private final HashingPool pool;
    private final StoredHash nobody;

    public Passwords(PasswordPolicy policy, HashingPool pool) {
        this.policy = policy;
        this.pool = pool;
        this.nobody = StoredHash.make("nobody has this password", policy.scheme());
    }

    /**
     * What a comparison came to.
     *
     * @param matches  whether it is the password
     * @param outdated whether it should be hashed anew, now that it is known
     */
    public record Comparison(boolean matches, boolean outdated) {}

    /** Empty when the pool had no room. */
    public Optional<StoredHash> hash(String password) {
        return pool.run(() -> StoredHash.make(password, policy.scheme()));
    }

    /**
     * Compares; empty when the pool had no room. Without a stored hash it takes as long and never matches, so that the
     * time of an answer does not tell whether an account exists (ASVS 6.3.8).
     */
    public Optional<Comparison> compare(String password, Optional<String> encoded) {
        return pool.run(() -> {
            Optional<StoredHash> stored = encoded.flatMap(StoredHash::parse);
            boolean matches = stored.orElse(nobody).matches(password) && stored.isPresent();
            return new Comparison(matches, matches && policy.outdated(stored.orElse(nobody)));
        });
    }

    public PasswordPolicy policy() {
        return policy;
    }
}
