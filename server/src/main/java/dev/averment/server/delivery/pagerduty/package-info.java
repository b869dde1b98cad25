/** PagerDuty's Events API v2. */
@NullMarked
package dev.averment.server.delivery.pagerduty;

import org.jspecify.annotations.NullMarked;
