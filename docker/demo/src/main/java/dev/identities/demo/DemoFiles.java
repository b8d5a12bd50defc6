package dev.identities.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that say what is in the demo's realms. The examples are tested on the same ones. */
public final class DemoFiles {

    /** The realm files name this URL; it is replaced by that of the server. */
    private static final String WRITTEN_URL = "http://localhost:8080";

    /** The client scope is theirs. */
    private static final List<String> APPLICATIONS = List.of("wiki", "mail", "payroll", "field-service");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path docker;

    /** The files below this folder. */
    public DemoFiles(Path docker) {
        this.docker = docker;
    }

    /** Realm {@code partner}, whose people sign in to {@code acme}. */
    void importPartner(AdminClient admin) throws IOException {
        admin.post(
                "",
                JSON.readTree(
                        read(partner()).replace(WRITTEN_URL, admin.server().toString())));
    }

    /** Realm {@code acme}, under any name, and in it client scope {@code pi.sri}. */
    public Realm importAcme(AdminClient admin, String name) throws IOException {
        String json = read(acme())
                .replace(WRITTEN_URL, admin.server().toString())
                .replace("\"acme\"", "\"" + name + "\"")
                .replace("default-roles-acme", "default-roles-" + name);
        admin.post("", JSON.readTree(json));
        Realm realm = Realm.of(admin, name);
        // Not in the realm's own file: a realm that is imported with client scopes gets none of Keycloak's.
        JsonNode scope = JSON.readTree(read(scope()));
        String id = admin.post(realm.path("/client-scopes"), scope);
        for (String application : APPLICATIONS) {
            String client = realm.clientUuid(application);
            admin.put(realm.path("/clients/" + client + "/default-client-scopes/" + id), Map.of());
        }
        return realm;
    }

    /** All of it, to see whether something has changed. */
    String content() throws IOException {
        return read(partner()) + read(acme()) + read(scope());
    }

    /** The script that walks through the session management API. */
    Path walk() {
        return docker.resolve("examples/session-management.sh");
    }

    private Path partner() {
        return docker.resolve("demo/partner-realm.json");
    }

    private Path acme() {
        return docker.resolve("demo/acme-realm.json");
    }

    private Path scope() {
        return docker.resolve("examples/pi-sri-client-scope.json");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
