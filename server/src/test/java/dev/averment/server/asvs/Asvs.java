package dev.averment.server.asvs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which requirements of OWASP ASVS 5.0 a test shows to hold: {@code docs/asvs.md} is made from these. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Asvs {
    /** Ids such as {@code 6.2.8}, without a version. */
    String[] value();
}
