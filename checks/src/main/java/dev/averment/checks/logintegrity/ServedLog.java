package dev.averment.checks.logintegrity;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WebTargets;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TileSource;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkpoint and tiles over HTTPS. Remembers the tiles it has read, which are bounded by what the collector asks for. */
final class ServedLog implements TileSource {
    private static final int REMEMBERED = 4_096;

    private final Web web;
    private final URI origin;
    private final String path;
    private final Map<Tile, byte[]> seen = new LinkedHashMap<>();

    /** A tile that is not served, or is shorter than its width: a fault of the log, unlike a server that is down. */
    static final class TileMissing extends IOException {
        private static final long serialVersionUID = 1L;

        TileMissing(String message) {
            super(message);
        }
    }

    private ServedLog(Web web, URI origin, String path) {
        this.web = web;
        this.origin = origin;
        this.path = path;
    }

    /** Through the target's own site when the log is there, with its authority; else with the system's authorities. */
    static ServedLog of(EvidenceLog log, Optional<Web> site) throws CollectException {
        URI base = log.base();
        URI origin = URI.create(base.getScheme() + "://" + base.getRawAuthority());
        String path = base.getRawPath() == null ? "/" : base.getRawPath();
        path = path.endsWith("/") ? path : path + "/";
        if (site.isPresent() && site.get().base().equals(origin)) {
            return new ServedLog(site.get(), origin, path);
        }
        return new ServedLog(
                WebTargets.open(origin, Optional.empty(), Optional.empty(), false, List.of(), Map.of()), origin, path);
    }

    Answer checkpoint() throws CollectException {
        return WebFetch.send(web, origin, "GET", path + "checkpoint", Map.of());
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        byte[] known = seen.get(tile);
        if (known != null) {
            return known;
        }
        try {
            Answer answer = WebFetch.send(web, origin, "GET", path + tile.path(), Map.of());
            if (answer.status() == 404 && !tile.isFull()) {
                // A partial tile may be dropped once the full one exists.
                answer = WebFetch.send(web, origin, "GET", path + tile.full().path(), Map.of());
            }
            if (answer.status() != 200) {
                throw new TileMissing(tile.path() + " answers " + answer.status());
            }
            if (answer.body().length < tile.width() * Hash.BYTES) {
                throw new TileMissing(tile.path() + " is too short");
            }
            if (seen.size() < REMEMBERED) {
                seen.put(tile, answer.body());
            }
            return answer.body();
        } catch (CollectException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
