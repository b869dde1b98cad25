package dev.averment.server.limits;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Limits whose counters lie in a Redis: all servers that ask it count together. They are counted as {@link LocalLimits} counts
 * them, in one script a decision, so that two servers never both give away the last one. A counter is named by an HMAC of
 * whose it is, and is gone when its window is: nothing in there says whom it is about, and nothing stays for more than a day.
 *
 * <p>Each answer is waited for no longer than it was told to. What fails throws {@link RedisException}, and the next one
 * who asks makes a new connection.
 */
final class RedisLimits implements Limits, AutoCloseable {
    static final String PREFIX = "averment:limit:";
    static final Duration LONGEST = Duration.ofDays(1);

    /** So that servers whose clocks differ a little, or that were held up, still find short windows. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Fields are numbers of parts, values their counts; answers whether it is beyond the limit, and in which part there is room. */
    private static final String TAKE = """
            local part, most, count, parts = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
            local counts, last = {}, nil
            local kept = redis.call('HGETALL', KEYS[1])
            for i = 1, #kept, 2 do
              local p = tonumber(kept[i])
              counts[p] = tonumber(kept[i + 1])
              if not last or p > last then last = p end
            end
            if last and last - part > parts then
              redis.call('DEL', KEYS[1])
              counts, last = {}, nil
            end
            if last and last > part then part = last end
            counts[part] = math.min((counts[part] or 0) + 1, most)
            redis.call('HSET', KEYS[1], string.format('%.0f', part), counts[part])
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            local sum = 0
            for p, n in pairs(counts) do
              if p < part - parts then
                redis.call('HDEL', KEYS[1], string.format('%.0f', p))
              else
                sum = sum + n
              end
            end
            if sum <= count then return {0, 0} end
            local left, gone = sum, 0
            while left >= count and gone <= parts do
              left = left - (counts[part - parts + gone] or 0)
              gone = gone + 1
            end
            return {1, part + gone}
            """;

    private final InstantSource clock;
    private final byte[] key;
    private final Duration patience;
    private final ClientResources resources;
    private final RedisClient client;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile @Nullable String script;

    /**
     * Connects at the first question.
     *
     * @param key      for the names of counters, the same on every server
     * @param patience for an answer; a connection is waited for twice as long
     */
    RedisLimits(RedisAddress address, byte[] key, InstantSource clock, Duration patience) {
        this.clock = clock;
        this.key = key.clone();
        this.patience = patience;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        this.client = RedisClient.create(resources, uri(address, patience));
        client.setOptions(options(address, patience));
    }

    private static RedisURI uri(RedisAddress address, Duration patience) {
        RedisCredentialsProvider credentials = RedisCredentialsProvider.from(() -> {
            try {
                String password = Files.readString(address.passwordFile()).strip();
                return address.user().isPresent()
                        ? RedisCredentials.just(address.user().get(), password)
                        : RedisCredentials.just(null, password);
            } catch (IOException e) {
                throw new RedisConnectionException(
                        "the password file " + address.passwordFile() + " can't be read: " + e.getMessage());
            }
        });
        return RedisURI.Builder.redis(address.host(), address.port())
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withAuthentication(credentials)
                .withClientName("averment")
                .withTimeout(patience)
                .build();
    }

    private static ClientOptions options(RedisAddress address, Duration patience) {
        SslOptions.Builder ssl = SslOptions.builder()
                .jdkSslProvider()
                .protocols("TLSv1.2", "TLSv1.3")
                .handshakeTimeout(patience.multipliedBy(2));
        address.authority().ifPresent(pem -> ssl.trustManager(pem.toFile()));
        return ClientOptions.builder()
                // Whoever asks next connects anew: a connection that is being mended would hold requests up.
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(patience.multipliedBy(2))
                        .keepAlive(true)
                        .build())
                .sslOptions(ssl.build())
                .build();
    }

    @Override
    public Decision take(Limit limit, String whose) {
        long part = Math.ceilDiv(limit.window().toMillis(), LocalLimits.PARTS);
        long now = clock.millis();
        long most = Math.min(limit.count() + 1L, Integer.MAX_VALUE);
        List<Long> answer = ask(
                name(limit, whose),
                Math.floorDiv(now, part),
                most,
                limit.count(),
                LocalLimits.PARTS,
                life(limit).toMillis());
        if (answer.size() != 2) {
            throw new RedisException("the script was answered with " + answer.size() + " values instead of two");
        }
        if (answer.getFirst() == 0) {
            return new Decision.Allowed();
        }
        long room = answer.getLast() * part;
        return new Decision.Refused(limit, Duration.ofSeconds(Math.max(1, Math.ceilDiv(room - now, 1000L))));
    }

    /** What was counted longest ago still matters until a window and a part have passed; but a day is the most. */
    static Duration life(Limit limit) {
        Duration needed = limit.window().plus(limit.window().dividedBy(LocalLimits.PARTS));
        Duration atLeast = needed.compareTo(SHORTEST) < 0 ? SHORTEST : needed;
        // The part that runs was written to now, and a window of a day after now nothing of it counts any more.
        return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
    }

    private String name(Limit limit, String whose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            // Counters of another window have parts of another length, and are not to be taken for these.
            byte[] digest = mac.doFinal(
                    (limit.name() + '|' + limit.window().toMillis() + '|' + whose).getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> ask(String name, long... numbers) {
        String[] keys = {name};
        String[] arguments = new String[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            arguments[i] = Long.toString(numbers[i]);
        }
        StatefulRedisConnection<String, String> used = connected();
        try {
            RedisCommands<String, String> commands = used.sync();
            String digest = script;
            if (digest == null) {
                digest = commands.digest(TAKE);
                script = digest;
            }
            try {
                return commands.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
            } catch (RedisNoScriptException e) {
                // It was started anew, or its scripts were thrown away.
                return commands.eval(TAKE, ScriptOutputType.MULTI, keys, arguments);
            }
        } catch (RedisException e) {
            drop(used);
            throw e;
        }
    }

    private StatefulRedisConnection<String, String> connected() {
        StatefulRedisConnection<String, String> open = connection;
        if (open != null) {
            return open;
        }
        try {
            // Of many who come at once one connects, and the others wait for no longer than that may take.
            if (!connecting.tryLock(patience.toMillis() * 2, TimeUnit.MILLISECONDS)) {
                throw new RedisConnectionException("another request is still connecting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisConnectionException("interrupted while another request was connecting", e);
        }
        try {
            StatefulRedisConnection<String, String> made = connection;
            if (made == null) {
                made = client.connect(StringCodec.UTF8);
                connection = made;
            }
            return made;
        } finally {
            connecting.unlock();
        }
    }

    private void drop(StatefulRedisConnection<String, String> broken) {
        connecting.lock();
        try {
            if (connection == broken) {
                connection = null;
            }
        } finally {
            connecting.unlock();
        }
        broken.closeAsync();
    }

    @Override
    public void close() {
        StatefulRedisConnection<String, String> open = connection;
        if (open != null) {
            open.closeAsync();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
