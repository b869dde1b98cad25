package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.ProviderService;
import dev.averment.server.database.DataFolder;
import java.time.Instant;
import java.util.List;

/** The providers of this server as its data folder names them, and the rows behind links. */
final class InstanceProviders implements ProviderService {
    private static final String OF_A_CHECK =
            "(select a.account_id from identity.account a where a.email = ? and a.email like 'canary-%@averment.invalid')";

    private final DataFolder data;
    private final InstanceAccounts accounts;

    InstanceProviders(DataFolder data, InstanceAccounts accounts) {
        this.data = data;
        this.accounts = accounts;
    }

    @Override
    public List<Named> providers(Instant now) throws CollectException {
        return StandInProviders.read(data.root(), now);
    }

    @Override
    public void ageProofs(String address) throws CollectException {
        accounts.change(
                "update identity.session set proven_at = proven_at - interval '1 day' where account_id = " + OF_A_CHECK,
                address);
    }

    @Override
    public void removePassword(String address) throws CollectException {
        accounts.change("delete from identity.password where account_id = " + OF_A_CHECK, address);
    }
}
