package dev.averment.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.AvermentApplication;
import dev.averment.server.asvs.Asvs;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Statements are constants: what somebody typed reaches the database as a parameter and in no other way. */
class StatementsTest {
    private static final Set<String> ASKING =
            Set.of("sql", "prepareStatement", "executeQuery", "executeUpdate", "execute");

    private static final Pattern STATEMENT =
            Pattern.compile("\\b(select|insert\\s+into|update|delete\\s+from)\\s", Pattern.CASE_INSENSITIVE);

    /** Names of roles, tables and columns have no parameters in SQL; these take them from the code and from the catalog. */
    private static final Set<String> NAMING =
            Set.of("RolePreparation", "InstanceAccounts", "InstanceFactors", "InstanceWorkspaces");

    private static boolean asks(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && ASKING.contains(call.name().stringValue())
                        && call.type().stringValue().startsWith("(Ljava/lang/String;")
                        && (call.owner().asInternalName().startsWith("java/sql/")
                                || call.owner().asInternalName().endsWith("/JdbcClient")
                                || call.owner().asInternalName().endsWith("/JdbcTemplate")));
    }

    /** A text that is put together and has a statement's words in it, with a hole for what comes in. */
    private static boolean joins(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeDynamicInstruction dynamic
                                && dynamic.name().stringValue().equals("makeConcatWithConstants")
                                && dynamic.bootstrapArgs().stream().anyMatch(recipe -> statement(recipe.toString()))
                        || element instanceof ConstantInstruction constant
                                && constant.constantValue() instanceof String text
                                && statement(text)
                                && text.contains("%s"));
    }

    private static boolean statement(String text) {
        return STATEMENT.matcher(text).find();
    }

    private static List<String> suspects(List<ClassModel> types) {
        return types.stream()
                .flatMap(type -> type.methods().stream()
                        .filter(StatementsTest::asks)
                        .filter(StatementsTest::joins)
                        .map(_ -> ByteCode.simpleName(type)))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    @Asvs("1.2.4")
    void no_method_that_asks_the_database_puts_texts_together() {
        var found = new TreeSet<>(suspects(ByteCode.besides(AvermentApplication.class)));
        found.removeAll(NAMING);
        assertThat(found).isEmpty();
    }

    /** The rule must be able to fail. */
    @Test
    void a_statement_that_is_put_together_is_found() {
        assertThat(suspects(ByteCode.besides(StatementsTest.class))).contains("StatementsTest");
    }

    /** Never called: it is looked at. */
    @SuppressWarnings("unused")
    private static void bad(java.sql.Connection connection, String typed) throws java.sql.SQLException {
        connection.prepareStatement("select 1 where '" + typed + "' = ''").close();
    }
}
