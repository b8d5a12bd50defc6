#!/usr/bin/env bash
# CEL for Java (dev.cel:cel) 0.14.0 with the protobuf that Keycloak 26.7.3 ships (protobuf-java 4.33.2).
#
# Expected: a library that asks for protobuf-java 4.35.1 runs with 4.33.2, the same major version, or does not compile.
# Seen: it compiles. The first filter that is compiled raises an error, because code that protobuf generated compares
# the version of its generator with the version of the runtime when its class is loaded.
#
# Why it matters: Keycloak loads all providers with its own libraries first. So the library cannot be used in a provider
# unless it is moved to another package together with protobuf.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>protobuf</artifactId>
  <version>1</version>
  <properties>
    <protobuf.version>4.35.1</protobuf.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>dev.cel</groupId>
      <artifactId>cel</artifactId>
      <version>0.14.0</version>
    </dependency>
    <dependency>
      <groupId>com.google.protobuf</groupId>
      <artifactId>protobuf-java</artifactId>
      <version>${protobuf.version}</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Meeting.java <<'JAVA'
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;

class Meeting {

    public static void main(String[] args) {
        try {
            System.out.println(CelCompilerFactory.standardCelCompilerBuilder()
                            .addVar("name", SimpleType.STRING)
                            .build()
                            .compile("name == 'jane'")
                            .hasError()
                    ? "refused"
                    : "compiles a filter");
        } catch (Throwable raised) {
            Throwable cause = raised;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println(cause.getClass().getSimpleName());
        }
    }
}
JAVA

for protobuf in 4.35.1 4.33.2; do
    mvn -B -q dependency:build-classpath -Dprotobuf.version=$protobuf -Dmdep.outputFile=classpath >/dev/null
    javac -nowarn -proc:none -cp "$(cat classpath)" Meeting.java 2>/dev/null
    printf 'protobuf-java %s: ' $protobuf
    java -cp "$(cat classpath):." Meeting 2>/dev/null
done | tee seen

diff seen - <<'SEEN' || { echo 'the behaviour has changed' >&2; exit 1; }
protobuf-java 4.35.1: compiles a filter
protobuf-java 4.33.2: ProtobufRuntimeVersionException
SEEN
echo 'CEL for Java 0.14.0: as described'
