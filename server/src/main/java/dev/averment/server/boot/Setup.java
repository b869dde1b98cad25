package dev.averment.server.boot;

import dev.averment.server.claims.Pages;
import dev.averment.server.disclosure.SecurityContact;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.Origins;
import dev.averment.server.incidents.OperatorChain;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs before any loop and before the first request: first rows, register entries, the operator's page in force. */
@Component
class Setup implements SmartLifecycle {
    private final Prepared prepared;
    private final Workspaces workspaces;
    private final LeafStore leaves;
    private final Origins origins;
    private final RegisterStore registers;
    private final SecurityContact contact;
    private final Pages pages;
    private final OperatorChain chain;
    private volatile boolean done;

    Setup(
            Prepared prepared,
            Workspaces workspaces,
            LeafStore leaves,
            Origins origins,
            RegisterStore registers,
            SecurityContact contact,
            Pages pages,
            OperatorChain chain) {
        this.prepared = prepared;
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.origins = origins;
        this.registers = registers;
        this.contact = contact;
        this.pages = pages;
        this.chain = chain;
    }

    @Override
    public void start() {
        try {
            new FirstRows(workspaces, leaves, origins).ensure();
            registers.seed(
                    new WorkspaceContext(WellKnown.OPERATOR, "system:setup"),
                    prepared.page().id(),
                    prepared.registers());
            chain.seed(new WorkspaceContext(WellKnown.OPERATOR, "system:setup"), prepared.page());
            contact.seed(prepared.securityContact());
            pages.putInForce(WellKnown.OPERATOR, prepared.page());
            done = true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Ahead of every loop, which keep the default phase, and of the web server. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 100;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }
}
