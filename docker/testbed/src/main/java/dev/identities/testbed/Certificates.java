package dev.identities.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of our own, made at run time with the JDK's {@code keytool}: it signs the server's
 * certificate and those of clients. Valid for a few days; protects nothing.
 */
public final class Certificates {

    /** Password of every store here. */
    public static final String PASSWORD = "changeit";

    private static final String CA = "ca";
    private static final String DAYS = "30";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** The authority in a folder; made, together with the server's certificate, when it is not there yet. */
    public static Certificates in(Path folder) {
        Certificates certificates = new Certificates(folder.toAbsolutePath());
        if (!Files.exists(certificates.serverStore()) || !Files.exists(certificates.trustStore())) {
            certificates.create();
        }
        return certificates;
    }

    /** PKCS12 store with the server's key and certificate, for {@code localhost} and {@code 127.0.0.1}. */
    public Path serverStore() {
        return folder.resolve("server.p12");
    }

    /** PKCS12 store that holds the authority's certificate alone. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** PKCS12 store with a new key and a client certificate for a subject such as {@code CN=help-desk,O=Acme}. */
    public Path client(String alias, String subject) {
        Path store = folder.resolve("client-" + alias + ".p12");
        delete(store);
        sign(store, alias, subject, "EKU=clientAuth");
        return store;
    }

    /** For clients that trust the authority and show no certificate. */
    public SSLContext trusting() {
        return context(null);
    }

    /** For clients that trust the authority and show the certificate in this store. */
    public SSLContext presenting(Path clientStore) {
        return context(clientStore);
    }

    private void create() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(store(CA));
        delete(serverStore());
        delete(trustStore());
        List<String> generate = new ArrayList<>(List.of("-genkeypair", "-alias", CA, "-dname", "CN=Testbed CA"));
        generate.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", DAYS, "-ext", "bc:c"));
        keytool(store(CA), generate);
        keytool(store(CA), List.of("-exportcert", "-rfc", "-alias", CA, "-file", file("ca.pem")));
        keytool(trustStore(), List.of("-importcert", "-noprompt", "-alias", CA, "-file", file("ca.pem")));
        sign(serverStore(), "server", "CN=localhost", "SAN=dns:localhost,ip:127.0.0.1,ip:::1");
    }

    private void sign(Path store, String alias, String subject, String extension) {
        String request = file(alias + ".csr");
        String certificate = file(alias + ".pem");
        List<String> generate = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", subject));
        generate.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", DAYS));
        keytool(store, generate);
        keytool(store, List.of("-certreq", "-alias", alias, "-file", request));
        List<String> gencert = new ArrayList<>(List.of("-gencert", "-rfc", "-alias", CA, "-validity", DAYS));
        gencert.addAll(List.of("-ext", extension, "-infile", request, "-outfile", certificate));
        keytool(store(CA), gencert);
        keytool(store, List.of("-importcert", "-noprompt", "-alias", CA, "-file", file("ca.pem")));
        keytool(store, List.of("-importcert", "-noprompt", "-alias", alias, "-file", certificate));
    }

    private SSLContext context(Path clientStore) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore()));
            KeyManager[] keys = null;
            if (clientStore != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(load(clientStore), PASSWORD.toCharArray());
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path store(String alias) {
        return folder.resolve(alias + ".p12");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(Path store, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
