@org.jspecify.annotations.NullMarked
package dev.averment.server.asvs;
