package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SignInPartTest {
    private static final String WEB = "web: {base: \"https://shop.example\"}\n";

    @TempDir
    private Path folder;

    private TargetFile.Result read(String text) throws Exception {
        return TargetFile.read(Files.writeString(folder.resolve("target.yaml"), text));
    }

    @Test
    void a_described_sign_in_can_be_looked_at() throws Exception {
        Files.createDirectory(folder.resolve("mail"));
        var result = read(WEB + """
                signIn:
                  addresses: canary-{id}@shop.example
                  mailbox: {folder: mail}
                  paths: {signIn: /login}
                """);
        assertThat(result).isInstanceOf(TargetFile.Result.Read.class);
        SignInService service = ((TargetFile.Result.Read) result)
                .target()
                .facility(SignInService.class)
                .orElseThrow();
        assertThat(service.paths().signIn()).isEqualTo("/login");
        assertThat(service.paths().signUp()).isEqualTo(SignInPaths.OURS.signUp());
        assertThat(service.newAddress())
                .matches("canary-[0-9a-f-]{36}@shop\\.example")
                .isNotEqualTo(service.newAddress());
        assertThat(service.records()).isEmpty();
    }

    @Test
    void every_mistake_is_named_at_once() throws Exception {
        var result = read("""
                signIn:
                  addresses: canary@shop.example
                  mailbox: {folder: nowhere, code: "x"}
                  paths: {signIn: login}
                """);
        assertThat(((TargetFile.Result.Refused) result).mistakes())
                .extracting(TargetFile.Mistake::message)
                .anyMatch(m -> m.contains("needs the part web"))
                .anyMatch(m -> m.contains("{id}"))
                .anyMatch(m -> m.contains("nowhere is not there"))
                .anyMatch(m -> m.contains("signIn.paths.signIn"));
    }

    @Test
    @Timeout(30)
    void mail_that_comes_later_is_waited_for_and_taken_away_again() throws Exception {
        Path mails = Files.createDirectory(folder.resolve("new"));
        var mailbox = new MailFolder(mails, Pattern.compile("#([a-z0-9]+)"), Duration.ofSeconds(20));
        Files.writeString(mails.resolve("1"), "Subject: x\r\nTo: other@shop.example\r\n\r\nhttps://x/#other\r\n");
        Thread delivery = Thread.ofVirtual().start(() -> {
            try {
                Files.writeString(mails.resolve("2"), "To: <Canary@shop.example>\r\n\r\nhttps://x/#abc1\r\n");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(mailbox.newestCode("canary@shop.example")).contains("abc1");
        delivery.join();
        mailbox.discard("canary@shop.example");
        assertThat(Files.list(mails)).containsExactly(mails.resolve("1"));
        assertThat(new MailFolder(mails, Pattern.compile("#(x)"), Duration.ZERO).newestCode("canary@shop.example"))
                .isEmpty();
    }
}
