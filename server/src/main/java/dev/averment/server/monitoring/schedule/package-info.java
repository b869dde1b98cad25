/** When a workflow is due: an interval, a cron line, or a calendar expression as systemd's timers have them. */
@NullMarked
package dev.averment.server.monitoring.schedule;

import org.jspecify.annotations.NullMarked;
