package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.server.tenancy.WellKnown;
import java.util.List;

/** What lets people follow more than they may: too many streams, or what happens elsewhere. */
public final class StreamFaults {
    private static final String STREAM = "dev.averment.server.stream.";
    private static final String SLOTS = "dev.averment.server.limits.LocalSlots";

    private StreamFaults() {}

    /** For {@code stream-cap}. */
    public static List<Sabotage> cap() {
        return List.of(
                mistake(
                        "streams-without-end",
                        "There is always room for one more stream.",
                        new CodeMistake(SLOTS, "room", "(II)", What.GIVES_TRUE)),
                mistake(
                        "stream-place-kept",
                        "The place of a stream that was closed is never given back.",
                        new CodeMistake(SLOTS + "$Held", "close", "()", What.RETURNS)));
    }

    private static Sabotage mistake(String id, String breaks, CodeMistake mistake) {
        return new Sabotage.AtStart(id, breaks, sound -> sound.mistaken(mistake));
    }

    /** For {@code stream-isolation}. */
    public static List<Sabotage> isolation() {
        String a = WellKnown.CANARY_A.toString();
        String b = WellKnown.CANARY_B.toString();
        return List.of(
                Sql.fault(
                        "event-written-for-others",
                        "What happens in one workspace is written down for another one, too.",
                        List.of(
                                "create function public.sabotage_event_for_others() returns trigger language plpgsql"
                                        + " security definer as $$ begin if pg_trigger_depth() = 1 and new.workspace_id = '"
                                        + a + "' then insert into stream.event"
                                        + " (workspace_id, kind, subject, data, made_at) values ('" + b
                                        + "', new.kind, new.subject, new.data, new.made_at); end if; return null; end $$",
                                "create trigger sabotage_event_for_others after insert on stream.event for each row"
                                        + " execute function public.sabotage_event_for_others()"),
                        List.of(
                                "drop trigger sabotage_event_for_others on stream.event",
                                "drop function public.sabotage_event_for_others()")),
                new Sabotage.AtStart(
                        "event-filters-off",
                        "Neither the query for events, nor its policy, nor the last look before one is sent asks whose it is.",
                        Verdict.FAILING,
                        sound -> sound.mistaken(CodeMistake.inText(
                                        STREAM + "EventStore",
                                        "after",
                                        "(",
                                        "where workspace_id = ? and",
                                        "where ?::uuid is not null and"))
                                .mistaken(new CodeMistake(STREAM + "Connection", "ours", "(", What.GIVES_TRUE)),
                        instance -> {
                            instance.asSuperuser(
                                    "create policy sabotage_open on stream.event to averment_app using (true)");
                            return () -> instance.asSuperuser("drop policy sabotage_open on stream.event");
                        }));
    }
}
