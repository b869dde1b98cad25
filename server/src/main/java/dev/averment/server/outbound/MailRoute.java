package dev.averment.server.outbound;

import java.util.List;

/** How mail leaves the server. */
public interface MailRoute {
    /**
     * Hands one message over; whoever takes it has it when this returns.
     *
     * @param to      one or more addresses, who see each other
     * @param id      left part of the Message-ID: the same for every try
     * @throws MailException when it was not taken
     */
    void send(List<String> to, String subject, String text, String id) throws MailException;
}
