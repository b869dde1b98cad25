package dev.averment.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Raw figures of one kind, one a round, in the order in which they were taken. */
public final class Samples {
    private final String label;
    private final String unit;
    private final List<Double> values = new ArrayList<>();

    public Samples(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    public void add(double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException(label + " can't be " + value + " " + unit);
        }
        values.add(value);
    }

    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }

    public List<Double> values() {
        return List.copyOf(values);
    }

    public double min() {
        return sorted().getFirst();
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = sorted();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double max() {
        return sorted().getLast();
    }

    private List<Double> sorted() {
        if (values.isEmpty()) {
            throw new IllegalStateException(label + " was never measured");
        }
        return values.stream().sorted().toList();
    }

    /** Three significant digits, and no point where there is nothing behind it. */
    static String figure(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
