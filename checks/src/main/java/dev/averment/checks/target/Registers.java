package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dated organisational records. */
@Target.Part(what = "registers", key = "registers")
@FunctionalInterface
public interface Registers extends Target.Facility {

    /** Every entry of one register, such as {@code certificates}, {@code trainings}, {@code sub-processors}. */
    List<Entry> entries(String register) throws CollectException;

    /**
     * @param id       stable within its register
     * @param title    what it is
     * @param owner    who answers for it; absent is a defect that the check must see
     * @param dated    date of the document
     * @param expires  last day on which it counts
     * @param status   such as {@code done}, {@code planned}, {@code in-progress}
     * @param details  further fields, such as {@code location}, {@code purpose}, {@code safeguard}, {@code scope}
     */
    record Entry(
            String id,
            String title,
            @Nullable String owner,
            @Nullable LocalDate dated,
            @Nullable LocalDate expires,
            String status,
            Map<String, String> details) {}
}
