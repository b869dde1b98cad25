package dev.averment.server.api;

import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.LogReader;
import dev.averment.server.tenancy.WellKnown;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * C2SP tlog-tiles over HTTP: checkpoints and hash tiles of the logs that everyone may check. Entries are not among them:
 * a public entry comes with its own proof from the page, and the rest is the workspace's business.
 */
@RestController
class LogController {
    private static final Set<UUID> OPEN = Set.of(WellKnown.OPERATOR, WellKnown.ANCHOR);
    private static final int LONGEST_PATH = 100;

    private final LogReader logs;
    private final LogKey key;

    LogController(LogReader logs, LogKey key) {
        this.logs = logs;
        this.key = key;
    }

    @GetMapping("/log/{log}/checkpoint")
    ResponseEntity<byte[]> checkpoint(@PathVariable String log) throws IOException {
        Optional<UUID> id = open(log);
        if (id.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return logs.checkpoint(id.get())
                .map(note -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache())
                        .contentType(MediaType.parseMediaType("text/plain; charset=utf-8"))
                        .body(note))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** The verifier key. Whoever pins it should have it from a second place, too: a contract, a DNS record, a letter. */
    @GetMapping("/log/{log}/vkey")
    ResponseEntity<byte[]> vkey(@PathVariable String log) throws IOException {
        Optional<UUID> id = open(log);
        Optional<byte[]> note = id.isEmpty() ? Optional.empty() : logs.checkpoint(id.get());
        if (note.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        try {
            String origin = Checkpoint.peek(note.get()).origin();
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noCache())
                    .contentType(MediaType.parseMediaType("text/plain; charset=utf-8"))
                    .body((key.vkey(origin) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (NoteException e) {
            throw new IOException("the published checkpoint can't be read: " + e.getMessage(), e);
        }
    }

    @GetMapping("/log/{log}/tile/**")
    ResponseEntity<byte[]> tile(@PathVariable String log, HttpServletRequest request) {
        String uri = request.getRequestURI();
        String path = uri.substring(uri.indexOf("/tile/") + 1);
        Optional<UUID> id = open(log);
        if (id.isEmpty() || path.length() > LONGEST_PATH) {
            return ResponseEntity.notFound().build();
        }
        try {
            return logs.tile(id.get(), Tile.parse(path))
                    .map(data -> ResponseEntity.ok()
                            .cacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                    .cachePublic()
                                    .immutable())
                            .contentType(MediaType.APPLICATION_OCTET_STREAM)
                            .body(data))
                    .orElseGet(() -> ResponseEntity.notFound().build());
        } catch (MerkleException e) {
            return ResponseEntity.notFound().build();
        }
    }

    private static Optional<UUID> open(String log) {
        return OPEN.stream().filter(id -> id.toString().equals(log)).findFirst();
    }
}
