package dev.averment.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_new_folder_needs_room_for_its_database_and_one_that_is_there_has_it() throws Exception {
        Path data = folder.resolve("data");
        assertThatThrownBy(() -> DataFolder.open(data, Long.MAX_VALUE))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("a new database needs at least")
                .hasMessageContaining("with --data");

        DataFolder.open(data).close();

        try (DataFolder again = DataFolder.open(data, Long.MAX_VALUE)) {
            assertThat(again.root()).isEqualTo(data);
        }
    }
}
