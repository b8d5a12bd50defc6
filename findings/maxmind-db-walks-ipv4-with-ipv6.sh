#!/usr/bin/env bash
# MaxMind DB Reader for Java 4.1.0, a file that holds IPv4 only (ip_version 4).
#
# Expected: an IPv6 address is not found in it, or refused.
# Seen: the reader walks the tree with the first 32 bits of the IPv6 address. 2001:db8::1 gets the record of
# 32.1.13.184 (hexadecimal 20010db8), without an error. IPv6 addresses that the file cannot know get a country.
#
# Why it matters: each person with an IPv6 address is shown in a wrong country. Compare the family of the address with
# ip_version of the file's metadata before asking.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>walk</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.maxmind.db</groupId>
      <artifactId>maxmind-db</artifactId>
      <version>4.1.0</version>
    </dependency>
  </dependencies>
</project>
POM

# A valid file, made for this: 203.0.113.0/24 is in IS, 32.0.0.0/8 is in US.
base64 -d >ipv4.mmdb <<'FILE'
AAABAAAACAAAAgAAAB8AAB8AAAADAAAEAAAAHwAABQAAAB8AAAYAAAAfAAAHAAAAHwAALwAAAB8AAB8AAAAJAAAKAAAAHwAACwAA
AB8AAB8AAAAMAAANAAAAHwAAHwAAAA4AAB8AAAAPAAAQAAAAHwAAEQAAAB8AABIAAAAfAAATAAAAHwAAFAAAAB8AABUAAAAfAAAW
AAAAHwAAFwAAAB8AABgAAAAfAAAfAAAAGQAAHwAAABoAAB8AAAAbAAAcAAAAHwAAHQAAAB8AAB4AAAAfAAAfAAAARQAAAAAAAAAA
AAAAAAAAAADhR2NvdW50cnnhSGlzb19jb2RlQlVT4Udjb3VudHJ54Uhpc29fY29kZUJJU6vN701heE1pbmQuY29t6VtiaW5hcnlf
Zm9ybWF0X21ham9yX3ZlcnNpb26hAltiaW5hcnlfZm9ybWF0X21pbm9yX3ZlcnNpb26gS2J1aWxkX2Vwb2NoBAJpVbkATWRhdGFi
YXNlX3R5cGVMVGVzdC1Db3VudHJ5S2Rlc2NyaXB0aW9u4UJlbkxUZXN0LUNvdW50cnlKaXBfdmVyc2lvbqEESWxhbmd1YWdlcwEE
QmVuSm5vZGVfY291bnTBH0tyZWNvcmRfc2l6ZaEc
FILE

cat >Walk.java <<'JAVA'
import com.maxmind.db.Reader;
import java.io.File;
import java.net.InetAddress;
import java.util.Map;

class Walk {

    public static void main(String[] args) throws Exception {
        try (Reader reader = new Reader(new File("ipv4.mmdb"))) {
            System.out.println("ip_version " + reader.getMetadata().ipVersion());
            for (String address : new String[] {"203.0.113.5", "32.1.13.184", "2001:db8::1", "2a00::1"}) {
                System.out.println(address + " " + reader.get(InetAddress.getByName(address), Map.class));
            }
        }
    }
}
JAVA

mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
javac -nowarn -proc:none -cp "$(cat classpath)" Walk.java
java -cp "$(cat classpath):." Walk | tee seen

diff seen - <<'SEEN' || { echo 'the behaviour has changed' >&2; exit 1; }
ip_version 4
203.0.113.5 {country={iso_code=IS}}
32.1.13.184 {country={iso_code=US}}
2001:db8::1 {country={iso_code=US}}
2a00::1 null
SEEN
echo 'MaxMind DB Reader 4.1.0: as described'
