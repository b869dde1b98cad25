/** The server looks at itself: what it is as a target, and the loop that runs due checks. */
@NullMarked
package dev.averment.server.proving;

import org.jspecify.annotations.NullMarked;
