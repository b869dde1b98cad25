package dev.averment.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server in a process of its own, started as a user starts it, on ports that were free a moment ago. */
final class RunningServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final Process process;
    private final Path data;
    private final int port;
    private final int readingPort;
    private final double secondsToFirstPage;

    private RunningServer(Process process, Path data, int port, int readingPort, double secondsToFirstPage) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.readingPort = readingPort;
        this.secondsToFirstPage = secondsToFirstPage;
    }

    /** {@code ./aver up} when the tree is built, else the same main class on this JVM's class path. */
    static List<String> launcher() {
        if (Files.isRegularFile(Path.of("cli", "target", "dist", "sources")) && Files.isExecutable(Path.of("aver"))) {
            return List.of(Path.of("aver").toAbsolutePath().toString(), "up");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.averment.server.boot.Up");
    }

    /** Starts the server on {@code data} and returns when the operator's page answers 200 on the reading listener. */
    static RunningServer start(Path data, String... options) throws IOException, InterruptedException {
        int port = freePort();
        int readingPort = freePort();
        var command = new ArrayList<>(launcher());
        command.addAll(List.of(
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--reading-port",
                Integer.toString(readingPort)));
        command.addAll(List.of(options));
        Path log = data.resolveSibling(data.getFileName() + ".log");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (true) {
            if (answers(readingPort)) {
                return new RunningServer(process, data, port, readingPort, (System.nanoTime() - began) / 1e9);
            }
            if (!process.isAlive() || System.nanoTime() - began > LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IOException("the server did not come up; it said:\n" + Files.readString(log));
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /pages/self HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes());
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), java.nio.charset.StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    int readingPort() {
        return readingPort;
    }

    double secondsToFirstPage() {
        return secondsToFirstPage;
    }

    String operatorToken() throws IOException {
        return Files.readString(data.resolve("secrets").resolve("operator-token"))
                .strip();
    }

    /** Processor time of server and database so far, in microseconds. */
    double processorMicros() throws IOException {
        return ProcessorTime.micros(process.pid());
    }

    /** Stops it as a user does and waits until it has. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server does not stop within 60 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
