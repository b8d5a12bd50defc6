#!/usr/bin/env bash
# Infinispan 16.0.14, embedded, a local cache.
#
# Expected: putAllAsync(map, 600, SECONDS) keeps the entries for 600 seconds, as putAsync and putAll do.
# Seen: it keeps them for 600 milliseconds. The number is taken for milliseconds, whatever the unit.
#
# Why it matters: entries that should live for minutes are gone within a second, and nothing is logged. A lifespan in
# milliseconds is right in both cases.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>put-all-async</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.infinispan</groupId>
      <artifactId>infinispan-core</artifactId>
      <version>16.0.14</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Lifespans.java <<'JAVA'
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;

class Lifespans {

    public static void main(String[] args) throws Exception {
        var global = new GlobalConfigurationBuilder().nonClusteredDefault().build();
        try (DefaultCacheManager manager = new DefaultCacheManager(global)) {
            manager.defineConfiguration("c", new ConfigurationBuilder().build());
            Cache<String, String> cache = manager.getCache("c");
            cache.putAsync("putAsync", "", 600, TimeUnit.SECONDS).get();
            cache.putAll(Map.of("putAll", ""), 600, TimeUnit.SECONDS);
            cache.putAllAsync(Map.of("putAllAsync", ""), 600, TimeUnit.SECONDS).get();
            for (String key : new String[] {"putAsync", "putAll", "putAllAsync"}) {
                System.out.println(key + ", 600 s: "
                        + cache.getAdvancedCache().getCacheEntry(key).getLifespan() + " ms");
            }
        }
    }
}
JAVA

mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
javac -nowarn -proc:none -cp "$(cat classpath)" Lifespans.java 2>/dev/null
java -cp "$(cat classpath):." Lifespans 2>/dev/null | tee seen

diff seen - <<'SEEN' || { echo 'the behaviour has changed' >&2; exit 1; }
putAsync, 600 s: 600000 ms
putAll, 600 s: 600000 ms
putAllAsync, 600 s: 600 ms
SEEN
echo 'Infinispan 16.0.14: as described'
