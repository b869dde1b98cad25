/** Who belongs to a workspace, with which role, and what a role allows. */
@NamedInterface("workspace")
@NullMarked
package dev.averment.server.identity.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
