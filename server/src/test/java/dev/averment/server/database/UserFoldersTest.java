package dev.averment.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
    @Test
    void xdg_goes_before_home_and_home_before_the_user_database() {
        assertThat(UserFolders.data(Map.of("XDG_DATA_HOME", "/d", "HOME", "/h")))
                .isEqualTo(Path.of("/d/averment"));
        assertThat(UserFolders.data(Map.of("XDG_DATA_HOME", "relative", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.local/share/averment"));
        assertThat(UserFolders.cache(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.cache/averment"));
        assertThat(UserFolders.data(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "share", "averment"));
    }
}
