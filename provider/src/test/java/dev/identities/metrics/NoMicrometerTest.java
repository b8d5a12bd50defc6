package dev.identities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoMicrometerTest {

    @Test
    @DisplayName("on a server without Micrometer the plugin works, and counts nothing")
    void withoutMicrometer() throws Exception {
        try (WithoutMicrometer loader = new WithoutMicrometer()) {
            assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.Metrics"))
                    .isInstanceOf(ClassNotFoundException.class);

            Class<?> meters = loader.loadClass(Meters.class.getName());
            Object made = meters.getMethod("ofTheServer").invoke(null);

            assertThat(made.getClass().getName()).isEqualTo(NoMeters.class.getName());
            assertThat(made.getClass().getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    @DisplayName("on a server with Micrometer the meters use it")
    void withMicrometer() {
        assertThat(Meters.ofTheServer()).isInstanceOf(MicrometerMeters.class);
    }

    /** Loads the classes of this build anew, and finds no Micrometer. */
    private static final class WithoutMicrometer extends URLClassLoader {

        WithoutMicrometer() throws IOException {
            super(new URL[] {Meters.class.getProtectionDomain().getCodeSource().getLocation()});
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.micrometer.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.identities.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
