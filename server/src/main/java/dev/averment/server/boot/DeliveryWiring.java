package dev.averment.server.boot;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.ChannelTypes;
import dev.averment.server.delivery.Channels;
import dev.averment.server.delivery.Deliveries;
import dev.averment.server.delivery.DeliverySender;
import dev.averment.server.delivery.Inbox;
import dev.averment.server.delivery.Transport;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.outbound.MailOutbox;
import dev.averment.server.outbound.MailRelay;
import dev.averment.server.outbound.MailRoute;
import dev.averment.server.outbound.OutboundClient;
import dev.averment.server.outbound.OutboxSender;
import dev.averment.server.outbound.SmtpRelay;
import dev.averment.server.outbound.TrustedAuthorities;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What leaves the server: the client for users' addresses, the mail relay, and deliveries over both. */
@Configuration(proxyBeanMethods = false)
class DeliveryWiring {

    @Bean
    OutboundClient outboundClient(Prepared prepared) {
        return new OutboundClient(
                prepared.outbound().policy(), prepared.outbound().trust());
    }

    @Bean
    ChannelTypes channelTypes() {
        return ChannelTypes.usual();
    }

    @Bean
    Deliveries deliveries(Jobs jobs, InstantSource clock) {
        return new Deliveries(jobs, clock);
    }

    @Bean
    Channels channels(
            ChannelTypes types,
            Disclosures disclosures,
            Deliveries deliveries,
            Prepared prepared,
            InstantSource clock) {
        return new Channels(types, disclosures, deliveries, prepared.outbound().policy(), prepared.base(), clock);
    }

    @Bean
    Inbox inbox(Workspaces workspaces, InstantSource clock) {
        return new Inbox(workspaces, clock);
    }

    @Bean
    DeliverySender deliverySender(
            Workspaces workspaces,
            ChannelTypes types,
            Disclosures disclosures,
            Deliveries deliveries,
            OutboundClient client,
            MailOutbox outbox,
            ObjectProvider<SmtpRelay> relay,
            Inbox inbox,
            Streams streams,
            Prepared prepared,
            InstantSource clock) {
        var sender = new DeliverySender(
                workspaces,
                types,
                disclosures,
                deliveries,
                new Transport(
                        client,
                        relay.stream().<MailRoute>map(r -> r).findFirst().orElse(outbox),
                        inbox),
                prepared.base(),
                clock);
        sender.onTried((tx, workspace, delivery) ->
                streams.publish(tx, workspace, "delivery.tried", "deliveries/" + delivery, JsonObject.of()));
        return sender;
    }

    /** With a relay, what lies in the outbox goes there as well. */
    @Bean
    @Conditional(RelayNamed.class)
    SmtpRelay smtpRelay(Prepared prepared, InstantSource clock) throws IOException {
        MailRelay relay = Objects.requireNonNull(prepared.mail());
        return new SmtpRelay(relay, TrustedAuthorities.of(relay.authority()), clock);
    }

    @Bean
    @Conditional(RelayNamed.class)
    OutboxSender outboxSender(MailOutbox outbox, SmtpRelay relay, InstantSource clock) {
        return new OutboxSender(outbox, relay, clock);
    }

    /** Whether the operator named a relay. */
    static final class RelayNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Objects.requireNonNull(context.getBeanFactory())
                            .getBean(Prepared.class)
                            .mail()
                    != null;
        }
    }
}
