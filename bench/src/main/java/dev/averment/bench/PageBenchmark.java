package dev.averment.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The public page from memory. The peer is the same server's {@code /health}, which has nothing to say. */
public final class PageBenchmark implements Benchmark {
    private static final String PAGE = "/pages/self";

    /** One thing that is asked for. */
    private record Case(
            HttpClients clients, String path, int status, String[] headers, Samples rate, Samples processor) {}

    @Override
    public String name() {
        return "page";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        int clients = effort.threads();
        var report = new Report(
                "page",
                "Requests a second for the public page (" + clients
                        + " connections, kept open): whole, compressed, and asked" + " again with its ETag.",
                "Compared with `/health` on the same listener of the same server: the same path through the framework with"
                        + " next to nothing behind it.");
        Path folder = Files.createTempDirectory("averment-bench-");
        try (var server = RunningServer.start(folder.resolve("data"), "--no-schedule")) {
            List<Case> plain = cases(report, "plain", HttpClients.plain(server));
            List<Case> https = cases(report, "HTTPS", HttpClients.https(server));
            var all = new ArrayList<>(plain);
            all.addAll(https);
            for (Case c : all) {
                c.clients().run(clients, effort.warmup().dividedBy(2), c.status(), c.path(), c.headers());
            }
            for (int i = 0; i < effort.rounds(); i++) {
                for (Case c : all) {
                    double before = server.processorMicros();
                    Clients.Round round = c.clients().run(clients, effort.round(), c.status(), c.path(), c.headers());
                    c.rate().add(round.perSecond());
                    c.processor().add((server.processorMicros() - before) / round.acts());
                }
            }
            for (List<Case> listener : List.of(plain, https)) {
                String name = listener == plain ? "plain" : "HTTPS";
                report.atLeast(name + ", page asked again, against /health", percent(listener, 1), "%", 60);
                report.note("Whole page against /health, " + name + ": " + Samples.figure(percent(listener, 2))
                        + " %, compressed " + Samples.figure(percent(listener, 3)) + " %.");
            }
            Case whole = plain.get(2);
            report.note("The page has " + whole.clients().once(PAGE).bodyBytes() + " bytes, compressed "
                    + whole.clients().once(PAGE, "Accept-Encoding: gzip").bodyBytes()
                    + ". Server and clients share the machine; the processor time is the server's alone.");
        } finally {
            Disposable.delete(folder);
        }
        return report;
    }

    private static List<Case> cases(Report report, String name, HttpClients clients) throws Exception {
        HttpClients.Answer page = clients.once(PAGE);
        String etag = page.etag().orElseThrow(() -> new IllegalStateException("the page has no ETag"));
        if (page.bodyBytes() < 1000) {
            throw new IllegalStateException("the page has " + page.bodyBytes() + " bytes only");
        }
        return List.of(
                of(report, name + ", /health", clients, "/health", 200),
                of(report, name + ", page asked again (304)", clients, PAGE, 304, "If-None-Match: " + etag),
                of(report, name + ", whole page", clients, PAGE, 200),
                of(report, name + ", page compressed", clients, PAGE, 200, "Accept-Encoding: gzip"));
    }

    private static Case of(
            Report report, String label, HttpClients clients, String path, int status, String... headers) {
        return new Case(
                clients,
                path,
                status,
                headers,
                report.samples(label, "requests/s"),
                report.samples("… server's processor time", "µs/request"));
    }

    private static double percent(List<Case> cases, int which) {
        return cases.get(which).rate().median() / cases.getFirst().rate().median() * 100;
    }
}
