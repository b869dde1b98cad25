package dev.averment.checks.addressencryption;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkflowService.Kept;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.checks.target.WorkspaceService.Dump;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a channel of each kind up, and looks for what it was set up with. */
final class AddressEncryptionCollector implements Collector {
    private static final Logger log = LoggerFactory.getLogger(AddressEncryptionCollector.class);

    @Override
    public Facts collect(Look look) throws CollectException {
        List<Planted> kinds = kinds(new SettingReader(look.with()));
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        WorkflowService workflows = service.workflows()
                .orElseThrow(
                        () -> new CollectException("The target shows no channels of its workspaces, which this check"
                                + " sets up; it holds on this server only."));
        try (Canary canary = Canary.confirmed(service)) {
            Member member = Member.of(canary, canary.signedIn(), workspaces, workspaces.workspace());
            Map<Planted, Channel> channels = new LinkedHashMap<>();
            try {
                for (Planted kind : kinds) {
                    channels.put(kind, Channel.add(member, kind));
                }
                return facts(look, workspaces, workflows, channels);
            } finally {
                channels.values().forEach(channel -> channel.remove(member));
            }
        }
    }

    private static List<Planted> kinds(SettingReader with) throws CollectException {
        List<Planted> kinds = new ArrayList<>();
        for (String word : with.texts("kinds")) {
            kinds.add(Planted.of(word)
                    .orElseThrow(() ->
                            SettingReader.refused("kinds", word, "a list of webhook, routing-key, phone and mail")));
        }
        return kinds.isEmpty() ? Arrays.asList(Planted.values()) : kinds;
    }

    /** A channel that leads nowhere. */
    private record Channel(String path, String id, String value) {
        static Channel add(Member member, Planted kind) throws CollectException {
            String value = kind.value();
            Answer made = member.canary()
                    .send(
                            member.credentials(),
                            "POST",
                            member.path() + "/channels",
                            JsonObject.of("kind", kind.kind(), "name", "Canary", "settings", kind.settings(value)));
            member.canary().expect(201, made, "Setting a channel up");
            String id = Canary.text(made, "id");
            return new Channel(member.path() + "/channels/" + id, id, value);
        }

        void remove(Member member) {
            boolean interrupted = Thread.interrupted();
            try {
                member.canary()
                        .expect(204, member.canary().send(member.credentials(), "DELETE", path), "Removing a channel");
            } catch (CollectException e) {
                log.warn("a canary channel may be left behind in its workspace: {}", e.getMessage());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static Facts facts(
            Look look, WorkspaceService workspaces, WorkflowService workflows, Map<Planted, Channel> channels)
            throws CollectException {
        Set<String> everything = new TreeSet<>();
        for (var each : channels.entrySet()) {
            everything.addAll(Forms.of(each.getKey().secrets(each.getValue().value())));
        }
        Dump all = workspaces.dump(List.copyOf(everything));
        List<Subject> subjects = new ArrayList<>();
        for (var each : channels.entrySet()) {
            Channel channel = each.getValue();
            Kept kept = workflows.kept(workspaces.workspace(), channel.id());
            // Which kind it was that lies there is asked only when there is anything.
            List<String> places = all.places().isEmpty()
                    ? List.of()
                    : workspaces
                            .dump(List.copyOf(Forms.of(each.getKey().secrets(channel.value()))))
                            .places();
            subjects.add(new Subject(
                    each.getKey().word(),
                    Map.of(
                            "kept",
                            kept.stored().length > 0,
                            "opens",
                            kept.opened().contains(channel.value()),
                            "inClear",
                            places)));
        }
        List<byte[]> keys = workflows.keysOfChannels();
        Set<String> forms = new TreeSet<>();
        keys.forEach(key -> forms.addAll(Forms.ofBytes(key)));
        return new Facts(
                look.clock().instant(),
                subjects,
                Map.of(
                        "tables",
                        all.tables(),
                        "keys",
                        (long) keys.size(),
                        "keyPlaces",
                        workspaces.dump(List.copyOf(forms)).places()));
    }
}
