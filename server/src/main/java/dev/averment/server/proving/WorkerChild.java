package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.JobQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker in a process of its own, at the other side of two pipes. */
final class WorkerChild implements JobQueue.Worker {
    /** In another room, above this one: it is started, not called. */
    private static final String PROGRAM = "dev.averment.server.boot.WorkerProcess";

    /** Of a process that a signal 9 ended. */
    private static final int KILLED = 128 + 9;

    private final HelperProcess process;
    private final Map<Long, Integer> numbers;
    private final String id;

    private WorkerChild(HelperProcess process, Map<Long, Integer> numbers, String id) {
        this.process = process;
        this.numbers = numbers;
        this.id = id;
    }

    /**
     * Starts all of them and only then waits for the first.
     *
     * @param numbers of the batch's jobs by their ids, as they are when an answer is read
     */
    static List<JobQueue.Worker> start(int count, Path dataFolder, UUID workspace, Map<Long, Integer> numbers)
            throws CollectException {
        List<HelperProcess> processes = new ArrayList<>();
        List<JobQueue.Worker> workers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                processes.add(HelperProcess.start(
                        PROGRAM, "96m", dataFolder.toAbsolutePath().toString(), workspace.toString()));
            }
            for (HelperProcess process : processes) {
                String id = process.answer().orElseThrow(() -> new IOException("it ended before it said who it is"));
                workers.add(new WorkerChild(process, numbers, id));
            }
            return workers;
        } catch (IOException e) {
            processes.forEach(HelperProcess::close);
            throw new CollectException(
                    "No worker can be started in a process of its own: " + e.getMessage()
                            + ". See that the machine has memory for a few more.",
                    e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    private void say(String line) throws CollectException {
        try {
            process.say(line);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private String answer() throws CollectException {
        try {
            return process.answer().orElseThrow(() -> new IOException("it has ended"));
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static CollectException gone(IOException e) {
        return new CollectException(
                "A worker of this check can't be spoken to (" + e.getMessage()
                        + "); see that the database is up and the machine has memory, and run the check again.",
                e);
    }

    @Override
    public Set<Integer> take(int most) throws CollectException {
        say("take " + most);
        return Stream.of(answer().split(" "))
                .filter(job -> !job.isEmpty())
                .map(Long::valueOf)
                .filter(numbers::containsKey)
                .map(numbers::get)
                .collect(Collectors.toSet());
    }

    @Override
    public void begin() throws CollectException {
        say("work");
    }

    @Override
    public boolean finish() throws CollectException {
        return answer().equals("worked");
    }

    @Override
    public void kill() throws CollectException {
        try {
            int status = process.kill();
            if (status != KILLED) {
                throw new CollectException("A worker ended by itself, with " + status
                        + ", before it was killed; see that the database is up, and run the check again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted while it killed a worker; run it again.", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
