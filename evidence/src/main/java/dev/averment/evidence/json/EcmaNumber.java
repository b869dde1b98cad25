package dev.averment.evidence.json;

import java.math.BigDecimal;

/** ECMA-262 Number::toString, which RFC 8785 section 3.2.2.3 prescribes for numbers. */
final class EcmaNumber {

    private EcmaNumber() {}

    static void append(double value, StringBuilder out) {
        if (value == 0) {
            out.append('0');
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) <= JsonNumber.MAX_SAFE_INTEGER) {
            out.append((long) value);
            return;
        }
        if (value < 0) {
            out.append('-');
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale(); // the decimal point stands after n digits
        if (k <= n && n <= 21) {
            out.append(digits).repeat('0', n - k);
        } else if (0 < n && n <= 21) {
            out.append(digits, 0, n).append('.').append(digits, n, k);
        } else if (-6 < n && n <= 0) {
            out.append("0.").repeat('0', -n).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            out.append('e').append(n - 1 < 0 ? '-' : '+').append(Math.abs(n - 1));
        }
    }

    /**
     * The fewest decimal digits that still read back as {@code value}, nearest to it if there are several. Since JDK 19
     * {@link Double#toString} gives just that, except that it never goes below two digits (4.9E-324 for 5e-324).
     */
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() != 2) {
            return decimal;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = decimal;
        BigDecimal unit = decimal.ulp().scaleByPowerOfTen(1);
        BigDecimal low = decimal.divideToIntegralValue(unit).multiply(unit);
        for (BigDecimal candidate : new BigDecimal[] {low, low.add(unit)}) {
            if (candidate.signum() > 0
                    && candidate.doubleValue() == value
                    && (best.precision() == 2
                            || candidate
                                            .subtract(exact)
                                            .abs()
                                            .compareTo(best.subtract(exact).abs())
                                    < 0)) {
                best = candidate.stripTrailingZeros();
            }
        }
        return best;
    }
}
