/** {@code aver verify}: a packet, offline. */
@NullMarked
package dev.averment.cli.packet;

import org.jspecify.annotations.NullMarked;
