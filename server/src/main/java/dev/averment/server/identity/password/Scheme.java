package dev.averment.server.identity.password;

import java.util.Locale;

/**
 * A password hash with its cost figures. Floors are the published minimums (OWASP Password Storage Cheat Sheet, ASVS 5.0
 * appendix C); ceilings keep a hostile row in the database from costing more memory or time than a server has.
 */
public sealed interface Scheme {
    int MIB = 1024;

    /** As policies and pages spell it. */
    String word();

    /** True for figures under the published minimum: may be verified, never made. */
    boolean belowFloor();

    /** True for figures that no server of ours would have made, or that the scheme does not have: neither verified nor made. */
    boolean aboveCeiling();

    /**
     * RFC 9106, version 0x13, 16 bytes of salt, 32 of tag.
     *
     * @param memory in KiB
     */
    record Argon2id(int memory, int time, int parallelism) implements Scheme {
        @Override
        public String word() {
            return "argon2id";
        }

        @Override
        public boolean belowFloor() {
            int least = time >= 3 ? 12 * MIB : time == 2 ? 19 * MIB : 46 * MIB;
            return time < 1 || parallelism < 1 || memory < least;
        }

        @Override
        public boolean aboveCeiling() {
            return memory > 256 * MIB || memory < 8L * parallelism || time > 10 || parallelism > 8;
        }
    }

    /**
     * RFC 7914. Memory is 128 · N · r bytes.
     *
     * @param cost N, a power of two
     */
    record Scrypt(int cost, int blockSize, int parallelism) implements Scheme {
        private long memory() {
            return 128L * cost * blockSize;
        }

        @Override
        public String word() {
            return "scrypt";
        }

        @Override
        public boolean belowFloor() {
            return cost < 1 << 17 || blockSize < 8 || parallelism < 1;
        }

        @Override
        public boolean aboveCeiling() {
            return Integer.bitCount(cost) != 1
                    || cost < 2
                    || blockSize < 1
                    || parallelism < 1
                    // RFC 7914 §6: N is less than two to the power of 16 · r.
                    || (blockSize == 1 && cost >= 1 << 16)
                    || memory() > 256L * MIB * 1024
                    // Every lane goes over the whole memory once more: 16 of them would take a minute.
                    || memory() * parallelism > 512L * MIB * 1024;
        }
    }

    /** 2b, cost as an exponent of two. Takes 72 bytes of password and no more. */
    record Bcrypt(int cost) implements Scheme {
        @Override
        public String word() {
            return "bcrypt";
        }

        @Override
        public boolean belowFloor() {
            return cost < 10;
        }

        @Override
        public boolean aboveCeiling() {
            return cost < 4 || cost > 16;
        }
    }

    /** For messages: {@code argon2id m=65536,t=3,p=1}. */
    default String figures() {
        return switch (this) {
            case Argon2id a -> String.format(Locale.ROOT, "m=%d,t=%d,p=%d", a.memory(), a.time(), a.parallelism());
            case Scrypt s ->
                String.format(
                        Locale.ROOT,
                        "ln=%d,r=%d,p=%d",
                        Integer.numberOfTrailingZeros(s.cost()),
                        s.blockSize(),
                        s.parallelism());
            case Bcrypt b -> "cost=" + b.cost();
        };
    }
}
