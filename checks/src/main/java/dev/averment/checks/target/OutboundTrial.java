package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.security.KeyStore;
import java.util.List;

/** The client with which a service sends to addresses that users configured, with a name service that answers as told. */
public interface OutboundTrial {

    /**
     * Sends one request as the service would.
     *
     * @param looks what the name service answers, one look-up after another; the last answer for all that follow
     * @param open  networks that count as opened by the operator, as {@code 127.0.0.1/32}
     */
    Sent send(String url, List<List<String>> looks, List<String> open) throws CollectException;

    /** The key and certificate, without a password, of a receiver at {@link #HOST} that the client trusts. */
    KeyStore identity() throws CollectException;

    /** Whose certificate {@link #identity} is. */
    String HOST = "hook.example.com";

    /**
     * What came of a request.
     *
     * @param outcome {@code refused} before any connection, {@code answered}, or how else there was no answer, in one word
     * @param status  of the answer; 0 when there was none
     * @param lookUps how often the name service was asked
     */
    record Sent(String outcome, int status, int lookUps) {}
}
