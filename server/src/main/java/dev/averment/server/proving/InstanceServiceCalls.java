package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.ServiceCalls;
import dev.averment.checks.target.WebFetch;
import dev.averment.claims.Page;
import dev.averment.server.identity.OwnService;
import dev.averment.server.identity.ShownServiceCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/** Calls to this server as the service {@code prover} makes them, from a process that is started for one look. */
final class InstanceServiceCalls implements ServiceCalls {
    /** In another room, above this one: it is started, not called. */
    private static final String PROGRAM = "dev.averment.server.boot.SigningProcess";

    private final OwnService own;
    private final ShownServiceCalls calls;
    private final long process;

    /** @param process of the server */
    InstanceServiceCalls(OwnService own, long process) {
        this.own = own;
        this.calls = new ShownServiceCalls(own);
        this.process = process;
    }

    @Override
    public Caller caller(Page page) throws CollectException {
        try {
            return new Child(HelperProcess.start(
                    PROGRAM,
                    "64m",
                    own.name(),
                    own.keys().toString(),
                    Long.toString(ShownServiceCalls.life(page).toSeconds())));
        } catch (IOException e) {
            throw new CollectException("No process that signs calls can be started: " + e.getMessage(), e);
        }
    }

    /** Asks the process that signs. */
    private record Child(HelperProcess signer) implements Caller {
        @Override
        public Signed sign(Actor actor, String method, String path) throws CollectException {
            try {
                signer.say(
                        actor.workspace() + " " + actor.account() + " " + actor.session() + " " + method + " " + path);
                String answer = signer.answer()
                        .orElseThrow(
                                () -> new CollectException(
                                        "The process that signs calls has ended; see that the machine has memory to start one."));
                if (answer.startsWith("!")) {
                    throw new CollectException(answer.substring(1));
                }
                int tab = answer.indexOf('\t');
                return new Signed(answer.substring(0, tab), answer.substring(tab + 1));
            } catch (IOException e) {
                throw new CollectException("The process that signs calls can't be spoken to: " + e.getMessage(), e);
            }
        }

        @Override
        public long process() {
            return signer.pid();
        }

        @Override
        public void close() {
            signer.close();
        }
    }

    @Override
    public long callee() {
        return process;
    }

    @Override
    public String whoami() {
        return ShownServiceCalls.WHOAMI;
    }

    @Override
    public String elsewhere() {
        return ShownServiceCalls.ELSEWHERE;
    }

    @Override
    public String actorHeader() {
        return ShownServiceCalls.ACTOR_HEADER;
    }

    @Override
    public String scheme() {
        return ShownServiceCalls.SCHEME;
    }

    @Override
    public byte[] mac(Use use, String id, byte[] input) throws CollectException {
        try {
            return calls.mac(use == Use.ACTOR, id, input);
        } catch (IOException e) {
            throw new CollectException("No token can be made by hand: " + WebFetch.why(e), e);
        }
    }

    @Override
    public KeyFile keyFile() throws CollectException {
        try {
            return new KeyFile(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(calls.keyFile())),
                    calls.openToOthers(),
                    calls.keys());
        } catch (IOException | UncheckedIOException e) {
            throw new CollectException(
                    "The key of calls between services can't be looked at ("
                            + e.getClass().getSimpleName()
                            + "); see that it is in " + calls.keyFile() + " and the check runs as the server's user.",
                    e);
        }
    }
}
