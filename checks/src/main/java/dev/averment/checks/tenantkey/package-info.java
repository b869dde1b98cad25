/**
 * {@code tenant-key}: every table that the runtime role can reach has the tenant column, never null and first in its primary
 * key, unless the reviewed list calls the table global. It shows how rows are keyed, not that anything filters by the key.
 */
@NullMarked
package dev.averment.checks.tenantkey;

import org.jspecify.annotations.NullMarked;
