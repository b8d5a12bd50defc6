#!/usr/bin/env bash
# CEL for Java (dev.cel:cel) 0.14.0.
#
# Expected: the compiler refuses a constant that can never be read, as it refuses an unknown name or a wrong type.
# Seen: timestamp("nonsense") and duration("7d") compile (CEL knows hours, minutes and seconds, but no days). Each row
# that is evaluated raises an error then, unless the other side of || is true: such a row passes without a word.
#
# Why it matters: a program that compiles a filter before it uses it has not learnt that the filter is usable. A
# language for people must read its constants when it compiles.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>constants</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>dev.cel</groupId>
      <artifactId>cel</artifactId>
      <version>0.14.0</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Constants.java <<'JAVA'
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

class Constants {

    public static void main(String[] args) throws Exception {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .addVar("ok", SimpleType.BOOL)
                .build();
        CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder().build();
        for (String text : new String[] {
            "unknown == true",
            "timestamp('nonsense') > timestamp('2026-01-01T00:00:00Z')",
            "timestamp('2026-01-08T00:00:00Z') - duration('7d') > timestamp('2026-01-01T00:00:00Z')",
            "timestamp('2026-01-08T00:00:00Z') - duration('168h') == timestamp('2026-01-01T00:00:00Z')",
            "ok || timestamp('nonsense') > timestamp('2026-01-01T00:00:00Z')"
        }) {
            CelValidationResult compiled = compiler.compile(text);
            System.out.print(text + ": ");
            if (compiled.hasError()) {
                System.out.println("refused by the compiler");
                continue;
            }
            try {
                System.out.println("compiles, "
                        + runtime.createProgram(compiled.getAst()).eval(Map.of("ok", true)));
            } catch (CelEvaluationException e) {
                System.out.println("compiles, raises an error when evaluated");
            }
        }
    }
}
JAVA

mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
javac -nowarn -proc:none -cp "$(cat classpath)" Constants.java 2>/dev/null
java -cp "$(cat classpath):." Constants 2>/dev/null | tee seen

diff seen - <<'SEEN' || { echo 'the behaviour has changed' >&2; exit 1; }
unknown == true: refused by the compiler
timestamp('nonsense') > timestamp('2026-01-01T00:00:00Z'): compiles, raises an error when evaluated
timestamp('2026-01-08T00:00:00Z') - duration('7d') > timestamp('2026-01-01T00:00:00Z'): compiles, raises an error when evaluated
timestamp('2026-01-08T00:00:00Z') - duration('168h') == timestamp('2026-01-01T00:00:00Z'): compiles, true
ok || timestamp('nonsense') > timestamp('2026-01-01T00:00:00Z'): compiles, true
SEEN
echo 'CEL for Java 0.14.0: as described'
