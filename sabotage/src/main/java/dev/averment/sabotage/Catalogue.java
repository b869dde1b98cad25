package dev.averment.sabotage;

import dev.averment.sabotage.faults.ChannelFaults;
import dev.averment.sabotage.faults.CookieFaults;
import dev.averment.sabotage.faults.DrillFaults;
import dev.averment.sabotage.faults.EvidenceFaults;
import dev.averment.sabotage.faults.FactorFaults;
import dev.averment.sabotage.faults.IncidentFaults;
import dev.averment.sabotage.faults.IngestFaults;
import dev.averment.sabotage.faults.IsolationFaults;
import dev.averment.sabotage.faults.JobFaults;
import dev.averment.sabotage.faults.LimitFaults;
import dev.averment.sabotage.faults.PrivilegeFaults;
import dev.averment.sabotage.faults.ProviderFaults;
import dev.averment.sabotage.faults.RecordFaults;
import dev.averment.sabotage.faults.RunFaults;
import dev.averment.sabotage.faults.ServiceFaults;
import dev.averment.sabotage.faults.SignInFaults;
import dev.averment.sabotage.faults.SiteFaults;
import dev.averment.sabotage.faults.StreamFaults;
import dev.averment.sabotage.faults.TokenFaults;
import dev.averment.sabotage.faults.TransportFaults;
import java.util.List;

/** Which faults a check must catch, by its type and by what the page has it look at. */
public final class Catalogue {
    private Catalogue() {}

    /** The faults for one check of one claim; none only when nobody has thought of one yet. */
    public static List<Sabotage> of(Bound bound) {
        return switch (bound.check().type()) {
            case "isolation-catalog" -> IsolationFaults.catalog();
            case "isolation-behaviour" -> IsolationFaults.behaviour();
            case "forged-context" -> IsolationFaults.context();
            case "cross-workspace-references" -> IsolationFaults.references();
            case "tenant-key" -> IsolationFaults.key();
            case "role-privileges" -> PrivilegeFaults.role();
            case "modification-audit" -> EvidenceFaults.audit();
            case "log-integrity" -> EvidenceFaults.log();
            case "packet-round-trip" -> EvidenceFaults.packet();
            case "tls-versions" -> TransportFaults.tls(bound);
            case "http-headers" -> TransportFaults.headers(bound);
            case "cache-rules" -> TransportFaults.caches();
            case "database-transport" -> TransportFaults.database(bound);
            case "records" -> RecordFaults.records(bound);
            case "sub-processors" -> RecordFaults.subProcessors(bound);
            case "certification-words" -> RecordFaults.words(bound);
            case "link-check" -> SiteFaults.links(bound);
            case "control-matrix" -> SiteFaults.matrix(bound);
            case "security-txt" -> SiteFaults.securityTxt(bound);
            case "password-storage" -> SignInFaults.passwords(bound);
            case "access-tokens" -> SignInFaults.accessTokens();
            case "refresh-tokens" -> SignInFaults.refreshTokens(bound);
            case "one-time-tokens" -> SignInFaults.mailedTokens();
            case "session-revocation" -> SignInFaults.revocation(bound);
            case "authentication-events" -> SignInFaults.events();
            case "sign-in-flow" -> ProviderFaults.flows(bound);
            case "account-linking" -> ProviderFaults.links();
            case "totp" -> FactorFaults.codes();
            case "second-factor" -> FactorFaults.second();
            case "hardware-factor" -> FactorFaults.hardware();
            case "token-storage" -> TokenFaults.storage();
            case "token-scope" -> TokenFaults.scopes();
            case "route-ownership" -> TokenFaults.ownership();
            case "cookie-rules" -> CookieFaults.cookies(bound);
            case "client-address" -> LimitFaults.address();
            case "rate-limit" -> LimitFaults.limits(bound);
            case "ingest-token" -> IngestFaults.tokens();
            case "address-encryption" -> ChannelFaults.encryption();
            case "outbound-policy" -> ChannelFaults.outbound();
            case "intake-limits" -> IngestFaults.limits();
            case "stream-cap" -> StreamFaults.cap();
            case "stream-isolation" -> StreamFaults.isolation();
            case "actor-token" -> ServiceFaults.actors();
            case "path-traversal" -> ServiceFaults.paths();
            case "incident-clock" -> IncidentFaults.clocks(bound);
            case "incident-evidence" -> IncidentFaults.evidence();
            case "failure-drill" -> DrillFaults.drill();
            case "worker-restart" -> JobFaults.restart();
            case "job-faults" -> JobFaults.faults();
            case "run-records" -> RunFaults.records();
            case "run-metrics" -> RunFaults.metrics();
            case "escalation-chain" -> IncidentFaults.chain();
            case "review-required" -> IncidentFaults.reviews(bound);
            case "operator-promotion" -> PrivilegeFaults.operators();
            default -> List.of();
        };
    }
}
