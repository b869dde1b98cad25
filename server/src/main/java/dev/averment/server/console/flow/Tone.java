package dev.averment.server.console.flow;

import dev.averment.server.console.chart.RunLane;
import dev.averment.server.monitoring.MonitorState;
import dev.averment.server.monitoring.RunStatus;

/** What the states of workflows and runs are called, and how they are drawn. */
public final class Tone {
    private Tone() {}

    public static Flow word(MonitorState state) {
        return Flow.valueOf("STATE_" + state.name());
    }

    public static boolean wrong(MonitorState state) {
        return state == MonitorState.DOWN || state == MonitorState.LATE;
    }

    public static Flow word(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> Flow.RUN_OK;
            case FAILED -> Flow.RUN_FAILED;
            case OVERRUN -> Flow.RUN_OVERRUN;
            case SHORT -> Flow.RUN_SHORT;
            case INCOMPLETE -> Flow.RUN_INCOMPLETE;
            case RUNNING -> Flow.RUN_RUNNING;
            case MISSED -> Flow.RUN_MISSED;
            case EXCUSED -> Flow.RUN_EXCUSED;
            case UNKNOWN -> Flow.RUN_UNKNOWN;
        };
    }

    public static boolean wrong(RunStatus status) {
        return switch (status) {
            case FAILED, OVERRUN, SHORT, INCOMPLETE, MISSED -> true;
            default -> false;
        };
    }

    static RunLane.End end(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> RunLane.End.OK;
            case FAILED, SHORT -> RunLane.End.FAILED;
            case OVERRUN -> RunLane.End.OVERRUN;
            case INCOMPLETE -> RunLane.End.INCOMPLETE;
            case RUNNING -> RunLane.End.RUNNING;
            default -> RunLane.End.UNKNOWN;
        };
    }
}
