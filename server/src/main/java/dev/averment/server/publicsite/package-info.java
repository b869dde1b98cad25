/**
 * What the world sees: the published pages as documents, and the files that go with them. Reads {@code claims} only,
 * answers without a session, and works without JavaScript.
 */
@NullMarked
package dev.averment.server.publicsite;

import org.jspecify.annotations.NullMarked;
