#!/usr/bin/env bash
# Infinispan 16.0.14, embedded, a local cache with an interceptor of one's own that answers reads of one key with null.
#
# Expected: a stream over the cache's entries either passes the interceptors, or it does not.
# Seen: it depends on the narrowing. A plain stream reads the memory and has the entry that the interceptor hides. The same
# stream after filterKeys() reads each key by a command that passes the interceptors, and does not have it. get() and
# containsKey() do not have it either; size() counts it.
#
# Why it matters: Keycloak looks through its session caches by streams, with and without filterKeys. Whoever hides an
# entry by an interceptor hides it from some of these and not from others.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>filter-keys</artifactId>
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

cat >Streams.java <<'JAVA'
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.commands.VisitableCommand;
import org.infinispan.commands.read.GetCacheEntryCommand;
import org.infinispan.commands.read.GetKeyValueCommand;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.context.InvocationContext;
import org.infinispan.factories.ComponentRegistry;
import org.infinispan.interceptors.AsyncInterceptorChain;
import org.infinispan.interceptors.DDAsyncInterceptor;
import org.infinispan.manager.DefaultCacheManager;

class Streams {

    static final class Hides extends DDAsyncInterceptor {
        @Override
        public Object visitGetKeyValueCommand(InvocationContext ctx, GetKeyValueCommand command) {
            return answer(ctx, command, command.getKey());
        }

        @Override
        public Object visitGetCacheEntryCommand(InvocationContext ctx, GetCacheEntryCommand command) {
            return answer(ctx, command, command.getKey());
        }

        private Object answer(InvocationContext ctx, VisitableCommand command, Object key) {
            return key.equals("hidden") ? null : invokeNext(ctx, command);
        }
    }

    public static void main(String[] args) throws Exception {
        var global = new GlobalConfigurationBuilder().nonClusteredDefault().build();
        try (DefaultCacheManager manager = new DefaultCacheManager(global)) {
            manager.defineConfiguration("c", new ConfigurationBuilder().build());
            Cache<String, String> cache = manager.getCache("c");
            ComponentRegistry.componentOf(cache, AsyncInterceptorChain.class).addInterceptor(new Hides(), 0);
            cache.put("hidden", "1");
            cache.put("shown", "2");
            Set<String> keys = Set.of("hidden", "shown");
            System.out.println("get: " + cache.get("hidden"));
            System.out.println("size: " + cache.size());
            System.out.println("stream: " + sorted(cache.entrySet().stream()
                    .filter(entry -> keys.contains(entry.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
            System.out.println("stream, filterKeys: " + sorted(cache.entrySet().stream()
                    .filterKeys(keys)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
        }
    }

    private static String sorted(Map<String, String> map) {
        return new java.util.TreeMap<>(map).keySet().toString();
    }
}
JAVA

mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
javac -nowarn -proc:none -cp "$(cat classpath)" Streams.java 2>/dev/null
java -cp "$(cat classpath):." Streams 2>/dev/null | tee seen

diff seen - <<'SEEN' || { echo 'the behaviour has changed' >&2; exit 1; }
get: null
size: 2
stream: [hidden, shown]
stream, filterKeys: [shown]
SEEN
echo 'Infinispan 16.0.14: as described'
