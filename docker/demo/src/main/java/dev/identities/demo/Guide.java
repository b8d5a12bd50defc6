package dev.identities.demo;

import dev.identities.testbed.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the demo prints in the end: where to look, and commands that can be pasted as they are.
 *
 * @param walk the script that walks through PingFederate's calls by session
 */
record Guide(URI server, String apiKey, Saved saved, Path walk) {

    private static final String TEXT = """

            ------------------------------------------------------------------------
            Keycloak with the plugin: %1$s   (all secrets here are demo values)

            Admin console    %1$s/admin/acme/console/#/acme/identities/users    acme-admin / demo (Identities in the menu)
                             %1$s/admin/                 admin / admin
            People           alice.martin, bjorn.askildsen, zofia.wojcik, ...   password: demo
            API key          %2$s
                             = base64 of siem-api:siem-api-demo-secret

            1. Who is signed in, and their sessions (ngrok's API)
            curl -s -H 'ngrok-version: 2' -H 'Authorization: Bearer %2$s' %1$s/realms/acme/app/users
            curl -s -H 'ngrok-version: 2' -H 'Authorization: Bearer %2$s' %1$s/realms/acme/app/sessions

            2. %3$s's wiki still has access: 200
            curl -s -o /dev/null -w '%%{http_code}\\n' %1$s/realms/acme/protocol/openid-connect/token -d grant_type=refresh_token -d client_id=wiki -d client_secret=wiki-demo-secret --data-urlencode 'refresh_token@%6$s'

            3. Cut that session off, named by Keycloak's session id (step 1 shows it at the end of "id"): 204; then step 2 says 400
            curl -s -X DELETE -w '%%{http_code}\\n' -H 'ngrok-version: 2' -H 'Authorization: Bearer %2$s' %1$s/realms/acme/app/sessions/%4$s

            4. The help desk asks for a person by employee number, and ends what is left (PingFederate's API)
            curl -s -u help-desk:help-desk-demo-secret %1$s/realms/acme/pf-ws/rest/sessionMgmt/users/%5$s
            curl -s -u help-desk:help-desk-demo-secret -w '%%{http_code}\\n' -X POST %1$s/realms/acme/pf-ws/rest/sessionMgmt/users/%5$s/revoke

            5. Instead of 3 and 4: what an application of PingFederate does. It takes the session from the token (pi.sri), extends it, revokes it, and polls the revocation list
            REALM_URL=%1$s/realms/acme REFRESH_TOKEN_FILE='%6$s' '%7$s'

            Who was cut off, by whom: grep dev.identities in the demo's server/keycloak.log
            Ctrl-C stops Keycloak. The database stays: the next start signs in again whoever was cut off, mvn clean forgets it.
            ------------------------------------------------------------------------
            """;

    void print() {
        Progress.say(
                TEXT,
                server,
                apiKey,
                saved.username(),
                saved.sessionId(),
                saved.employeeNumber(),
                shown(saved.refreshToken()),
                shown(walk));
        int status = askPlugin();
        if (status != 200) {
            Progress.say("WARNING: the plugin answers %d to the first command; see Keycloak's log", status);
        }
    }

    private static Path shown(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private int askPlugin() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/realms/acme/app/users"))
                .timeout(Duration.ofSeconds(20))
                .header("ngrok-version", "2")
                .header("Authorization", "Bearer " + apiKey)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
