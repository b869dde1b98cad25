/** Pictures of figures over time: geometry only, drawn by templates, each with the words that say the same. */
@NullMarked
package dev.averment.server.console.chart;

import org.jspecify.annotations.NullMarked;
